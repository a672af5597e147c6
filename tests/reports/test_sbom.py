import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from pytest_forge.model import Component
from pytest_forge.reports import sbom
from pytest_forge.results import CheckResult, RunReport

MakeCheck = Callable[..., CheckResult]
MakeRun = Callable[..., RunReport]


def written(run: RunReport) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(sbom.write(run))
    return document


def assert_valid(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_a_run_gives_a_valid_bill(mixed: RunReport) -> None:
    assert_valid(sbom.write(mixed))
    document = written(mixed)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["metadata"]["tools"]["components"][0]["name"] == "pytest-forge"


def test_hostile_text_gives_a_valid_bill(hostile: RunReport) -> None:
    text = sbom.write(hostile)
    text.encode()
    assert_valid(text)
    assert "\\u001b" not in text


def test_a_run_without_components_gives_a_valid_bill(run: MakeRun) -> None:
    assert_valid(sbom.write(run()))
    assert "components" not in written(run())


def test_components_keep_version_address_license_and_scope(mixed: RunReport) -> None:
    found = {one["name"]: one for one in written(mixed)["components"]}
    assert found["attrs"]["version"] == "24.2"
    assert found["attrs"]["purl"] == "pkg:pypi/attrs@24.2"
    assert found["attrs"]["licenses"] == [{"expression": "MIT"}]
    assert (found["attrs"]["scope"], found["odd"]["scope"]) == ("required", "excluded")
    assert found["odd"]["licenses"] == [{"license": {"name": "See LICENSE"}}]
    assert "purl" not in found["odd"]


def test_direct_dependencies_are_those_of_the_root(mixed: RunReport) -> None:
    graph = {one["ref"]: one.get("dependsOn", []) for one in written(mixed)["dependencies"]}
    assert graph["root"] == ["PyPI:attrs@24.2"]


def test_what_several_checks_saw_stands_once_with_the_most_that_is_known(
    check: MakeCheck, run: MakeRun
) -> None:
    seen = Component("a", "1", "PyPI")
    known = replace(seen, license="MIT", direct=True, purl="pkg:pypi/a@1")
    dev = replace(seen, ships=False)
    checks = [check(f"m::licenses::t{n}", components=(one,)) for n, one in enumerate((dev, known))]
    (found,) = written(run(*checks))["components"]
    assert (found["scope"], found["purl"]) == ("required", "pkg:pypi/a@1")
    assert found["licenses"] == [{"expression": "MIT"}]


def test_two_versions_of_a_package_stand_both(check: MakeCheck, run: MakeRun) -> None:
    parts = (Component("a", "1", "PyPI"), Component("a", "2", "PyPI"))
    found = written(run(check("m::licenses::t", components=parts)))["components"]
    assert [one["version"] for one in found] == ["1", "2"]


def test_the_same_components_give_the_same_bytes(mixed: RunReport) -> None:
    turned = replace(mixed, checks=mixed.checks[::-1])
    assert sbom.write(turned) == sbom.write(mixed)
    assert "timestamp" not in sbom.write(mixed)


def test_other_components_give_another_serial_number(mixed: RunReport) -> None:
    fewer = replace(mixed, checks=mixed.checks[:1])
    assert written(fewer)["serialNumber"] != written(mixed)["serialNumber"]
