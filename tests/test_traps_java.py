"""The traps of twenty surveyed repositories, as far as they concern Java.

The numbers in the names are the survey's; those below `java_` are its advice for Java (part 2).
"""

from collections.abc import Mapping

import pytest
from toy_repository import Repository

from pytest_forge.errors import NoReference
from pytest_forge.listing import list_tree
from pytest_forge.projects import Project
from pytest_forge.releases.last import last_release
from pytest_forge.repository import Discovery, find_projects
from pytest_forge.settings import Settings
from pytest_forge.toolchains.java import TOOLCHAIN
from pytest_forge.versions import is_prerelease, order


def pom(artifact: str, version: str = "1.0.0", inside: str = "") -> str:
    return (
        f"<project><groupId>org.example</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version>{inside}</project>\n"
    )


def discover(
    repository: Repository, files: Mapping[str, str], include: tuple[str, ...] = ()
) -> Discovery:
    repository.write(files)
    return find_projects(list_tree(repository.root), Settings(include=include), (TOOLCHAIN,))


def only(found: Discovery) -> Project:
    (project,) = found.projects
    return project


def released(repository: Repository, project: Project, *tags: str) -> str:
    """Return the tag that counts as the last release, after one commit for each of `tags`."""
    for number, tag in enumerate(tags):
        repository.write({"number": f"{number} {tag}"}).commit().git("tag", tag)
    # A release at HEAD itself is not compared with.
    repository.write({"number": project.name}).commit()
    found = last_release(repository.root, project)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("artifact", "tags", "expected"),
    [
        ("jackson-core", ("jackson-core-2.9.10", "jackson-core-2.19.1"), "jackson-core-2.19.1"),
        ("jackson-core", ("jackson-core-2.18.4", "jackson-core-2.18.4.1"), "jackson-core-2.18.4.1"),
        ("kit", ("v1.2.0", "1.3.0", "v1.1.0"), "1.3.0"),
    ],
)
def test_1_tags_behind_the_artifacts_name(
    repository: Repository, artifact: str, tags: tuple[str, ...], expected: str
) -> None:
    project = only(discover(repository, {"pom.xml": pom(artifact)}))
    assert released(repository, project, *tags) == expected


def test_1_tags_below_rel_name_the_repository_not_the_artifact(repository: Repository) -> None:
    # commons-lang ships commons-lang3, and tags candidates of a release too.
    project = only(discover(repository, {"pom.xml": pom("commons-lang3", "3.21.0-SNAPSHOT")}))
    tags = (
        "LANG_3_1",
        "rel/commons-lang-3.9",
        "rel/commons-lang-3.20.0",
        "commons-lang-3.21.0-RC1",
    )
    assert released(repository, project, *tags) == "rel/commons-lang-3.20.0"


def test_1_the_name_of_the_repository_is_that_of_its_address(repository: Repository) -> None:
    scm = "<scm><connection>scm:git:https://example.org/things.git</connection></scm>"
    project = only(discover(repository, {"pom.xml": pom("kit", inside=scm)}))
    assert released(repository, project, "things-1.0.0") == "things-1.0.0"


def test_1_a_gradle_build_is_tagged_by_a_part_of_its_name(repository: Repository) -> None:
    files = {"settings.gradle.kts": 'rootProject.name = "okhttp-parent"\ninclude(":okhttp")\n'}
    project = only(discover(repository, files))
    assert released(repository, project, "parent-5.3.2", "parent-5.4.0") == "parent-5.4.0"


def test_1_version_tags_of_which_none_fits_are_no_first_release(repository: Repository) -> None:
    project = only(discover(repository, {"pom.xml": pom("kit")}))
    with pytest.raises(NoReference, match=r"other-1\.2\.3"):
        released(repository, project, "other-1.2.3")


def test_3_a_snapshot_comes_before_its_release_and_behind_the_last(repository: Repository) -> None:
    version = only(discover(repository, {"pom.xml": pom("kit", "2.20.0-SNAPSHOT")})).text("version")
    assert is_prerelease(version)
    assert order("2.19.1") < order(version) < order("2.20.0")
    assert order("2.18.4") < order("2.18.4.1") < order("2.19.0-RC2") < order("2.19.0")


def test_12_a_smoke_test_for_maven_is_no_product_of_a_gradle_build(repository: Repository) -> None:
    files = {
        "settings.gradle.kts": 'rootProject.name = "okhttp-parent"\ninclude(":okhttp")\n',
        "okhttp/build.gradle.kts": 'plugins { id("okhttp.publish-conventions") }\n',
        "okhttp/src/jvmMain/kotlin/Call.kt": "interface Call\n",
        "maven-tests/pom.xml": pom("maven-tests", "1.0.0-SNAPSHOT"),
    }
    found = discover(repository, files)
    project = only(found)
    assert project.words("sources") == ("okhttp/src/jvmMain/kotlin/Call.kt",)
    # Kotlin is not what Java's complexity and deprecations are sought in.
    assert project.words("java_files") == ()
    why = {one.manifest: one.why for one in found.passed_over}
    assert "maven-tests" in why["maven-tests/pom.xml"]
    assert "owns it" in why["okhttp/build.gradle.kts"]
    asked = discover(repository, files, include=("maven-tests/**",))
    assert len(asked.projects) == 2


def test_17_sources_in_latin_1_are_found(repository: Repository) -> None:
    path = "src/main/java/Name.java"
    found = discover(repository, {"pom.xml": pom("kit")})
    assert only(found).words("sources") == ()
    (repository.root / "src/main/java").mkdir(parents=True)
    (repository.root / path).write_bytes('class Name { String s = "\xe9"; }\n'.encode("latin-1"))
    assert only(discover(repository, {})).words("sources") == (path,)


def test_20_a_license_that_only_the_parent_states_is_no_matter_here(repository: Repository) -> None:
    parent = (
        "<parent><groupId>org.p</groupId><artifactId>p</artifactId><version>104</version></parent>"
    )
    own = "<artifactId>commons-lang3</artifactId><version>3.21.0</version>"
    text = f"<project>{parent}{own}</project>"
    project = only(discover(repository, {"pom.xml": text}))
    assert (project.text("group"), project.text("version")) == ("org.p", "3.21.0")


def test_java_gradle_stands_before_maven_in_one_directory(repository: Repository) -> None:
    files = {"pom.xml": pom("kit"), "settings.gradle": "rootProject.name = 'kit'\n"}
    found = discover(repository, files)
    assert only(found).manifest == "settings.gradle"
    assert [one.manifest for one in found.passed_over] == ["pom.xml"]


@pytest.mark.parametrize("directory", ["src/it/simple", "its/core", "samples/web", "src/test/poms"])
def test_java_builds_of_a_builds_own_tests_are_no_products(
    repository: Repository, directory: str
) -> None:
    files = {"pom.xml": pom("kit"), f"{directory}/pom.xml": pom("inner")}
    found = discover(repository, files)
    assert only(found).manifest == "pom.xml"
    assert "no product" in found.passed_over[0].why


def test_java_a_module_is_owned_whatever_its_directory_is_called(repository: Repository) -> None:
    modules = "<packaging>pom</packaging><modules><module>kit-tests</module></modules>"
    files = {"pom.xml": pom("kit", inside=modules), "kit-tests/pom.xml": pom("kit-tests")}
    assert only(discover(repository, files)).members == ("kit-tests/pom.xml",)


PUBLISHED = (
    *("mockwebserver", "mockwebserver-deprecated", "mockwebserver-junit4", "mockwebserver-junit5"),
    *("okcurl", "okhttp", "okhttp-bom", "okhttp-brotli", "okhttp-coroutines"),
    *("okhttp-dnsoverhttps", "okhttp-java-net-cookiejar", "okhttp-logging-interceptor"),
    *("okhttp-sse", "okhttp-tls", "okhttp-urlconnection", "okhttp-zstd"),
)
OTHERS = (
    *("okhttp-hpacktests", "okhttp-idna-mapping-table", "okhttp-osgi-tests"),
    *("okhttp-testing-support", "container-tests", "samples/guide", "samples/tlssurvey"),
)
CONDITIONAL = ("regression-test", "native-image-tests", "module-tests", "android-test")


def okhttp() -> Mapping[str, str]:
    """Return manifests of the shape of okhttp's: its modules, and how they are named."""

    def include(path: str) -> str:
        return f'include(":{path.replace("/", ":")}")'

    settings = [
        'pluginManagement { includeBuild("build-logic") }',
        'rootProject.name = "okhttp-parent"',
        *map(include, (*PUBLISHED, *OTHERS)),
        *(f"if (flag.toBoolean()) {{\n  {include(path)}\n}}" for path in CONDITIONAL),
        'project(":mockwebserver").name = "mockwebserver3"',
        'project(":mockwebserver-deprecated").name = "mockwebserver"',
        'project(":okhttp-logging-interceptor").name = "logging-interceptor"',
    ]
    publishes = 'plugins {\n  kotlin("jvm")\n  id("okhttp.publish-conventions")\n}\n'
    return {
        "settings.gradle.kts": "\n".join(settings),
        "build.gradle.kts": "plugins {\n  alias(libs.plugins.maven.publish) apply false\n}\n",
        "build-logic/settings.gradle.kts": "",
        "build-logic/build.gradle.kts": "plugins { `kotlin-dsl` }\n",
        **{f"{path}/build.gradle.kts": publishes for path in PUBLISHED},
        **{f"{path}/build.gradle.kts": 'plugins { kotlin("jvm") }\n' for path in OTHERS},
        **{f"{path}/build.gradle.kts": 'plugins { kotlin("jvm") }\n' for path in CONDITIONAL},
        "maven-tests/pom.xml": pom("maven-tests"),
    }


def test_12_okhttp_is_one_build_of_sixteen_published_modules(repository: Repository) -> None:
    found = discover(repository, okhttp())
    project = only(found)

    assert (project.manifest, project.name) == ("settings.gradle.kts", "okhttp-parent")
    assert len(project.published) == 16
    names = {one.manifest.partition("/")[0]: one.name for one in project.published}
    assert names["mockwebserver"] == "mockwebserver3"
    assert names["mockwebserver-deprecated"] == "mockwebserver"
    assert names["okhttp-logging-interceptor"] == "logging-interceptor"
    passed_over = {one.manifest: one.why for one in found.passed_over}
    assert set(passed_over) == {*okhttp()} - {"settings.gradle.kts"}
    assert "by convention holds no product" in passed_over.pop("maven-tests/pom.xml")
    assert all("which owns it" in why for why in passed_over.values())
