import json
from collections.abc import Callable

import pytest

from pytest_forge.errors import NoReference, OutputUnreadable
from pytest_forge.formats import (
    cargo_audit,
    cargo_audit_log,
    cargo_deny,
    cargo_metadata,
    semver_checks,
    semver_checks_log,
)
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def test_vulnerable_and_abandoned_packages(recorded: Recorded) -> None:
    report = cargo_audit.parse(recorded("cargo-audit", "vulnerable", "report"))

    assert [(one.rule, one.severity) for one in report.findings] == [
        ("RUSTSEC-2021-9001", Severity.CRITICAL),
        ("RUSTSEC-2021-9002", Severity.INFO),
    ]
    assert report.findings[0].message.endswith("itoa 1.0.18: Writes too far -> >=9.0.0")
    assert report.measures == {"advisories": 2, "components.audited": 3}


def test_an_empty_database_has_no_advisories(recorded: Recorded) -> None:
    report = cargo_audit.parse(recorded("cargo-audit", "nothing", "report"))

    assert report.measures["advisories"] == 0


def test_a_yanked_package_has_no_advisory(recorded: Recorded) -> None:
    document = json.loads(recorded("cargo-audit", "vulnerable", "report"))
    (abandoned,) = document["warnings"].pop("unmaintained")
    document["warnings"]["yanked"] = [{**abandoned, "kind": "yanked", "advisory": None}]
    document["database"]["last-updated"] = "2026-01-01"
    report = cargo_audit.parse(json.dumps(document).encode())

    assert (report.findings[1].rule, report.findings[1].message) == (
        "yanked",
        "ryu 1.0.23 is yanked",
    )
    assert "2026-01-01" in report.notes[0]


def test_a_severity_that_is_not_told_is_unknown(recorded: Recorded) -> None:
    document = json.loads(recorded("cargo-audit", "vulnerable", "report"))
    document["vulnerabilities"]["list"][0]["advisory"]["cvss"] = None
    document["vulnerabilities"]["list"][0]["versions"]["patched"] = []
    (finding, _) = cargo_audit.parse(json.dumps(document).encode()).findings

    assert finding.severity is Severity.UNKNOWN
    assert "not fixed in any version" in finding.message


def test_vulnerabilities_must_be_as_many_as_they_are_counted(recorded: Recorded) -> None:
    data = recorded("cargo-audit", "vulnerable", "report")

    with pytest.raises(OutputUnreadable, match="counts"):
        cargo_audit.parse(data.replace(b'"count":1', b'"count":2'))


def test_no_feed_is_no_reference(recorded: Recorded) -> None:
    with pytest.raises(NoReference, match="couldn't fetch advisory database") as raised:
        cargo_audit_log.parse(recorded("cargo-audit", "feed-down", "log"))

    assert "FORGE_ADVISORIES" in raised.value.mend


def test_the_log_of_an_audit_says_nothing(recorded: Recorded) -> None:
    assert cargo_audit_log.parse(recorded("cargo-audit", "clean", "log")).findings == ()


def test_components(recorded: Recorded) -> None:
    report = cargo_metadata.parse(recorded("cargo-metadata", "clean", "metadata"))

    assert [(one.name, one.direct, one.ships) for one in report.components] == [
        ("itoa", True, True),
        ("ryu", True, False),
    ]
    assert report.components[0].license == "MIT OR Apache-2.0"
    assert report.components[0].purl == "pkg:cargo/itoa@1.0.18"
    assert {one.ecosystem for one in report.components} == {"crates.io"}
    assert report.measures == {"packages": 3}


def test_a_project_without_dependencies(recorded: Recorded) -> None:
    report = cargo_metadata.parse(recorded("cargo-metadata", "alone", "metadata"))

    assert report.components == ()
    assert report.measures == {"packages": 1}


def test_what_only_a_build_needs_does_not_ship_nor_what_that_needs(recorded: Recorded) -> None:
    document = json.loads(recorded("cargo-metadata", "clean", "metadata"))
    nodes = {node["id"].rpartition("#")[2]: node for node in document["resolve"]["nodes"]}
    needs = {need["name"]: need for need in nodes["shop@1.0.0"]["deps"]}
    needs["itoa"]["dep_kinds"] = [{"kind": "build", "target": None}]
    (needed,) = (node["id"] for node in nodes.values() if "ryu" in node["id"])
    nodes["shop@1.0.0"]["deps"].remove(needs["ryu"])
    kinds = [{"kind": None, "target": None}]
    nodes["itoa@1.0.18"]["deps"] = [{"name": "ryu", "pkg": needed, "dep_kinds": kinds}]
    report = cargo_metadata.parse(json.dumps(document).encode())

    assert [(one.name, one.direct, one.ships) for one in report.components] == [
        ("itoa", True, False),
        ("ryu", False, False),
    ]


def test_the_old_form_of_an_alternative_license(recorded: Recorded) -> None:
    data = recorded("cargo-metadata", "clean", "metadata")
    old = data.replace(b"MIT OR Apache-2.0", b"MIT/Apache-2.0")

    assert cargo_metadata.parse(old).components[0].license == "MIT OR Apache-2.0"


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(version=2),
        lambda document: document["packages"].pop(),
        lambda document: document["resolve"]["nodes"].pop(),
        lambda document: document["workspace_members"].append("another"),
    ],
)
def test_metadata_that_contradicts_itself(
    recorded: Recorded, change: Callable[[dict[str, object]], None]
) -> None:
    document = json.loads(recorded("cargo-metadata", "clean", "metadata"))
    change(document)

    with pytest.raises(OutputUnreadable):
        cargo_metadata.parse(json.dumps(document).encode())


def test_refused_licenses(recorded: Recorded) -> None:
    report = cargo_deny.parse(recorded("cargo-deny", "refused", "report"))

    assert [(one.measure, one.rule) for one in report.findings] == [
        ("licenses.refused", "itoa"),
        ("licenses.refused", "shop"),
    ]
    assert report.measures == {"packages.examined": 3}


def test_allowed_licenses(recorded: Recorded) -> None:
    report = cargo_deny.parse(recorded("cargo-deny", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"packages.examined": 3}


def test_deny_without_a_crate_has_no_summary(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="summary"):
        cargo_deny.parse(recorded("cargo-deny", "nothing", "report"))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b'"errors":2', b'"errors":3', "counts 3"),
        (b"gathered 3", b"collected 3", "how many crates"),
    ],
)
def test_deny_that_contradicts_itself(recorded: Recorded, old: bytes, new: bytes, why: str) -> None:
    data = recorded("cargo-deny", "refused", "report")
    assert old in data

    with pytest.raises(OutputUnreadable, match=why):
        cargo_deny.parse(data.replace(old, new))


def test_breaking_changes(recorded: Recorded) -> None:
    report = semver_checks.parse(recorded("cargo-semver-checks", "breaking", "report"))

    assert next((one.rule, one.message) for one in report.findings) == (
        "function_missing",
        "function shop::total: pub fn removed or renamed",
    )
    assert {one.measure for one in report.findings} == {"api.breaking"}
    # Where it was before is no place in the working tree.
    assert {one.path for one in report.findings} == {None}
    assert not any("/release" in one.message for one in report.findings)
    assert report.measures == {"lints.told": 3}


@pytest.mark.parametrize(("case", "failed"), [("breaking", 3), ("same", 0)])
def test_the_sum_of_the_comparison(recorded: Recorded, case: str, failed: int) -> None:
    report = semver_checks_log.parse(recorded("cargo-semver-checks", case, "log"))

    assert report.measures == {"api.compared": 1, "lints": 202, "lints.failed": failed}
    assert "api.additions" in report.unavailable


def test_a_release_that_does_not_compile_was_not_compared(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="comparison was finished"):
        semver_checks_log.parse(recorded("cargo-semver-checks", "does-not-compile", "log"))


def test_a_lint_must_name_what_it_found(recorded: Recorded) -> None:
    data = recorded("cargo-semver-checks", "breaking", "report")

    with pytest.raises(OutputUnreadable, match="names no item"):
        semver_checks.parse(data[: data.index(b"Failed in:")])
