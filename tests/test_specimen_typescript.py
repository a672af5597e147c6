"""The TypeScript specimen through all eight gates, clean and with each defect."""

from pathlib import Path

import pytest
from specimens.defects import TYPESCRIPT, Defect, repository
from specimens.forged import assert_blocks, assert_clean, assert_found

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects."""
    return repository({".": TYPESCRIPT}, tmp_path_factory.mktemp("typescript") / "parcelkit")


def test_clean_specimen_passes_every_gate(root: Path) -> None:
    """What forge keeps in the project, such as the last release, is no part of it."""
    kept = root / ".forge" / "kept" / "kept.test.ts"
    kept.parent.mkdir(parents=True)
    (kept.parent / ".gitignore").write_text("*\n")
    kept.write_text("1 + 1;\ndescribe('kept', () => it('fails', () => expect(1).toBe(2)));\n")
    assert_clean(root)


@pytest.mark.parametrize("defect", TYPESCRIPT.defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, root: Path) -> None:
    assert_found(defect, root)


def test_failed_compilation_blocks_the_other_gates(root: Path) -> None:
    assert_blocks(TYPESCRIPT.defect("compilation/syntax-error"), root)
