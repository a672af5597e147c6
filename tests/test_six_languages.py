"""A repository with an SDK in each language that forge knows: one run, one report.

C# is answered by the stand-in for `dotnet`, from recordings; the tools of all others run for real.
"""

from pathlib import Path

import pytest
from replayed.replay import stand_in
from specimens.defects import SPECIMENS, Specimen, repository
from specimens.forged import GATES, Forged, forge

from pytest_forge.toolchains import builtin_toolchains

pytestmark = pytest.mark.real

LANGUAGES = {one.language for one in builtin_toolchains() if one.manifests}
each_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one.language)


def manifest(specimen: Specimen) -> str:
    return f"sdks/{specimen.language}/{specimen.manifest}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with each language's specimen in a directory of its own."""
    return repository(
        {f"sdks/{one.language}": one for one in SPECIMENS},
        tmp_path_factory.mktemp("sdks") / "parcelkit",
        # Go wants the directory of a module in its tag.
        tags=("v1.0.0", "sdks/go/v1.0.0"),
    )


@pytest.fixture(scope="module")
def forged(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Forged:
    """The one run over all of them, with each node id and its outcome printed."""
    with stand_in(tmp_path_factory.mktemp("dotnet"), root / "sdks/csharp", {}, {}):
        return forge(root, "-v", "--color=no")


def test_every_language_passes_its_gates_in_one_report(forged: Forged) -> None:
    rows = forged.report["gates"]
    outcomes = {(row["language"], row["manifest"], row["gate"]): row["outcome"] for row in rows}
    projects = {(one.language, manifest(one)) for one in SPECIMENS}
    assert {language for language, _ in projects} == LANGUAGES
    assert len(outcomes) == len(rows), "a gate of a project has two rows"
    assert outcomes == {(*one, gate): "passed" for one in projects for gate in GATES}, (
        forged.printed
    )
    assert forged.status == 0
    assert (forged.report["complete"], forged.report["dirty"]) == (True, False)
    assert forged.report["not_run"] == []
    passed_over = {one["manifest"] for one in forged.report["passed_over"]}
    assert {name.rpartition(".")[2] for name in passed_over} == {"csproj"}, "a solution owns these"


@each_specimen
def test_node_ids_are_manifest_gate_and_check(specimen: Specimen, forged: Forged) -> None:
    own = manifest(specimen)
    checks = [one for one in forged.report["checks"] if one["manifest"] == own]
    assert {one["gate"] for one in checks} == GATES
    for one in checks:
        assert one["id"] == f"{own}::{one['gate']}::{one['id'].rpartition('::')[2]}"
        assert f"{one['id']} PASSED" in forged.printed, one["reason"]
