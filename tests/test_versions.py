"""Versions as field-guide repositories carry them: PEP 440, SemVer, CalVer, Maven's, four parts."""

import pytest

from pytest_forge.versions import (
    Bump,
    allows,
    base,
    bump,
    is_prerelease,
    is_version,
    next_version,
    order,
    semantic_order,
)

ASCENDING = {
    "PEP 440": ["1.0.dev1", "1.0a1", "1.0b1", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1!0.1"],
    "SemVer": ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1"],
    "Maven": ["2.20.0-M1", "2.20.0-RC1", "2.20.0-RC2", "2.20.0-SNAPSHOT", "2.20.0"],
    "four parts": ["2.18.4", "2.18.4.1", "2.18.5"],
    "CalVer": ["24.3.0", "25.1.0", "26.1.0"],
    "numbers, not text": ["1.9.0", "1.10.0", "1.10.0.1"],
}


@pytest.mark.parametrize("versions", ASCENDING.values(), ids=ASCENDING)
def test_versions_sort_in_their_own_order(versions: list[str]) -> None:
    assert sorted(reversed(versions), key=order) == versions


def test_trailing_zeros_and_a_leading_v_make_no_difference() -> None:
    assert order("1.2") == order("1.2.0") == order("v1.2.0")


def test_semantic_order_knows_no_post_release() -> None:
    assert semantic_order("1.2.3-1") < semantic_order("1.2.3")
    assert order("1.2.3-1") > order("1.2.3")


def test_semantic_order_leaves_out_build_metadata() -> None:
    assert semantic_order("v1.2.3+incompatible") == semantic_order("1.2.3")


@pytest.mark.parametrize("text", ["", "latest", "v.1", "1.2.x!", "release-1.2"])
def test_what_is_no_version_is_refused(text: str) -> None:
    assert not is_version(text)
    with pytest.raises(ValueError, match="no version"):
        order(text)
    with pytest.raises(ValueError, match="no version"):
        base(text)


@pytest.mark.parametrize(
    "version", ["2.14.0b1", "1.0.dev3", "2.20.0-SNAPSHOT", "5.0-M1", "1.0-RC2"]
)
def test_prereleases_are_known(version: str) -> None:
    assert is_prerelease(version)


@pytest.mark.parametrize("version", ["1.0", "1.0.post1", "2.18.4.1", "26.1.0", "v1.2.3"])
def test_final_releases_are_known(version: str) -> None:
    assert not is_prerelease(version)


@pytest.mark.parametrize(
    ("previous", "declared", "step"),
    [
        ("1.2.3", "1.2.3", Bump.NONE),
        ("13.0.4", "11.0.1-beta2", Bump.NONE),
        ("1.3.0", "1.3.0rc1", Bump.NONE),
        ("1.3.0rc1", "1.3.0", Bump.NONE),
        ("1.2.3", "1.2.4", Bump.PATCH),
        ("1.2.3", "1.2.3.post1", Bump.PATCH),
        ("2.18.4.1", "2.18.4.2", Bump.PATCH),
        ("1.2.3", "1.3.0", Bump.MINOR),
        ("2.19.1", "2.20.0-SNAPSHOT", Bump.MINOR),
        ("0.3.1", "0.4.0", Bump.MINOR),
        ("1.2.3", "2.0.0b1", Bump.MAJOR),
        ("25.4.0", "26.1.0", Bump.MAJOR),
        ("2024.1", "1!1.0", Bump.MAJOR),
    ],
)
def test_bump_is_the_first_part_that_changes(previous: str, declared: str, step: Bump) -> None:
    assert bump(previous, declared) is step


@pytest.mark.parametrize(
    ("previous", "declared", "step"),
    [
        ("1.2.3", "1.3.0", Bump.MINOR),
        ("0.3.1", "0.4.0", Bump.MAJOR),
        ("0.3.1", "0.3.2", Bump.PATCH),
        ("2.0.0b1", "2.0.0b2", Bump.MAJOR),
        ("2.0.0b1", "2.0.0b1", Bump.NONE),
        ("1.2.3", "1.2.3", Bump.NONE),
    ],
)
def test_what_a_step_allows(previous: str, declared: str, step: Bump) -> None:
    assert allows(previous, declared) is step


@pytest.mark.parametrize(
    ("previous", "step", "following"),
    [
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("0.2.3", Bump.MAJOR, "0.3.0"),
        ("2.18.4.1", Bump.PATCH, "2.18.4.2"),
        ("2.18.4.1", Bump.MINOR, "2.19.0.0"),
        ("1!1.2.0", Bump.PATCH, "1!1.2.1"),
        ("2.0.0rc1", Bump.MAJOR, "2.0.0"),
        ("2.20.0-SNAPSHOT", Bump.PATCH, "2.20.0"),
    ],
)
def test_next_version_is_the_smallest_that_carries_the_step(
    previous: str, step: Bump, following: str
) -> None:
    assert next_version(previous, step) == following
    assert allows(previous, following) >= step
