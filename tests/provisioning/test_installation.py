"""A tool is installed as a whole or not at all; the installer here is a program of the test's."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import ToolMissing
from pytest_forge.execution.process import Processes
from pytest_forge.provisioning.installation import install
from pytest_forge.toolchains.declarations import Package, Tool

GO = Package("go", "example.org/linter", "v1.2.0")
CRATE = Package("crates.io", "linter", "1.2.0")
LINTER = Tool("linter", "get it", executable="linter", packages=(GO, CRATE))
GOOD = """
place = pathlib.Path(os.environ['GOBIN'])
place.mkdir(parents=True)
(place / 'linter').write_text('#!/bin/sh\\necho linter 1.2.0\\n')
(place / 'linter').chmod(0o755)
"""

Installer = Callable[[str, str], None]


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Return a function that puts an installer of that name on PATH, which runs that code."""
    programs = tmp_path / "path"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")

    def make(name: str, code: str) -> None:
        start = f"#!{sys.executable}\nimport os, pathlib, sys\n"
        (programs / name).write_text(start + code)
        (programs / name).chmod(0o755)

    return make


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "tools"


def installed(directory: Path, tool: Tool = LINTER) -> Package:
    return install(tool, directory, Processes())


def refused(directory: Path, tool: Tool = LINTER) -> str:
    with pytest.raises(ToolMissing) as caught:
        installed(directory, tool)
    assert caught.value.mend == "install it: get it"
    return caught.value.message


def content(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "linter/.v1.2.0").iterdir())


ONLY_GO = replace(LINTER, packages=(GO,))


def test_the_link_leads_to_what_was_installed(installer: Installer, directory: Path) -> None:
    installer("go", GOOD)
    assert installed(directory) == GO
    link = directory / "linter/v1.2.0"
    assert (link / "bin/linter").is_file()
    assert not os.path.isabs(os.readlink(link))
    assert content(directory) == sorted(["lock", link.resolve().name])


def test_a_directory_that_others_read_keeps_its_permissions(
    installer: Installer, directory: Path
) -> None:
    installer("go", GOOD)
    before = os.umask(0o022)
    try:
        installed(directory)
    finally:
        os.umask(before)
    assert (directory / "linter/v1.2.0").stat().st_mode & 0o777 == 0o755


def test_what_is_there_is_not_installed_again(installer: Installer, directory: Path) -> None:
    installer("go", GOOD)
    installed(directory)
    installer("go", "sys.exit('called again')")
    assert installed(directory) == GO


def test_a_broken_one_is_replaced(installer: Installer, directory: Path) -> None:
    installer("go", GOOD)
    installed(directory)
    program = directory / "linter/v1.2.0/bin/linter"
    program.write_text("#!/bin/sh\nexit 3\n")
    installed(directory)
    assert "1.2.0" in program.read_text()
    assert len(content(directory)) == 2


def test_what_a_killed_installation_left_is_removed(installer: Installer, directory: Path) -> None:
    left = directory / "linter/.v1.2.0/abcd"
    (left / "bin").mkdir(parents=True)
    (left / "bin/linter").write_text("half")
    (left.parent / "abcd.link").symlink_to("nowhere")
    installer("go", GOOD)
    installed(directory)
    assert not left.exists()
    assert len(content(directory)) == 2


def test_a_neighbours_version_is_left_alone(installer: Installer, directory: Path) -> None:
    installer("go", GOOD)
    installed(directory)
    longer = replace(GO, version="v1.2.0-rc.1")
    install(replace(LINTER, packages=(longer,)), directory, Processes())
    assert (directory / "linter/v1.2.0/bin/linter").is_file()
    assert (directory / "linter/v1.2.0-rc.1/bin/linter").is_file()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", "it said nothing (status 3)"),
        ("print('no network'); sys.exit(1)", "no network (status 1)"),
        (
            "sys.exit('  Updating\\nerror: no such version\\nCaused by:\\n  bad luck\\nmore')",
            "error: no such version / bad luck (status 1)",
        ),
        (
            "sys.exit('npm error code E404\\nnpm error 404 Not Found\\nA complete log is in: x')",
            "npm error code E404 / npm error 404 Not Found (status 1)",
        ),
        ("sys.exit('downloading\\n\\x1b[31mfirst\\x1b[0m\\n\\nlast')", "first / last (status 1)"),
        ("os.kill(os.getpid(), 9)", "it said nothing (status -9)"),
        ("", "it was installed, but holds no linter"),
        (
            GOOD + "(place / 'linter').write_text('#!/bin/sh\\necho too old a system\\nexit 1')",
            "it was installed, but does not answer: too old a system",
        ),
    ],
)
def test_a_failure_says_why_and_leaves_nothing(
    code: str, said: str, installer: Installer, directory: Path
) -> None:
    installer("go", code)
    assert refused(directory, ONLY_GO) == f"go: {said}"
    assert content(directory) == ["lock"]
    assert not (directory / "linter/v1.2.0").exists()


def test_long_words_are_cut(installer: Installer, directory: Path) -> None:
    installer("go", "sys.exit('x' * 5000)")
    assert len(refused(directory, ONLY_GO)) < 400


def test_the_next_package_is_tried_where_one_cannot_be_had(
    installer: Installer, directory: Path
) -> None:
    installer("go", "sys.exit('no module')")
    code = GOOD.replace("os.environ['GOBIN']", "sys.argv[4] + '/bin'")
    installer("cargo", code + "pathlib.Path(os.environ['CARGO_TARGET_DIR']).mkdir()")
    tried: list[Package] = []
    assert install(LINTER, directory, Processes(), tried.append) == CRATE
    assert tried == [GO, CRATE]
    assert sorted(path.name for path in (directory / "linter/1.2.0").iterdir()) == ["bin"]


def test_an_installer_that_is_not_there_is_named(
    installer: Installer, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(directory))
    said = "go: go is not on PATH; crates.io: cargo is not on PATH"
    assert refused(directory) == said


def test_a_place_that_cannot_be_written_is_a_failure(installer: Installer, directory: Path) -> None:
    installer("go", GOOD)
    directory.write_text("a file")
    assert "Not a directory" in refused(directory, ONLY_GO)


def test_an_installer_sees_no_project(
    installer: Installer, directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOOS", "plan9")
    monkeypatch.chdir(tmp_path)
    seen = tmp_path / "seen"
    code = f"open({str(seen)!r}, 'w').write(os.getcwd() + ' ' + os.environ.get('GOOS', 'unset'))"
    installer("go", GOOD + code)
    installed(directory)
    where, _, platform = seen.read_text().partition(" ")
    assert platform == "unset"
    assert tmp_path not in (Path(where), *Path(where).parents)


def test_an_interrupt_leaves_nothing(
    installer: Installer, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installer("go", GOOD)

    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pytest_forge.provisioning.installation._publish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        installed(directory)
    assert content(directory) == ["lock"]
