"""The forms of tags that real repositories use, and the junk beside them."""

import pytest

from pytest_forge.projects import FactValue, Project
from pytest_forge.tags import Tag, fitting, highest, looks_like_release


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
