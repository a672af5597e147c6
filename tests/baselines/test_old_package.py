"""An old package adopts forge, with the real tools of two gates.

The same was done by hand with all gates, on an old release of a parser (decision 0011).
"""

import json
from pathlib import Path
from typing import Any

import pytest
from called import run_pytest
from toy_repository import Repository

pytestmark = pytest.mark.real

BRANCHES = "".join(f"    if a == {number}:\n        return {number}\n" for number in range(10))
# Put together, so that it is no secret of this repository.
KEY = 'key = "AKIA' + 'IOSFODNN7EXAMPLE"\n'
OLD = f"""import os
import subprocess


def call(what):
    return subprocess.call(what, shell=True)


def choose(a):
{BRANCHES}    return None


{KEY}x = {{ 'a':1 }}
"""
NEW = {
    "quality::ruff": "import json\n",
    "quality::radon": f"def choose_two(a):\n{BRANCHES}    return None\n",
    "security::bandit": "def again(what):\n    return subprocess.call(what, shell=True)\n",
    "security::secrets": KEY.replace("key", "other").replace("LE", "LF"),
}
"""One new finding of each check; the third stands on a line that is known already."""

CHECKS = {*NEW, "quality::ruff-format"}


def judged(repository: Repository, *arguments: str) -> dict[str, Any]:
    """Run both gates and return the checks of the report by `gate::check`."""
    gates = ["pyproject.toml::quality", "pyproject.toml::security"]
    run_pytest(repository.root, [*gates, "--forge-keep-going", *arguments])
    report = Path(repository.root, ".forge/reports/report.json").read_text(encoding="utf-8")
    checks = {one["id"].partition("::")[2]: one for one in json.loads(report)["checks"]}
    return {name: one for name, one in checks.items() if name in CHECKS}


def outcomes(checks: dict[str, Any]) -> dict[str, str]:
    return {name: one["outcome"] for name, one in checks.items()}


def stored(repository: Repository) -> str:
    directory = repository.root / ".forge/baseline"
    return "".join(path.read_text(encoding="utf-8") for path in sorted(directory.iterdir()))


def test_it_is_green_at_once_and_what_is_new_is_red(repository: Repository) -> None:
    project = '[project]\nname = "old"\nversion = "1.0"\n'
    repository.write({"pyproject.toml": project, "old.py": OLD}).commit()
    assert outcomes(judged(repository)) == dict.fromkeys(CHECKS, "failed")
    adopted = judged(repository, "--forge-update-baseline", "--forge-accept=it is old")
    assert outcomes(adopted) == dict.fromkeys(CHECKS, "passed")
    repository.commit()
    before = stored(repository)

    more = OLD + "\n\n" + "\n\n".join(NEW.values())
    # Which file is formatted is known by the file.
    repository.write({"old.py": more, "fresh.py": "y = { 'b':2 }\n"})
    red = judged(repository, "--forge-update-baseline")
    assert outcomes(red) == dict.fromkeys(CHECKS, "failed")
    for name in NEW:
        held = [one["held_by"] for one in red[name]["findings"]]
        assert {None, "baseline"} <= set(held), name
    shells = [one for one in red["security::bandit"]["findings"] if one["rule"] == "B602"]
    assert [one["held_by"] for one in shells] == ["baseline", None]
    assert stored(repository) == before

    fixed = OLD.replace("import os\n", "").replace(KEY, "")
    repository.write({"legacy/older.py": fixed})
    for name in ("old.py", "fresh.py"):
        (repository.root / name).unlink()
    moved = judged(repository, "--forge-update-baseline")
    assert outcomes(moved) == dict.fromkeys(CHECKS, "passed")
    after = stored(repository)
    assert "old.py" not in after.replace("legacy/older.py", "")
    assert "F401" in before
    assert "F401" not in after
    assert "AWS Access Key" in before
    assert "AWS Access Key" not in after
