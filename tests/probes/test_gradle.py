"""The program that starts Gradle: which copy, and what it says where none can start."""

import subprocess
import sys
from pathlib import Path

import pytest

from pytest_forge.probes import gradle

ADDRESS = "https\\://example.org/distributions/gradle-8.14-bin.zip"


def wrapped(directory: Path, script: str = "exit 1") -> Path:
    wrapper = directory / "gradle/wrapper"
    wrapper.mkdir(parents=True)
    (wrapper / "gradle-wrapper.jar").touch()
    (wrapper / "gradle-wrapper.properties").write_text(f"distributionUrl={ADDRESS}\n")
    (directory / "gradlew").write_text(f"{script}\n")
    return directory / "gradlew"


def test_the_wrapper_comes_first_also_from_above(tmp_path: Path) -> None:
    wrapper = wrapped(tmp_path)
    inner = tmp_path / "sdks/java"
    inner.mkdir(parents=True)
    assert gradle.gradle(inner) == ["sh", str(wrapper)]


def test_a_wrapper_above_the_repository_is_not_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    wrapped(tmp_path)
    inner = tmp_path / "repository"
    (inner / ".git").mkdir(parents=True)
    assert gradle.gradle(inner) == []


@pytest.mark.parametrize("missing", ["gradle-wrapper.jar", "gradle-wrapper.properties"])
def test_a_wrapper_that_is_not_whole_is_none(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped(tmp_path)
    (tmp_path / "gradle/wrapper" / missing).unlink()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gradle").write_text("#!/bin/sh\n")
    (tmp_path / "bin/gradle").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert gradle.gradle(tmp_path) == [str(tmp_path / "bin/gradle")]


def test_a_wrapper_without_its_distribution_names_what_it_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    wrapped(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert gradle.main(["--version"]) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert "the wrapper (gradlew) can't start Gradle" in line
    assert "https://example.org/distributions/gradle-8.14-bin.zip" in line


def test_properties_without_an_address_are_said_to_name_none(tmp_path: Path) -> None:
    wrapper = wrapped(tmp_path)
    (tmp_path / "gradle/wrapper/gradle-wrapper.properties").write_text("x=1\n")
    assert gradle.distribution(wrapper) == "no distribution"


def test_a_gradle_that_is_there_tells_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    wrapped(tmp_path, "echo Gradle 8.14; echo a word >&2")
    monkeypatch.chdir(tmp_path)
    assert gradle.main(["--version"]) == 0
    assert capfd.readouterr() == ("Gradle 8.14\n", "a word\n")


def test_without_any_gradle_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    assert gradle.main(["--version"]) == 1
    assert "no gradle on PATH, and no wrapper" in capsys.readouterr().err


def test_both_streams_of_a_build_are_one(tmp_path: Path) -> None:
    wrapped(tmp_path, 'echo "$@"; echo failed >&2; exit 1')
    done = subprocess.run(
        (sys.executable, "-I", gradle.__file__, "--continue", "forge"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "--continue forge\nfailed\n", "")
