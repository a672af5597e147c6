"""Which copy of LLVM's tools is taken, told by stand-ins on PATH."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.probes import llvm_tools

PROGRAM = Path(llvm_tools.__file__)
Given = Callable[..., "subprocess.CompletedProcess[str]"]


def _executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def _llvm(directory: Path, suffix: str, version: str) -> None:
    _executable(directory / f"llvm-cov{suffix}", f'echo "Debian LLVM version {version}"')
    _executable(directory / f"llvm-profdata{suffix}", "exit 0")


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Return the program's answer where PATH holds a rustc of some LLVM, and the copies named."""

    def answer(
        *arguments: str, rustc: int = 22, component: str = "", **copies: str
    ) -> "subprocess.CompletedProcess[str]":
        place = tmp_path / "bin"
        sysroot = tmp_path / "sysroot"
        told = f"host: here\\nrelease: 1.95.0\\nLLVM version: {rustc}.1.2\\n"
        script = f'[ "$1" = --print ] && echo {sysroot} || printf "{told}"'
        _executable(place / "rustc", script)
        for suffix, version in copies.items():
            _llvm(place, suffix.replace("_", "-").removesuffix("-"), version)
        if component:
            _llvm(sysroot / "lib" / "rustlib" / "here" / "bin", "", component)
        return subprocess.run(
            [sys.executable, "-I", str(PROGRAM), *(arguments or ("--version",))],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": str(place)},
        )

    return answer


def test_rustups_component_comes_first(given: Given) -> None:
    assert "llvm-cov 22.1.0" in given(component="22.1.0", _19="19.1.7").stdout


def test_the_newest_copy_of_a_distribution(given: Given) -> None:
    assert "llvm-cov 20.1.0" in given(_19="19.1.7", _20="20.1.0", _="14.0.6").stdout


def test_a_copy_without_a_number(given: Given) -> None:
    assert "llvm-cov 19.1.7" in given(_="19.1.7").stdout


def test_a_copy_that_is_too_old_is_named(given: Given) -> None:
    done = given(_="14.0.6")

    assert done.returncode == 1
    assert "is of LLVM 14.0.6, but rustc 1.95.0 (LLVM 22) needs LLVM 19 or later" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_older_compiler_is_content_with_its_own(given: Given) -> None:
    assert given(rustc=17, _="14.0.6").returncode == 1
    assert "llvm-cov 17.0.6" in given(rustc=17, _17="17.0.6").stdout


def test_no_copy_at_all(given: Given) -> None:
    done = given()

    assert done.returncode == 1
    assert "there is no llvm-cov with its llvm-profdata" in done.stderr


def test_a_command_is_told_where_the_tools_are(given: Given, tmp_path: Path) -> None:
    _executable(tmp_path / "own" / "cargo-other", "exit 0")
    shown = '[ -n "$PATH" ] && echo "$LLVM_COV $LLVM_PROFDATA $PATH"'
    _executable(tmp_path / "show", shown)
    beside = ("--beside", str(tmp_path / "own" / "cargo-other"))

    done = given(
        *beside, "--", "/bin/sh", "-c", "exit 0", "--", str(tmp_path / "show"), _19="19.1.7"
    )

    bin_ = tmp_path / "bin"
    assert done.stdout.split() == [
        str(bin_ / "llvm-cov-19"),
        str(bin_ / "llvm-profdata-19"),
        f"{tmp_path / 'own'}:{bin_}",
    ]


def test_a_first_command_that_fails_ends_everything(given: Given) -> None:
    done = given("--", "/bin/sh", "-c", "exit 3", "--", "/bin/echo", "no", component="22.1.0")

    assert (done.returncode, done.stdout) == (3, "")
