"""What Gradle is told, and the copies that it builds."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.gradle import commands, tools

CORE = Project("core/build.gradle", "java", "core", {})


def context(root: Path, *files: str, **facts: FactValue) -> Context:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    project = Project("settings.gradle", "java", "my kit", facts, published=(CORE,))
    scratch = root / ".forge/run"
    scratch.mkdir(parents=True)
    return Context(project, ProjectSettings(), Tree(root, files), root, root, scratch)


@pytest.mark.parametrize("command", [commands.BUILD, commands.LINT, commands.PACKAGE])
def test_nothing_of_an_earlier_build_is_taken(command: tuple[str, ...]) -> None:
    assert {"--no-build-cache", "--no-daemon", "--continue"} <= set(command)
    assert "-Dorg.gradle.configuration-cache=false" in command
    place = command[command.index("--project-cache-dir") + 1]
    assert place.startswith("{scratch}/")


def test_the_init_script_is_part_of_forge() -> None:
    script = Path(tools.INIT_SCRIPT)
    text = script.read_text(encoding="utf-8")
    assert script.parent.name == "probes"
    for name, value in tools.COORDINATES.items():
        assert f"{name}={value}" in " ".join(commands.BUILD)
        assert f"'{name}'" in text or f"tools.{name}" in text


def test_japicmp_comes_in_the_version_that_maven_is_given() -> None:
    assert tools.COORDINATES["japicmp"] == (
        "com.github.siom79.japicmp:japicmp:0.23.1:jar-with-dependencies@jar"
    )


def test_without_any_integration_test_there_is_nothing_to_run(tmp_path: Path) -> None:
    with pytest.raises(NothingMeasured, match="there is no integration test"):
        commands.integration_tests(context(tmp_path))


@pytest.mark.parametrize(
    "facts", [{"integration_tests": ("src/intTest/java/A.java",)}, {"integration": True}]
)
def test_integration_tests_are_a_build_of_their_own(
    facts: dict[str, FactValue], tmp_path: Path
) -> None:
    assert "-Dforge.mode=integration" in commands.integration_tests(context(tmp_path, **facts))


def test_a_lone_build_gets_settings_in_the_copy_alone(tmp_path: Path) -> None:
    with commands.copied(context(tmp_path, "build.gradle")) as slots:
        settings = Path(slots["snapshot"]) / "settings.gradle"
        assert settings.read_text() == "rootProject.name = 'my-kit'\n"
    assert not (tmp_path / "settings.gradle").exists()


def test_settings_of_the_build_stay_as_they_are(tmp_path: Path) -> None:
    with commands.copied(context(tmp_path, "settings.gradle.kts")) as slots:
        assert not (Path(slots["snapshot"]) / "settings.gradle").exists()
        assert slots["member"] == str(tmp_path / ".forge/run/gradle")


def test_what_is_released_is_read_of_both_builds(tmp_path: Path) -> None:
    release = tmp_path / "release"
    (release / ".git").mkdir(parents=True)
    (release / "build.gradle").touch()
    given = context(tmp_path / "now", "build.gradle")
    given = replace(given, variant="core", slots={"release": str(release)})
    with commands.copied(given) as now, commands.copied_release(given) as before:
        assert now["member"] == str(given.scratch / "gradle/core")
        assert before["before"] == str(given.scratch / "gradle-before/core")
        copy = Path(before["before_top"])
        assert sorted(one.name for one in copy.iterdir()) == ["build.gradle", "settings.gradle"]
    assert not copy.exists()
    assert sorted(one.name for one in release.iterdir()) == [".git", "build.gradle"]


def test_the_copy_shows_the_repositorys_git_data(tmp_path: Path) -> None:
    subprocess.run(("git", "init", "-q", str(tmp_path)), check=True)
    with commands.copied(context(tmp_path, "settings.gradle")) as slots:
        assert (Path(slots["snapshot"]) / ".git").is_file()
