"""The Java specimen that Gradle builds: clean through all gates, and each defect through its own.

It needs Gradle, and is reported as not run where there is none on PATH.
"""

import re
import shutil
from pathlib import Path

import pytest
from specimens.defects import JAVA_GRADLE, Defect, lay, repository
from specimens.forged import assert_clean, forge

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(shutil.which("gradle") is None, reason="there is no gradle on PATH"),
]


@pytest.fixture(autouse=True)
def quick_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Gradle's own JVM start fast, since each run of it is a short one."""
    monkeypatch.setenv("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects."""
    return repository({".": JAVA_GRADLE}, tmp_path_factory.mktemp("gradle") / "parcelkit")


def test_clean_specimen_passes_every_gate(root: Path) -> None:
    assert_clean(root)
    left = (path.relative_to(root) for path in root.rglob("*"))
    own = (path for path in left if path.parts[0] != ".forge")
    assert not [path for path in own if path.name in ("build", ".gradle")]


@pytest.mark.parametrize("defect", JAVA_GRADLE.defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate(defect: Defect, root: Path) -> None:
    lay(defect, root)
    forged = forge(root, f"{JAVA_GRADLE.manifest}::{defect.gate}")
    found = forged.check(defect.check)
    assert (found["outcome"], found["error"]) == (defect.outcome, defect.error), found["reason"]
    assert re.search(defect.reason, found["reason"]), found["reason"]
    assert len(found["reason"].splitlines()) == 1
    assert forged.failed() == {defect.check}, forged.printed
    assert forged.status == 1
