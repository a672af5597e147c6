"""Which modules of a reactor are published, by what their poms say."""

from collections.abc import Callable, Mapping

import pytest

from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.java.project import inspect

TreeOf = Callable[[Mapping[str, str | bytes]], Tree]

CENTRAL = "central-publishing-maven-plugin"
NEXUS = "nexus-staging-maven-plugin"
DEPLOY = "maven-deploy-plugin"


def plugin(artifact: str, inside: str = "") -> str:
    return f"<plugin><artifactId>{artifact}</artifactId>{inside}</plugin>"


def settings(inside: str) -> str:
    return f"<configuration>{inside}</configuration>"


def build(*plugins: str) -> str:
    return f"<build><plugins>{''.join(plugins)}</plugins></build>"


def managing(*plugins: str) -> str:
    inside = "".join(plugins)
    return f"<build><pluginManagement><plugins>{inside}</plugins></pluginManagement></build>"


def properties(name: str, value: str = "true") -> str:
    return f"<properties><{name}>{value}</{name}></properties>"


@pytest.fixture
def published(tree_of: TreeOf) -> Callable[..., list[str]]:
    """Return the names of the published modules of a parent with `core` and `bench`."""

    def names(parent: str = "", core: str = "", bench: str = "") -> list[str]:
        own = "<parent><artifactId>kit</artifactId></parent>"
        files = {
            "pom.xml": "<project><groupId>g</groupId><artifactId>kit</artifactId>"
            "<version>1</version><packaging>pom</packaging>"
            f"<modules><module>core</module><module>bench</module></modules>{parent}</project>"
        }
        for name, inside in (("core", core), ("bench", bench)):
            files[f"{name}/pom.xml"] = (
                f"<project>{own}<artifactId>{name}</artifactId>{inside}</project>"
            )
            files[f"{name}/src/main/java/A.java"] = "class A {}"
        project = inspect(tree_of(files), "pom.xml")
        assert isinstance(project, Project), project
        return [one.name for one in project.published]

    return names


SKIP = settings("<skip>true</skip>")
EXCLUDES = settings("<excludeArtifacts><artifact>bench</artifact></excludeArtifacts>")
ALONE = "<inherited>false</inherited>"
RELEASE = f"<profiles><profile>{build(plugin(CENTRAL))}</profile></profiles>"


@pytest.mark.parametrize(
    ("parent", "core", "bench", "expected"),
    [
        ("", "", "", ["core", "bench"]),
        ("", "", properties("maven.deploy.skip"), ["core"]),
        (properties("maven.deploy.skip"), properties("maven.deploy.skip", "false"), "", ["core"]),
        ("", "", build(plugin(DEPLOY, SKIP)), ["core"]),
        ("", "", managing(plugin(DEPLOY, SKIP)), ["core"]),
        # A word of the module's own stands above its parent's.
        (
            build(plugin(DEPLOY, SKIP)),
            build(plugin(DEPLOY, settings("<skip>false</skip>"))),
            "",
            ["core"],
        ),
        (
            managing(plugin(DEPLOY, settings("<skip>${test.only}</skip>")))
            + properties("test.only", "false"),
            "",
            properties("test.only"),
            ["core"],
        ),
        (build(plugin(CENTRAL)), "", "", ["core", "bench"]),
        (RELEASE, "", "", ["core", "bench"]),
        # As gson does it: the parent keeps the plugin to itself, and core asks for it.
        (build(plugin(CENTRAL, ALONE)), build(plugin(CENTRAL)), "", ["core"]),
        # What the plugin stands in for is turned off for all.
        (build(plugin(CENTRAL), plugin(DEPLOY, SKIP)), "", "", ["core", "bench"]),
        (build(plugin(CENTRAL)) + properties("maven.deploy.skip"), "", "", ["core", "bench"]),
        (build(plugin(CENTRAL)), "", properties("maven.deploy.skip"), ["core"]),
        (build(plugin(CENTRAL)), "", properties("skipPublishing"), ["core"]),
        (
            build(plugin(CENTRAL)),
            "",
            build(plugin(CENTRAL, settings("<skipPublishing>true</skipPublishing>"))),
            ["core"],
        ),
        (build(plugin(CENTRAL, EXCLUDES)), "", "", ["core"]),
        (build(plugin(NEXUS, EXCLUDES)), "", "", ["core"]),
        (build(plugin(NEXUS)), "", properties("skipNexusStagingDeployMojo"), ["core"]),
        # Only managed: nobody asks for it.
        (managing(plugin(CENTRAL)), "", properties("maven.deploy.skip"), ["core"]),
    ],
)
def test_published_is_what_the_poms_deploy(
    published: Callable[..., list[str]], parent: str, core: str, bench: str, expected: list[str]
) -> None:
    assert published(parent, core, bench) == expected
