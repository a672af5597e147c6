"""The C# specimen through all eight gates, clean and with each defect.

It needs a .NET SDK and a package source, and is reported as not run where there is none.
"""

from pathlib import Path

import pytest
from replayed.replay import has_dotnet
from specimens.defects import CSHARP, Defect, repository
from specimens.forged import assert_blocks, assert_clean, assert_found

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not has_dotnet(), reason="there is no .NET SDK here"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects."""
    return repository({".": CSHARP}, tmp_path_factory.mktemp("csharp") / "pager")


def test_clean_specimen_passes_every_gate(root: Path) -> None:
    assert_clean(root)


@pytest.mark.parametrize("defect", CSHARP.defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, root: Path) -> None:
    assert_found(defect, root)


def test_failed_compilation_blocks_the_other_gates(root: Path) -> None:
    assert_blocks(CSHARP.defect("compilation/syntax-error"), root)
