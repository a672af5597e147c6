"""Where forge's own tools lie."""

import sys
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.tool_directory import (
    command_in,
    place_of,
    provisioned,
    tool_directory,
)
from pytest_forge.toolchains.declarations import Package, Tool

GO = Package("go", "example.org/linter", "v1.2.0")
CRATE = Package("crates.io", "linter", "1.2.0")
LINTER = Tool("linter", "get it", executable="linter", packages=(GO, CRATE))


def program(place: Path, name: str) -> str:
    path = place / "bin" / name
    path.parent.mkdir(parents=True)
    path.write_text("")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", "/home/me/.local/share/pytest-forge/tools"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/pytest-forge/tools"),
        ({"XDG_DATA_HOME": "not/absolute"}, "linux", "/home/me/.local/share/pytest-forge/tools"),
        (
            {"XDG_DATA_HOME": "/data"},
            "darwin",
            "/home/me/Library/Application Support/pytest-forge/tools",
        ),
        ({"FORGE_TOOLS": "/opt/tools", "XDG_DATA_HOME": "/data"}, "linux", "/opt/tools"),
        ({"FORGE_TOOLS": "~/tools"}, "darwin", "/home/me/tools"),
        ({"FORGE_TOOLS": ""}, "linux", "/home/me/.local/share/pytest-forge/tools"),
    ],
)
def test_the_directory_is_the_users(
    environment: dict[str, str], platform: str, expected: str
) -> None:
    assert tool_directory(environment, platform) == Path(expected)


def test_a_relative_directory_is_taken_from_where_forge_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tool_directory({"FORGE_TOOLS": "tools"}) == tmp_path / "tools"


def test_without_a_home_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", nobody)
    with pytest.raises(ToolMissing) as caught:
        tool_directory({}, "linux")
    assert caught.value.mend == "name one by FORGE_TOOLS"
    assert tool_directory({"FORGE_TOOLS": "/opt"}) == Path("/opt")


def test_only_the_pinned_versions_are_there_the_best_first(tmp_path: Path) -> None:
    environment = {"FORGE_TOOLS": str(tmp_path)}
    assert list(provisioned(LINTER, environment)) == []
    program(tmp_path / "linter" / "1.1.0", "linter")
    program(tmp_path / "linter" / ".1.2.0" / "unfinished", "linter")
    assert list(provisioned(LINTER, environment)) == []
    crate = program(place_of(LINTER, CRATE, tmp_path), "linter")
    assert list(provisioned(LINTER, environment)) == [(CRATE, (crate,))]
    go = program(place_of(LINTER, GO, tmp_path), "linter")
    assert list(provisioned(LINTER, environment)) == [(GO, (go,)), (CRATE, (crate,))]


def test_a_module_is_run_by_the_interpreter_of_its_own_environment(tmp_path: Path) -> None:
    tool = Tool("griffe", "get it", module="griffe")
    assert command_in(tool, tmp_path) == ()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to(sys.executable)
    assert command_in(tool, tmp_path) == (str(tmp_path / "bin/python"), "-m", "griffe")


def test_a_tool_without_packages_is_not_sought() -> None:
    assert list(provisioned(Tool("cc", "get it", executable="cc"), {})) == []
