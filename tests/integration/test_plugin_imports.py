"""A plain pytest run that has the plugin installed imports two small modules for it, no more."""

import json
import subprocess
import sys
from pathlib import Path

LIST_MODULES = """
import json, pathlib, sys

def pytest_unconfigure(config):
    pathlib.Path("modules.json").write_text(json.dumps(sorted(sys.modules)))
"""


def modules_of_plain_run(directory: Path, *arguments: str) -> set[str]:
    """Run pytest over one empty test in `directory`; return the modules that it had imported."""
    directory.mkdir()
    (directory / "conftest.py").write_text(LIST_MODULES)
    (directory / "test_one.py").write_text("def test_one():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir=.", *arguments]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(json.loads((directory / "modules.json").read_text()))


def test_a_plain_run_imports_the_plugin_alone(tmp_path: Path) -> None:
    with_plugin = modules_of_plain_run(tmp_path / "with")
    assert {name for name in with_plugin if name.startswith(("pytest_forge", "forge_gate"))} == {
        "pytest_forge",
        "pytest_forge.plugin",
    }


def test_the_plugin_draws_in_no_other_module(tmp_path: Path) -> None:
    # `-p no:forge` keeps the entry point from being loaded; what is left over is what it imports.
    with_plugin = modules_of_plain_run(tmp_path / "with")
    without = modules_of_plain_run(tmp_path / "without", "-p", "no:forge")
    assert with_plugin - without == {"pytest_forge", "pytest_forge.plugin"}
