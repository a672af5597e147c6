"""The commands of the ecosystems' own installers."""

import re
import sys
from pathlib import Path

import pytest

from pytest_forge.provisioning import installers
from pytest_forge.provisioning.installers import INSTALLERS, inherited, lock_file
from pytest_forge.toolchains.declarations import Package

PLACE = Path("/tools/linter/.1.2.0/abcd")


def commands(package: Package) -> list[str]:
    made = INSTALLERS[package.installer].commands(package, PLACE)
    return [" ".join(command) for command in made]


def test_crates_are_built_by_their_own_lock_at_exactly_the_version() -> None:
    assert commands(Package("crates.io", "linter", "1.2.0")) == [
        f"cargo install --locked --root {PLACE} linter --version =1.2.0"
    ]


def test_go_and_npm_get_exactly_the_version() -> None:
    assert commands(Package("go", "example.org/linter", "v1.2.0")) == [
        "go install example.org/linter@v1.2.0"
    ]
    (npm,) = commands(Package("npm", "linter", "1.2.0"))
    assert npm.startswith(f"npm install --global --prefix {PLACE} --ignore-scripts ")
    assert npm.endswith(" linter@1.2.0")


def test_npm_gets_what_a_package_works_with_beside_it() -> None:
    (npm,) = commands(Package("npm", "linter", "1.2.0", along=("compiler@5.9.3",)))
    assert npm.endswith(" compiler@5.9.3 linter@1.2.0")


@pytest.mark.parametrize("with_uv", [True, False])
def test_distributions_get_an_environment_of_their_own_and_are_held_to_their_hashes(
    with_uv: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "linter-1.2.0.txt"
    lock.write_text("linter==1.2.0 --hash=sha256:0\n")
    monkeypatch.setattr(installers, "_LOCKS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "env/bin/python"))
    if with_uv:
        (tmp_path / "uv").write_text("")
        (tmp_path / "uv").chmod(0o755)
    make, fill = commands(Package("pypi", "linter", "1.2.0"))
    assert make.split()[0] == str(tmp_path / ("uv" if with_uv else "env/bin/python"))
    assert make.endswith(f" {PLACE}")
    assert f"{PLACE}/bin/python" in fill
    assert ("--no-build" if with_uv else "--only-binary :all:") in fill
    assert fill.endswith(f" --require-hashes -r {lock}")
    (_, unlocked) = commands(Package("pypi", "linter", "1.2.1"))
    assert unlocked.endswith(" linter==1.2.1")


def test_what_names_another_place_or_platform_is_not_inherited() -> None:
    given = {"PATH": "/bin", "GOOS": "plan9", "CARGO_BUILD_TARGET": "wasm", "PYTHONPATH": "/x"}
    assert inherited(given) == {"PATH": "/bin"}
    flags = inherited({"GOFLAGS": "-mod=vendor -modcacherw -modfile=x -trimpath"})
    assert flags == {"GOFLAGS": "-modcacherw -trimpath"}


def test_an_installer_is_there_where_its_program_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert INSTALLERS["pypi"].is_there()
    assert not INSTALLERS["go"].is_there()
    (tmp_path / "go").symlink_to(sys.executable)
    assert INSTALLERS["go"].is_there()


LOCKS = sorted(lock_file(Package("pypi", "any", "1")).parent.glob("*.txt"))
REQUIREMENT = re.compile(
    r"^([a-z0-9-]+)==(\S+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}( \\)?)+)$"
)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_a_hash_of_everything(path: Path) -> None:
    text = path.read_text(encoding="utf-8").rstrip("\n")
    assert all(REQUIREMENT.match(part) for part in re.split(r"\n(?! )", text)), text
