"""License headers are sought in every file that ships."""

from pathlib import Path

import pytest

from pytest_forge.headers import measure
from pytest_forge.model import Report
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context


def measured(tmp_path: Path, **files: str) -> Report:
    for name, content in files.items():
        path = tmp_path / "src" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "other.py").write_text("x = 1\n")
    context = Context(
        project=Project("pyproject.toml", "python", "a"),
        settings=ProjectSettings(),
        tree=Tree(tmp_path, (*(f"src/{name}.py" for name in files), "src/data.txt", "other.py")),
        root=tmp_path,
        directory=tmp_path,
        scratch=tmp_path,
    )
    return measure([".py"], lambda inner: ["src"])(context, {})


@pytest.mark.parametrize(
    "header",
    [
        "# SPDX-License-Identifier: MIT\n",
        "#!/usr/bin/env python\n# SPDX-License-Identifier: Apache-2.0 OR MIT\n",
        "/* SPDX-License-Identifier: MIT */\n",
        "# SPDX-License-Identifier: LicenseRef-Ours\n",
        "",
    ],
)
def test_files_with_a_header_and_empty_ones_are_fine(tmp_path: Path, header: str) -> None:
    report = measured(tmp_path, a=header)
    assert report.findings == ()
    assert report.measures == {"files.checked": 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("x = 1\n", "no SPDX-License-Identifier"),
        ("# SPDX-License-Identifier: My Own Terms\nx = 1\n", "is no SPDX expression"),
        ("# SPDX-License-Identifier:\nx = 1\n", "is no SPDX expression"),
        ("# SPDX-License-Identifier: Nonsense-1.0\nx = 1\n", "is no SPDX expression"),
    ],
)
def test_a_missing_or_wrong_header_is_a_finding(tmp_path: Path, content: str, why: str) -> None:
    (finding,) = measured(tmp_path, a=content, b="# SPDX-License-Identifier: MIT\n").findings
    assert (finding.path, finding.measure) == ("src/a.py", "licenses.headers")
    assert why in finding.message
