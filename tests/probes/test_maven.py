"""The program that starts Maven: which copy, and which goals."""

from pathlib import Path

import pytest

from pytest_forge.probes import maven

EFFECTIVE = """\
<projects>
  <project>
    <build>
      <pluginManagement><plugins><plugin><artifactId>maven-pmd-plugin</artifactId></plugin></plugins>
      </pluginManagement>
      <plugins>
        <plugin><artifactId>maven-checkstyle-plugin</artifactId></plugin>
        <plugin>
          <artifactId>jacoco-maven-plugin</artifactId>
          <executions><execution><goals><goal>report</goal></goals></execution></executions>
        </plugin>
      </plugins>
    </build>
  </project>
</projects>
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("?maven-checkstyle-plugin=checkstyle:checkstyle", ["checkstyle:checkstyle"]),
        ("?maven-pmd-plugin=pmd:pmd", []),
        ("!maven-pmd-plugin=pmd:pmd", ["pmd:pmd"]),
        ("!jacoco-maven-plugin:prepare-agent=j:0.8:prepare-agent", ["j:0.8:prepare-agent"]),
        ("!jacoco-maven-plugin:report=j:0.8:report", []),
        ("-DoutputFile=target/tree.json", ["-DoutputFile=target/tree.json"]),
        ("verify", ["verify"]),
    ],
)
def test_goals_depend_on_what_the_build_configures(condition: str, expected: list[str]) -> None:
    assert list(maven.chosen([condition], EFFECTIVE)) == expected


def wrapped(directory: Path) -> Path:
    (directory / ".mvn/wrapper").mkdir(parents=True)
    (directory / ".mvn/wrapper/maven-wrapper.properties").touch()
    (directory / "mvnw").touch()
    return directory / "mvnw"


def test_the_wrapper_comes_first_also_from_above(tmp_path: Path) -> None:
    wrapper = wrapped(tmp_path)
    inner = tmp_path / "sdks/java"
    inner.mkdir(parents=True)
    assert maven.maven(inner) == ["sh", str(wrapper)]


def test_a_wrapper_above_the_repository_is_not_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped(tmp_path)
    (tmp_path / "repository/.git").mkdir(parents=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert maven.maven(tmp_path / "repository") == []


def test_a_wrapper_without_its_properties_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped(tmp_path)
    (tmp_path / ".mvn/wrapper/maven-wrapper.properties").unlink()
    program = tmp_path / "bin/mvn"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert maven.maven(tmp_path) == [str(program)]


def test_without_any_maven_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert maven.main(["--version"]) == 1
    assert "there is no mvn on PATH" in capsys.readouterr().err
