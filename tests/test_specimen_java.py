"""The Java specimen through all eight gates, clean and with each defect."""

from pathlib import Path

import pytest
from specimens.defects import JAVA, Defect, repository
from specimens.forged import assert_blocks, assert_clean, assert_found

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects."""
    return repository({".": JAVA}, tmp_path_factory.mktemp("java") / "parcelkit")


@pytest.fixture(autouse=True)
def short_lived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each JVM lives a few seconds: the better compiler costs more than it saves."""
    monkeypatch.setenv("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def test_clean_specimen_passes_every_gate(root: Path) -> None:
    assert_clean(root)


@pytest.mark.parametrize("defect", JAVA.defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, root: Path) -> None:
    assert_found(defect, root)


def test_failed_compilation_blocks_the_other_gates(root: Path) -> None:
    assert_blocks(JAVA.defect("compilation/syntax-error"), root)
