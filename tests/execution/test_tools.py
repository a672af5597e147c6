"""Which copy of a tool is taken."""

import sys
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tools import Located, locate
from pytest_forge.toolchains.declarations import Tool

PLATFORM = Tool("platform", "", module="platform", version=(), version_pattern=r"^(\w+)-")


def program(place: Path, says: str, status: int = 0) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\necho {says}\nexit {status}\n")
    place.chmod(0o755)
    return place


def found(tool: Tool, interpreter: str = "") -> Located:
    return locate(tool, interpreter, Processes())


def test_a_module_is_run_by_forges_interpreter() -> None:
    located = found(PLATFORM)
    assert located.argv == (sys.executable, "-m", "platform")
    assert located.whose == "forge's"
    assert located.version != ""


def test_the_projects_copy_stands_first_and_path_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = Tool("toy-lint", "pip install toy-lint", executable="toy-lint")
    on_path = program(tmp_path / "path/toy-lint", "toy 1.0")
    monkeypatch.setenv("PATH", f"{on_path.parent}:/bin:/usr/bin")
    interpreter = tmp_path / "project/bin/python"
    assert found(tool, str(interpreter)) == Located((str(on_path),), "1.0", "PATH's")
    own = program(interpreter.parent / "toy-lint", "toy 2.0")
    assert found(tool, str(interpreter)) == Located((str(own),), "2.0", "the project's")


def test_a_copy_that_does_not_answer_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = Tool("toy-lint", "pip install toy-lint", executable="toy-lint")
    on_path = program(tmp_path / "path/toy-lint", "toy 1.0")
    monkeypatch.setenv("PATH", f"{on_path.parent}:/bin:/usr/bin")
    program(tmp_path / "bin/toy-lint", "cannot import", 1)
    assert found(tool, str(tmp_path / "bin/python")).whose == "PATH's"
    program(on_path, "cannot import either", 1)
    with pytest.raises(ToolMissing, match="cannot import either") as caught:
        found(tool, str(tmp_path / "bin/python"))
    assert caught.value.mend == "install it: pip install toy-lint"


def test_a_copy_that_cannot_be_started_or_says_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = Tool("toy", "", executable="toy", scope="project")
    program(tmp_path / "toy", "").write_text("#!/no/such/interpreter\n")
    with pytest.raises(ToolMissing, match="No such file"):
        found(tool, str(tmp_path / "python"))
    program(tmp_path / "toy", "").write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(ToolMissing, match="its version probe exited with status 3"):
        found(tool, str(tmp_path / "python"))


def test_a_tool_of_the_project_is_sought_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "toy", "1.0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ToolMissing, match=r"^toy is not there$"):
        found(Tool("toy", "", executable="toy", scope="project"))
