import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_forge.errors import NotPrepared, OutputUnreadable
from pytest_forge.formats.environment import parse
from pytest_forge.model import Component

Recorded = Callable[[str, str, str], bytes]

MARKERS = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.7",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": "3.11.7",
    "python_version": "3.11",
    "sys_platform": "linux",
}


def _distribution(name: str, *requires: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "version": "1.0",
        "requires": list(requires),
        "license_expression": "",
        "license": "",
        "classifiers": [],
        "editable": False,
        **more,
    }


def _read(*distributions: dict[str, Any], own: str = "app", **more: Any) -> list[Component]:
    document = {
        "schema": "environment-1",
        "distribution": own,
        "requirements": [],
        "markers": MARKERS,
        "distributions": list(distributions),
        **more,
    }
    return list(parse(json.dumps(document).encode()).components)


def _ships(components: list[Component]) -> set[str]:
    return {one.name for one in components if one.ships}


def test_what_is_required_at_run_time_ships_and_the_rest_does_not(recorded: Recorded) -> None:
    report = parse(recorded("environment", "clean", "environment"))

    assert report.measures == {"distributions": 10}
    assert len(report.components) == 9
    (shipped,) = [one for one in report.components if one.ships]
    assert (shipped.name, shipped.direct) == ("packaging", True)
    assert shipped.license == "Apache-2.0 OR BSD-2-Clause"
    assert shipped.ecosystem == "PyPI"
    assert shipped.purl == f"pkg:pypi/packaging@{shipped.version}"


def test_the_project_itself_is_no_component(recorded: Recorded) -> None:
    components = parse(recorded("environment", "clean", "environment")).components

    assert "shop" not in {one.name for one in components}


def test_requirements_are_followed_and_names_are_normalised() -> None:
    components = _read(
        _distribution("app", "Web.Kit>=1"),
        _distribution("web-kit", "low_level"),
        _distribution("low-level"),
        _distribution("lonely"),
    )

    assert _ships(components) == {"web-kit", "low-level"}
    assert {one.name for one in components if one.direct} == {"web-kit"}


def test_the_extras_of_the_project_do_not_ship_but_those_it_asks_for_do() -> None:
    components = _read(
        _distribution("app", "kit[fast]", 'pytest; extra == "test"'),
        _distribution("kit", 'speed; extra == "fast"', 'slow; extra == "lazy"'),
        _distribution("speed"),
        _distribution("pytest"),
        _distribution("slow"),
    )

    assert _ships(components) == {"kit", "speed"}


def test_markers_hold_for_the_projects_interpreter() -> None:
    components = _read(
        _distribution("app", 'a; python_version < "3.11"', 'b; sys_platform == "linux"'),
        _distribution("a"),
        _distribution("b"),
    )

    assert _ships(components) == {"b"}


def test_circles_end() -> None:
    components = _read(_distribution("app", "a"), _distribution("a", "b"), _distribution("b", "a"))

    assert _ships(components) == {"a", "b"}


def test_what_is_required_and_not_installed_is_not_prepared() -> None:
    with pytest.raises(NotPrepared, match="b, which a requires, is not installed"):
        _read(_distribution("app", "a"), _distribution("a", "b"))


def test_a_project_that_is_not_installed_is_not_prepared() -> None:
    with pytest.raises(NotPrepared, match="app itself is not installed"):
        _read(_distribution("a"))


def test_a_requirements_file_stands_for_a_project_that_is_no_package() -> None:
    components = _read(_distribution("a"), _distribution("b"), own="", requirements=["a==1.0"])

    assert _ships(components) == {"a"}


@pytest.mark.parametrize(
    ("stated", "license_"),
    [
        ({"license_expression": "MIT OR Apache-2.0", "license": "x"}, "MIT OR Apache-2.0"),
        (
            {"license": "ISC", "classifiers": ["License :: OSI Approved :: MIT License"]},
            "ISC",
        ),
        (
            {
                "license": "A long text",
                "classifiers": ["License :: OSI Approved :: MIT License"],
            },
            "MIT License",
        ),
        (
            {"classifiers": ["License :: OSI Approved :: A", "License :: OSI Approved :: B"]},
            "A; B",
        ),
        ({"license": "UNKNOWN", "classifiers": ["License :: OSI Approved"]}, ""),
        ({"license": "free as in beer"}, "free as in beer"),
    ],
)
def test_the_license_is_the_packages_own_statement(stated: dict[str, Any], license_: str) -> None:
    (component,) = _read(_distribution("app"), _distribution("a", **stated))

    assert component.license == license_


@pytest.mark.parametrize("requirement", ["a ==", "a; nonsense == 'x'"])
def test_a_requirement_that_is_none_is_unreadable(requirement: str) -> None:
    with pytest.raises(OutputUnreadable):
        _read(_distribution("app", requirement), _distribution("a"))


def test_another_schema_is_unreadable() -> None:
    with pytest.raises(OutputUnreadable, match="schema"):
        _read(_distribution("app"), schema="environment-2")
