"""Which copy of a tool runs: the project's own, then forge's, then PATH's."""

import sys
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tools import Located, locate
from pytest_forge.toolchains.declarations import Tool


def program(directory: Path, name: str, code: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def environment(tmp_path: Path) -> str:
    """Return the interpreter of an environment that holds a tool `linter` in version 1.2.3."""
    program(tmp_path / "env/bin", "linter", "print('linter 1.2.3')")
    return str(program(tmp_path / "env/bin", "python", ""))


def located(tool: Tool, interpreter: str = "") -> Located:
    return locate(tool, interpreter, Processes())


def linter(**rest: str) -> Tool:
    return Tool("linter", "pip install linter", executable="linter", **rest)  # type: ignore[arg-type]


def test_the_projects_copy_comes_before_that_of_path(
    environment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "path", "linter", "print('linter 9.9')")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    assert located(linter(), environment).version == "1.2.3"
    assert located(linter(), environment).whose == "the project's"
    assert located(linter()).version == "9.9"


def test_a_tool_of_forges_own_is_not_sought_in_the_project(environment: str) -> None:
    with pytest.raises(ToolMissing):
        located(linter(scope="forge"), environment)


def test_a_tool_of_the_project_is_not_sought_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "path", "linter", "print('linter 9.9')")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    with pytest.raises(ToolMissing):
        located(linter(scope="project"))


@pytest.mark.parametrize("scope", ["forge", "any"])
def test_forges_environment_may_be_the_projects_as_well(scope: str) -> None:
    tool = linter(scope=scope)
    module = Tool("platform", "", module="platform", scope=tool.scope, version=())
    assert located(module, sys.executable).argv == (sys.executable, "-m", "platform")


def test_a_copy_that_does_not_answer_is_passed_by(
    environment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "env/bin", "linter", "raise SystemExit('broken installation')")
    program(tmp_path / "path", "linter", "print('linter 9.9')")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    assert located(linter(), environment).whose == "PATH's"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissing, match="broken installation"):
        located(linter(), environment)


def test_a_copy_that_cannot_be_started_or_says_nothing_is_told(tmp_path: Path) -> None:
    tool = linter(scope="project")
    copy = program(tmp_path, "linter", "")
    copy.write_text("#!/no/such/interpreter\n")
    with pytest.raises(ToolMissing, match="No such file") as caught:
        located(tool, str(tmp_path / "python"))
    assert caught.value.mend == "install it: pip install linter"
    program(tmp_path, "linter", "raise SystemExit(3)")
    with pytest.raises(ToolMissing, match="its version probe exited with status 3"):
        located(tool, str(tmp_path / "python"))
    copy.unlink()
    with pytest.raises(ToolMissing, match=r"^linter is not there$"):
        located(tool, str(tmp_path / "python"))


def test_a_version_below_the_lowest_that_the_project_accepts_is_missing(environment: str) -> None:
    assert locate(linter(), environment, Processes(), at_least="1.2.3").version == "1.2.3"
    with pytest.raises(ToolMissing, match=r"asks for linter 1\.3 or later, here is 1\.2\.3"):
        locate(linter(), environment, Processes(), at_least="1.3")


def test_a_tool_that_chooses_its_version_by_the_directory_is_probed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import pathlib; print(pathlib.Path('pin').read_text())"
    program(tmp_path / "path", "linter", code)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "pin").write_text("4.5.6")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    chooses = Tool("linter", "", executable="linter", in_project=True)
    assert locate(chooses, "", Processes(), tmp_path / "project").version == "4.5.6"
    with pytest.raises(ToolMissing):
        locate(linter(), "", Processes(), tmp_path / "project")
