from collections.abc import Callable

import pytest

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import griffe_api, licensecheck
from pytest_forge.model import Release

Recorded = Callable[[str, str, str], bytes]


def test_breaking_changes_and_additions(recorded: Recorded) -> None:
    report = griffe_api.parse(recorded("griffe", "breaking", "report"))

    assert [(one.rule, one.path, one.line) for one in report.findings] == [
        ("object-removed", None, None),
        ("parameter-removed", "/project/src/shop/prices.py", 4),
    ]
    assert report.count("api.breaking") == 2
    assert report.measures == {"api.additions": 1, "api.items": 5}


def test_the_surface_holds_signatures(recorded: Recorded) -> None:
    surface = griffe_api.parse(recorded("griffe", "breaking", "report")).surface

    assert {one.name: (one.kind, one.signature) for one in surface}["shop.prices.mean"] == (
        "function",
        "mean(values: list[float]) -> float",
    )


def test_nothing_changed(recorded: Recorded) -> None:
    report = griffe_api.parse(recorded("griffe", "same", "report"))

    assert report.findings == ()
    assert report.notes == ("compared with v0.9.0",)
    assert report.measures == {"api.additions": 0, "api.items": 8}


def test_the_release_that_it_compares_with(recorded: Recorded) -> None:
    report = griffe_api.parse(recorded("griffe", "breaking", "report"))

    assert report.release == Release("1.0.0", "0.9.0", "v0.9.0")


def test_a_first_release_has_none_before(recorded: Recorded) -> None:
    report = griffe_api.parse(recorded("griffe", "first-release", "report"))

    assert report.release == Release("1.0.0", None, None)
    assert report.measures["api.additions"] == 0


def test_without_a_declared_version_there_is_no_release(recorded: Recorded) -> None:
    data = recorded("griffe", "first-release", "report")

    assert griffe_api.parse(data.replace(b'"1.0.0"', b'""')).release is None


def test_a_release_without_the_package_is_no_reference(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="no package shop"):
        griffe_api.parse(recorded("griffe", "new-package", "report"))


def test_changes_against_nothing_are_unreadable(recorded: Recorded) -> None:
    data = recorded("griffe", "breaking", "report")

    with pytest.raises(OutputUnreadable):
        griffe_api.parse(data.replace(b'"compared": true', b'"compared": false'))


def test_compatible_licenses(recorded: Recorded) -> None:
    report = licensecheck.parse(recorded("licensecheck", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"packages.examined": 1}


def test_an_incompatible_license(recorded: Recorded) -> None:
    (finding,) = licensecheck.parse(recorded("licensecheck", "incompatible", "report")).findings

    assert (finding.measure, finding.rule) == ("licenses.refused", "incompatible-license")
    assert finding.message.startswith("packaging ")
    assert "not compatible with the project's own MIT" in finding.message


def test_a_project_without_a_license_compares_with_nothing(recorded: Recorded) -> None:
    data = recorded("licensecheck", "clean", "report").replace(b"MIT LICENSE", b"NO LICENSE")

    with pytest.raises(NoReference, match="finds no license of the project"):
        licensecheck.parse(data)
