"""The forms of tags that real repositories use, and the junk beside them."""

import pytest

from pytest_forge.projects import FactValue, Project
from pytest_forge.releases.tags import Tag, fitting, highest, looks_like_release


def project(name: str, **facts: FactValue) -> Project:
    return Project("pyproject.toml", "python", name, facts)


def names(tags: list[Tag]) -> list[str]:
    return [tag.name for tag in tags]


@pytest.mark.parametrize(
    ("tag", "name", "version"),
    [
        ("v1.2.3", "any", "1.2.3"),
        ("26.1.0", "attrs", "26.1.0"),
        ("jackson-core-2.19.1", "jackson-core", "2.19.1"),
        ("ignore-0.4.33", "ignore", "0.4.33"),
        ("create-vite@9.1.2", "create-vite", "9.1.2"),
        ("@scope/kit@1.0.0", "@scope/kit", "1.0.0"),
        ("kit@1.0.0", "@scope/kit", "1.0.0"),
        ("rel/commons-lang-3.20.0", "commons-lang", "3.20.0"),
        ("My_Pkg-1.0", "my.pkg", None),
        ("my-pkg-v2.14.0b1", "My_Pkg", "2.14.0b1"),
        ("13.0.4", "Newtonsoft.Json", "13.0.4"),
        ("2.18.4.1", "jackson-core", "2.18.4.1"),
        ("v2234", "serilog", None),
        ("v.1", "testify", None),
        ("core-v2.48.0", "pydantic", None),
        ("parent-5.4.0", "okhttp", None),
        ("release-1.2.3", "any", None),
        ("nightly", "any", None),
    ],
)
def test_a_tag_fits_a_project_at_the_top(tag: str, name: str, version: str | None) -> None:
    expected = [] if version is None else [Tag(tag, version)]
    assert fitting([tag], project(name), ".", "") == expected


def test_a_toolchain_may_know_further_names() -> None:
    okhttp = project("okhttp", tag_names=("parent",))
    assert names(fitting(["parent-5.4.0"], okhttp, ".", "")) == ["parent-5.4.0"]


@pytest.mark.parametrize("tag", ["sdk/v3.1.0", "sdk/go/v0.1.16", "SDK-1.0.0"])
def test_only_the_own_path_or_name_stands_before_a_nested_projects_version(tag: str) -> None:
    fits = fitting([tag], project("kit"), "sdk", "")
    assert bool(fits) is (tag != "sdk/go/v0.1.16")


def test_a_nested_project_with_tags_of_its_own_takes_no_bare_one() -> None:
    tags = ["core-v2.48.0", "v2.14.0"]
    assert names(fitting(tags, project("pydantic_core"), "pydantic-core", "")) == ["core-v2.48.0"]
    assert names(fitting(tags, project("pydantic"), ".", "")) == ["v2.14.0"]
    assert names(fitting(tags[1:], project("pydantic_core"), "pydantic-core", "")) == ["v2.14.0"]


def test_a_pattern_stands_in_place_of_the_usual_forms() -> None:
    tags = ["release-1.2.3", "v9.9.9", "release-candidate"]
    assert fitting(tags, project("any"), ".", "release-{version}") == [
        Tag("release-1.2.3", "1.2.3")
    ]


def test_beside_versions_a_patterns_bare_numbers_are_builds() -> None:
    assert names(fitting(["v2234", "v4.3.1"], project("x"), ".", "v{version}")) == ["v4.3.1"]
    assert names(fitting(["b41", "b42"], project("x"), ".", "b{version}")) == ["b41", "b42"]


def test_the_highest_is_by_version_and_final_where_there_is_a_final_one() -> None:
    tags = [Tag("v1.10.0", "1.10.0"), Tag("v1.9.0", "1.9.0"), Tag("v2.0.0b1", "2.0.0b1")]
    assert highest(tags) == tags[0]
    assert highest(tags[2:]) == tags[2]
    assert highest([]) is None


@pytest.mark.parametrize(
    ("tag", "looks"),
    [("release-1.2", True), ("v2234", True), ("7", True), ("v.1", False), ("nightly", False)],
)
def test_what_looks_like_a_release(tag: str, looks: bool) -> None:
    assert looks_like_release(tag) is looks


def by_directory(name: str, major: str = "") -> Project:
    return project(name, tags_by_directory=True, major=major)


@pytest.mark.parametrize("tag", ["kit-1.2.3", "kit/v1.2.3", "kit@1.2.3", "other/v1.2.3"])
def test_where_a_language_prescribes_the_form_a_name_is_no_prefix(tag: str) -> None:
    kit = by_directory("example.com/kit")
    assert fitting([tag], kit, ".", "") == []
    assert names(fitting([tag, "v1.0.0"], kit, ".", "")) == ["v1.0.0"]


def test_a_directory_stands_whole_before_a_prescribed_version() -> None:
    tags = ["aws/v3.0.0", "detectors/aws/v0.4.0", "propagators/aws/v1.2.0", "v2.0.0"]
    nested = by_directory("example.com/x/detectors/aws")
    assert names(fitting(tags, nested, "detectors/aws", "")) == ["detectors/aws/v0.4.0"]


def test_the_bare_tags_are_those_of_a_nested_one_that_has_none() -> None:
    nested = by_directory("example.com/x/sdk")
    assert names(fitting(["v1.4.0", "pkg/v2.0.0"], nested, "sdk", "")) == ["v1.4.0"]


def test_each_major_version_has_tags_of_its_own() -> None:
    tags = ["v1.9.0", "v2.3.1", "v0.2.0", "sdk/v1.0.0", "sdk/v2.1.0", "sdk/v2/v2.0.0"]
    first, second = by_directory("example.com/x"), by_directory("example.com/x/v2", "v2")
    assert names(fitting(tags, first, ".", "")) == ["v1.9.0", "v0.2.0"]
    assert names(fitting(tags, second, ".", "")) == ["v2.3.1"]
    assert names(fitting(tags, second, "v2", "")) == ["v2.3.1"]
    assert names(fitting(tags, by_directory("example.com/x/sdk"), "sdk", "")) == ["sdk/v1.0.0"]
    sdk = by_directory("example.com/x/sdk/v2", "v2")
    assert names(fitting(tags, sdk, "sdk/v2", "")) == ["sdk/v2.1.0", "sdk/v2/v2.0.0"]


def test_a_new_major_version_follows_the_one_before() -> None:
    third = by_directory("example.com/x/v3", "v3")
    assert names(fitting(["v1.9.0", "v2.3.1"], third, ".", "")) == ["v1.9.0", "v2.3.1"]
