"""The program that starts japicmp: which jars it compares."""

from pathlib import Path

import pytest

from pytest_forge.probes import japicmp


def built(module: Path, *names: str) -> Path:
    (module / "target").mkdir(parents=True)
    for name in names:
        (module / "target" / name).touch()
    return module


def test_the_jar_of_a_module_is_the_one_that_ships(tmp_path: Path) -> None:
    others = [f"kit-1.0-{kind}.jar" for kind in ("sources", "javadoc", "tests", "test-sources")]
    module = built(tmp_path, "kit-1.0.jar", "original-kit-1.0.jar", *others)
    assert japicmp.jar_of(module) == module / "target/kit-1.0.jar"


@pytest.mark.parametrize("names", [(), ("a-1.jar", "b-1.jar")])
def test_no_jar_or_several_can_not_be_compared(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert japicmp.jar_of(built(tmp_path, *names)) is None


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = built(tmp_path / "before"), built(tmp_path / "after", "kit-1.jar")
    (tmp_path / "japicmp-0.23.1.jar").touch()
    arguments = [str(tmp_path), str(before), str(after), str(tmp_path / "report.xml")]
    assert japicmp.main(arguments) == 1
    assert capsys.readouterr().err == "error: no jar of the last release\n"


def test_the_jar_that_gradle_has_made_for_forge_is_found(tmp_path: Path) -> None:
    (tmp_path / "forge/jar").mkdir(parents=True)
    (tmp_path / "forge/jar/kit-1.0.jar").touch()
    assert japicmp.jar_of(tmp_path) == tmp_path / "forge/jar/kit-1.0.jar"
