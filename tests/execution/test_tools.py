"""Which copy of a tool runs: the project's own, then forge's, then PATH's; in which version."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.execution.tools import Located, Wanted, locate, wanted_by
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Package, Tool


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


def test_a_copy_that_has_answered_is_asked_once_in_each_place(tmp_path: Path) -> None:
    counting = "open('asked', 'a').write('x'); print('linter 1.2.3')"
    python = str(program(tmp_path / "env/bin", "python", ""))
    program(tmp_path / "env/bin", "linter", counting)
    processes = Processes()
    for name in ("a", "a", "b"):
        (tmp_path / name).mkdir(exist_ok=True)
        tool = replace(linter(), in_project=True)
        assert locate(tool, python, processes, tmp_path / name).version == "1.2.3"

    assert (tmp_path / "a/asked").read_text() == "x"
    assert (tmp_path / "b/asked").read_text() == "x"


def test_a_copy_that_did_not_answer_is_asked_again(tmp_path: Path) -> None:
    python = str(program(tmp_path / "env/bin", "python", ""))
    program(tmp_path / "env/bin", "linter", "raise SystemExit('not yet')")
    processes = Processes()
    with pytest.raises(ToolMissing, match="not yet"):
        locate(linter(scope="project"), python, processes)
    program(tmp_path / "env/bin", "linter", "print('linter 1.2.3')")
    assert locate(linter(scope="project"), python, processes).version == "1.2.3"


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
    enough, more = Wanted(at_least="1.2.3"), Wanted(at_least="1.3")
    assert locate(linter(), environment, Processes(), wanted=enough).version == "1.2.3"
    with pytest.raises(ToolMissing, match=r"asks for linter 1\.3 or later, here is 1\.2\.3"):
        locate(linter(), environment, Processes(), wanted=more)


def test_a_version_that_is_not_the_pinned_one_is_missing(environment: str) -> None:
    here, other = Wanted(pin="1.2.3"), Wanted(pin="1.2")
    assert locate(linter(), environment, Processes(), wanted=here).version == "1.2.3"
    with pytest.raises(ToolMissing, match=r"the project pins linter 1\.2, here is 1\.2\.3"):
        locate(linter(), environment, Processes(), wanted=other)
    prefixed = replace(linter(), fits=str.startswith)
    assert locate(prefixed, environment, Processes(), wanted=other).version == "1.2.3"


def test_the_projects_facts_tell_which_versions_it_accepts() -> None:
    project = Project("a", "demo", "a", facts={"lowest": "1.2", "pinned": "1.3"})
    assert wanted_by(project, replace(linter(), at_least="lowest")) == Wanted(at_least="1.2")
    assert wanted_by(project, replace(linter(), pin="pinned")) == Wanted(pin="1.3")
    assert wanted_by(project, linter()) == Wanted()


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


def pinned(version: str = "v2.0", **rest: str) -> Tool:
    package = Package("go", "example.org/linter", version)
    return replace(linter(**rest), packages=(package,))


def provision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a copy into the tool directory, and another one on PATH."""
    program(tmp_path / "tools/linter/v2.0/bin", "linter", code)
    program(tmp_path / "path", "linter", "print('linter 9.9')")
    monkeypatch.setenv("FORGE_TOOLS", str(tmp_path / "tools"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))


def test_the_tool_directory_comes_after_the_environments_and_before_path(
    environment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provision(tmp_path, monkeypatch, "print('linter 2.0')")
    found = located(pinned())
    assert (found.whose, found.version) == ("the tool directory's", "2.0")
    assert located(pinned(), environment).whose == "the project's"
    assert located(pinned(scope="forge")).whose == "the tool directory's"
    assert located(linter()).whose == "PATH's"
    assert located(pinned("v2.1")).whose == "PATH's"
    with pytest.raises(ToolMissing):
        located(pinned(scope="project"))


def test_a_broken_copy_in_the_tool_directory_is_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provision(tmp_path, monkeypatch, "raise SystemExit('broken')")
    assert located(pinned()).whose == "PATH's"


def test_what_was_installed_by_its_pin_has_that_version_where_it_tells_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provision(tmp_path, monkeypatch, "print('a linter')")
    assert located(pinned()).version == "2.0"
    assert not located(pinned()).differs


@pytest.mark.parametrize(
    ("version", "pin", "differs"),
    [
        ("2.0", "2.0", False),
        ("2.0", "v2.0", False),
        ("v2.0.0", "2.0", False),
        ("2.0.1", "2.0", True),
        ("2.0", "", False),
        ("", "2.0", False),
        ("(devel)", "v2.0", True),
        ("(devel)", "(devel)", False),
    ],
)
def test_another_version_than_the_pinned_one_is_seen(version: str, pin: str, differs: bool) -> None:
    assert Located(("linter",), version, "PATH's", pin).differs is differs


def test_what_forge_can_install_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("FORGE_TOOLS", str(tmp_path))
    with pytest.raises(ToolMissing) as caught:
        located(pinned())
    assert caught.value.mend == "install it: pytest-forge install, or: pip install linter"


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package of a workspace; a copy is kept above it, another one is on PATH."""
    program(tmp_path / "kit/node_modules/.bin", "linter", "print('linter 2.0')")
    program(tmp_path / "path", "linter", "print('linter 9.9')")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    package = tmp_path / "kit/packages/till"
    package.mkdir(parents=True)
    return package


def near(directory: Path | None, **rest: str) -> Located:
    tool = linter(local="node_modules/.bin", **rest)
    return locate(tool, "", Processes(), directory)


def test_the_nearest_copy_that_a_project_keeps_comes_first(local: Path) -> None:
    found = near(local)
    assert (found.version, found.whose) == ("2.0", "the project's")
    program(local / "node_modules/.bin", "linter", "print('linter 3.0')")
    assert near(local).version == "3.0"


def test_a_copy_that_a_project_keeps_comes_before_its_environment(
    local: Path, environment: str
) -> None:
    tool = linter(local="node_modules/.bin")
    assert locate(tool, environment, Processes(), local).version == "2.0"


def test_without_a_copy_of_its_own_another_is_taken(local: Path) -> None:
    assert locate(linter(local="other/.bin"), "", Processes(), local).version == "9.9"
    assert near(None).version == "9.9"


def test_a_tool_of_forges_own_is_not_sought_among_the_copies(local: Path) -> None:
    with pytest.raises(ToolMissing):
        near(local, scope="forge")
