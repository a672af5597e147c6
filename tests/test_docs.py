"""The documentation says what the code does: generated pages, configuration examples, tables."""

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from pytest_forge import installed, session
from pytest_forge.toolchains import csharp, go, rust, typescript
from pytest_forge.toolchains.declarations import Toolchain

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
MANIFEST = '[project]\nname = "example"\nversion = "1.0"\n'


def examples() -> list[tuple[str, str]]:
    """Return page and text of every example of forge's own configuration."""
    return [
        (page.relative_to(ROOT).as_posix(), text)
        for page in PAGES
        for text in BLOCK.findall(page.read_text(encoding="utf-8"))
        if "[project]" not in text
    ]


def test_generated_pages_are_up_to_date() -> None:
    command = [sys.executable, "docs/generate.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("page", "text"), examples(), ids=lambda value: value.split("\n")[0])
def test_configuration_examples_are_accepted(page: str, text: str, tmp_path: Path) -> None:
    root = tmp_path / "root"
    for directory in (root / "advisories", tmp_path / "advisories"):
        directory.mkdir(parents=True)
    if "tool.pytest-forge" in text:
        (root / "pyproject.toml").write_text(MANIFEST + text)
    else:
        (root / "pyproject.toml").write_text(MANIFEST)
        (root / "forge.toml").write_text(text)
    loaded = session.load(root, {})
    assert loaded.settings.raw, page


def test_the_readme_lists_every_gate() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## The gates")[1]
    listed = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(
        point.name for point in entry_points(group=installed.GATE_GROUP)
    )


GUIDES = (csharp.TOOLCHAIN, go.TOOLCHAIN, rust.TOOLCHAIN, typescript.TOOLCHAIN)


@pytest.mark.parametrize("toolchain", GUIDES, ids=lambda one: one.language)
def test_the_guide_of_a_language_lists_every_check(toolchain: Toolchain) -> None:
    page = ROOT / "docs" / "how-to" / f"{toolchain.language}.md"
    table = page.read_text(encoding="utf-8").split("\n## What runs\n")[1].split("\n## ")[0]
    listed, gate = [], ""
    for named, check in re.findall(r"^\| (?:`([a-z-]+)` )?\| `([a-z-]+)` \|", table, re.MULTILINE):
        gate = named or gate
        listed.append((gate, check))
    assert listed == [(check.gate, check.name) for check in toolchain.checks]


@pytest.mark.parametrize("number", [1, 2])
def test_the_readme_holds_the_commands_that_ci_runs(number: int) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    at = lines.index(f"<!-- command {number} -->")
    assert lines[at + 1] == "```sh"
    assert lines[at + 2].startswith("python3 -m venv --upgrade-deps .venv && ")
    assert lines[at + 3] == "```"
