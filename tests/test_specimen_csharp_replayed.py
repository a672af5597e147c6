"""The C# specimen through all eight gates as a user runs forge, with the stand-in for `dotnet`.

A defect is here if its very files were recorded, or if none of the SDK's answers depends on them.
The others need a .NET SDK: see `test_specimen_csharp.py`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from replayed.recordings import RECORDINGS
from replayed.replay import stand_in
from specimens.defects import CSHARP, Defect, repository
from specimens.forged import assert_clean, assert_found, forge
from test_replay_csharp import CASES

RECORDED: Mapping[str, Mapping[str, str]] = {
    "compilation/unused-variable": {"build": "dotnet-build/warning"},
    "types/null-dereference": {"build": "dotnet-build/nullable"},
    "unit-tests/all-skipped": {"test": "dotnet-test/all-skipped"},
    "unit-tests/crash": {"test": "dotnet-test/crash"},
    "unit-tests/failing": {"test": "dotnet-test/failing"},
    "unit-tests/no-collector": {"test": "dotnet-test/no-collector"},
    "unit-tests/none": {"test": "dotnet-test/none"},
    "quality/unformatted": {"format": "dotnet-format/findings"},
    "quality/unsorted-usings": {"format": "dotnet-format/style-rules"},
    "security/weak-digest": {"build": "dotnet-build/security-analyzers"},
    "integration-tests/none": {},
    "licenses/no-header": {},
    "licenses/not-allowed": {},
}
"""What answers each kind of command over a defect: the case over whose files it was recorded."""

NOT_RECORDED = frozenset(
    {
        # Recorded together with others, or in another tree.
        "breaking-changes/changed-constructor",
        "breaking-changes/removed-property",
        "quality/complex",
        "security/vulnerable-package",
        "unit-tests/uncovered",
        # Recorded, but what the other gates would say of it was not.
        "compilation/syntax-error",
        "compilation/type-error",
        # Nothing like it was recorded.
        "breaking-changes/renamed-method",
        "integration-tests/all-skipped",
        "integration-tests/failing",
        "licenses/only-an-address",
        "quality/analyzer",
        "security/insecure-random",
        "types/null-argument",
        "types/null-return",
    }
)
"""The defects that no run has confirmed."""


def test_every_defect_is_replayed_or_said_not_to_be() -> None:
    assert {one.id for one in CSHARP.defects()} == {*RECORDED, *NOT_RECORDED}


def test_the_guide_says_how_many() -> None:
    page = Path(__file__).parent.parent / "docs" / "how-to" / "csharp.md"
    text = " ".join(page.read_text(encoding="utf-8").split())

    assert f"the clean solution with {len(RECORDED)} defects through `pytest --forge`" in text
    assert f"For {len(NOT_RECORDED)} of its {len(CSHARP.defects())} defects" in text
    assert f"all {len(CASES)} cases that concern a check" in text


@pytest.mark.parametrize("defect", [name for name, cases in RECORDED.items() if cases])
def test_a_defect_is_what_was_recorded(defect: str) -> None:
    (name,) = RECORDED[defect].values()
    case = json.loads((recording(name) / "case.json").read_text(encoding="utf-8"))
    laid = CSHARP.defect(defect)
    files = {path: content.decode() for path, content in laid.files.items()}

    assert case["laid"] == {**files, **dict.fromkeys(laid.deleted)}


def recording(name: str) -> Path:
    run, _, case = name.partition("/")
    return RECORDINGS / f"{run}-10.0.401" / case


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects."""
    return repository({".": CSHARP}, tmp_path_factory.mktemp("csharp") / "pager")


@pytest.mark.real
def test_clean_specimen_passes_every_gate(root: Path, tmp_path: Path) -> None:
    with stand_in(tmp_path, root, {}, {}):
        assert_clean(root)


@pytest.mark.real
@pytest.mark.parametrize(
    "defect", [CSHARP.defect(name) for name in RECORDED], ids=lambda defect: defect.id
)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, root: Path, tmp_path: Path) -> None:
    cases = {
        kind: str(recording(name).relative_to(RECORDINGS))
        for kind, name in RECORDED[defect.id].items()
    }
    with stand_in(tmp_path, root, cases, {}):
        assert_found(defect, root)


@pytest.mark.real
def test_without_an_sdk_that_fits_every_gate_is_an_error(root: Path, tmp_path: Path) -> None:
    """The status of the run is pytest's own for failures, and each reason names the command."""
    with stand_in(tmp_path, root, {"build": "dotnet-build-10.0.401/sdk-missing"}, {}):
        forged = forge(root, "--forge-keep-going")

    assert forged.status == 1
    assert "dotnet-install.sh" in forged.printed
    assert {one["error"] for one in forged.report["checks"] if "dotnet" in one["id"]} == {
        "tool-missing"
    }
