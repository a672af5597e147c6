"""The Python specimen through all eight gates, clean and with each defect."""

from pathlib import Path

import pytest
from specimens.defects import PYTHON, Defect, lay, repository
from specimens.forged import GATES, assert_blocks, assert_clean, assert_found, forge

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects, which thus share what forge prepares."""
    return repository({".": PYTHON}, tmp_path_factory.mktemp("python") / "parcelkit")


def test_clean_specimen_passes_every_gate(root: Path) -> None:
    assert_clean(root)


@pytest.mark.parametrize("defect", PYTHON.defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, root: Path) -> None:
    assert_found(defect, root)


def test_failed_compilation_blocks_the_other_gates(root: Path) -> None:
    assert_blocks(PYTHON.defect("compilation/syntax-error"), root)


def test_major_step_that_is_told_of_may_break(root: Path) -> None:
    lay(PYTHON.defect("breaking-changes/migration-guide"), root)
    guide = "# To 2.0.0\n\nDivide by `parcelkit.weights.GRAMS_PER_OUNCE`.\n"
    (root / "MIGRATION.md").write_text(guide, encoding="utf-8")
    forged = forge(root)
    assert (forged.status, forged.gates("passed")) == (0, GATES), forged.printed
    assert forged.report["dirty"] is True


UNTESTED = """

def stones(grams: int) -> float:
    \"\"\"Return a weight in stones.\"\"\"
    if grams < 0:
        raise ValueError("a weight is not negative")
    return grams / 6350.29
"""


def test_change_is_judged_by_its_own_lines(root: Path) -> None:
    defect = next(one for one in PYTHON.defects() if one.id.startswith("quality/lint"))
    lay(defect, root)
    weights = root / "src/parcelkit/weights.py"
    weights.write_text(weights.read_text(encoding="utf-8") + UNTESTED, encoding="utf-8")
    added = len(weights.read_text(encoding="utf-8").splitlines())
    forged = forge(root, "--forge-since", "HEAD", "-k", "unit-tests or quality or secrets")
    assert forged.failed() == {"unit-tests::pytest"}, forged.printed
    held = {one["held_by"] for one in forged.check("quality::ruff")["findings"]}
    assert held == {"unchanged"}
    check = forged.check("unit-tests::pytest")
    assert 0 < check["measures"]["coverage.patch"] < 80
    uncovered = [one for one in check["findings"] if one["measure"] == "coverage.patch.uncovered"]
    assert {one["path"] for one in uncovered} == {"src/parcelkit/weights.py"}
    assert max(one["line"] for one in uncovered) >= added - 2
    forged = forge(root, "--forge-since", "main", "-k", "quality")
    assert "quality::ruff" in forged.failed(), forged.printed
