"""Maven's order of versions, by the examples of its own specification."""

from itertools import pairwise

import pytest

from pytest_forge.advisories.maven_versions import maven_order

# https://maven.apache.org/pom.html#version-order-specification, and jackson's four parts.
ASCENDING = (
    *("1-alpha-1", "1-alpha-2", "1-beta-1", "1-m1", "1-rc1", "1-SNAPSHOT", "1", "1-sp"),
    *("1-foo", "1.0.1", "1.1-rc1", "1.1", "2.0.0-alpha1", "2.0.0", "2.18.4", "2.18.4.1", "10"),
)


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(ASCENDING)))
def test_versions_are_in_the_order_of_the_specification(lower: str, higher: str) -> None:
    assert maven_order(lower) < maven_order(higher)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.0", "1"), ("1.ga", "1"), ("1-final", "1.0.0"), ("1-a1", "1-alpha-1"), ("1-CR1", "1-rc-1")],
)
def test_forms_of_one_version_are_equal(one: str, other: str) -> None:
    assert maven_order(one) == maven_order(other)


@pytest.mark.parametrize("text", ["", "latest", "${revision}", "[1,2)"])
def test_what_is_no_version_has_no_place(text: str) -> None:
    with pytest.raises(ValueError, match="is no version"):
        maven_order(text)
