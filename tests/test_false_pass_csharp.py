"""No fault of what the .NET SDK leaves is a pass of a check that reads it.

The matrix of `tests/false_pass` puts stand-ins in the place of runs that were recorded through
forge's own declarations. C#'s were recorded by hand-written commands: here the stand-in for
`dotnet` itself is faulty, for one kind of command at a time, and every check that this kind feeds
must be an error.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from replayed.replay import replay
from specimens.defects import ADVISORIES

from pytest_forge.toolchains.csharp import TOOLCHAIN
from pytest_forge.toolchains.csharp.runs import RUNS
from pytest_forge.toolchains.declarations import Run

pytestmark = pytest.mark.real

COMPILED = (
    "compilation::dotnet-build",
    "types::nullable",
    "quality::analyzers",
    "quality::code-metrics",
    "security::security-analyzers",
)
UNIT, INTEGRATION = "unit-tests::dotnet-test", "integration-tests::dotnet-test"
FORMAT = "quality::dotnet-format"
AUDIT, LICENSES = "security::dotnet-audit", "licenses::licenses"
API = "breaking-changes::package-validation[Pager.Sdk]"

FED: Mapping[str, tuple[str, ...]] = {
    "build": COMPILED,
    "msbuild": (*COMPILED, UNIT, INTEGRATION, FORMAT),
    "test": (UNIT,),
    "integration": (INTEGRATION,),
    "format": (FORMAT,),
    "packages": (LICENSES,),
    "source": (AUDIT,),
    "vulnerable": (AUDIT,),
    "pack": (API,),
}
"""Which checks each kind of command feeds."""

FAULTS = ("empty", "half", "garbage", "sentence", "killed", "status")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", FED)
def test_no_fault_is_a_pass(kind: str, fault: str, tmp_path: Path) -> None:
    replayed = replay(tmp_path, {}, fault={kind: fault})
    outcomes = {name: replayed.said(name) for name in FED[kind]}

    assert {said[0] for said in outcomes.values()} == {"error"}, outcomes
    assert replayed.bad == set(FED[kind]), "a fault of one command is none of the others"


def test_a_package_without_its_nuspec_is_an_error(tmp_path: Path) -> None:
    replayed = replay(tmp_path, {}, fault={"restore": "empty"})

    outcome, named, reason = replayed.said(LICENSES)
    assert (outcome, named) == ("error", "output-unreadable"), reason


def test_the_local_database_takes_the_feeds_place(tmp_path: Path) -> None:
    replayed = replay(tmp_path, {}, advisories=ADVISORIES)

    assert AUDIT not in replayed.results
    assert str(replayed.results["security::advisories"].outcome) == "passed"


def test_a_database_without_a_record_of_nuget_is_no_reference(tmp_path: Path) -> None:
    empty = tmp_path / "advisories"
    (empty / "NuGet").mkdir(parents=True)
    replayed = replay(tmp_path, {}, advisories=empty)

    assert replayed.said("security::advisories")[0] == "error"


def test_every_run_is_prepared_and_knows_the_status_of_a_missing_sdk() -> None:
    runs = [one for one in RUNS if isinstance(one, Run)]

    assert all(one.prepared for one in runs)
    assert all(155 in step.gap for one in runs for step in one.steps)


def test_every_check_is_fed_by_a_kind_or_by_the_tree() -> None:
    named = {f"{one.gate}::{one.name}" for one in TOOLCHAIN.checks}
    fed = {name.partition("[")[0] for names in FED.values() for name in names}

    assert named - fed == {
        "security::advisories",
        "licenses::license-headers",
        "breaking-changes::deprecations",
    }
