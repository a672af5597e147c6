"""The Python specimen through all eight gates, clean and with each defect."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from specimens.defects import ADVISORIES, Defect, defects, lay, specimen, take_away

pytestmark = pytest.mark.real

GATES = {
    "compilation",
    "types",
    "unit-tests",
    "integration-tests",
    "quality",
    "security",
    "licenses",
    "breaking-changes",
}
BY_ID = {one.id: one for one in defects()}


@dataclass(frozen=True)
class Forged:
    """A finished run of forge: pytest's exit status, what it printed, and its report.json."""

    status: int
    printed: str
    report: dict[str, Any]

    def gates(self, *outcomes: str) -> set[str]:
        """Return the gates that have one of these outcomes."""
        return {row["gate"] for row in self.report["gates"] if row["outcome"] in outcomes}

    def failed(self) -> set[str]:
        """Return the checks that failed or could not measure, from the gate on."""
        return {
            one["id"].partition("::")[2]
            for one in self.report["checks"]
            if one["outcome"] in ("failed", "error")
        }

    def check(self, identifier: str) -> dict[str, Any]:
        """Return the one check whose id ends so, behind its manifest."""
        found = [one for one in self.report["checks"] if one["id"].partition("::")[2] == identifier]
        assert len(found) == 1, [one["id"] for one in self.report["checks"]]
        row: dict[str, Any] = found[0]
        return row


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's repository: one for all defects, which thus share what forge prepares."""
    return specimen(tmp_path_factory.mktemp("python"))


def forge(root: Path, *options: str) -> Forged:
    """Run forge as a user does, with the specimens' own advisories."""
    reports = root / ".forge" / "reports"
    (reports / "report.json").unlink(missing_ok=True)
    command = (sys.executable, "-m", "pytest", "--forge", "-p", "no:randomly", *options)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**kept, "FORGE_ADVISORIES": str(ADVISORIES)}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    printed = done.stdout + done.stderr
    assert (reports / "report.json").exists(), printed
    return Forged(done.returncode, printed, json.loads((reports / "report.json").read_text()))


def test_clean_specimen_passes_every_gate(repository: Path) -> None:
    take_away(repository)
    forged = forge(repository)
    assert (forged.status, forged.gates("passed")) == (0, GATES), forged.printed
    assert forged.report["complete"] is True
    assert forged.report["dirty"] is False


@pytest.mark.parametrize("defect", defects(), ids=lambda defect: defect.id)
def test_defect_fails_its_own_gate_and_no_other(defect: Defect, repository: Path) -> None:
    lay(defect, repository)
    forged = forge(repository, "--forge-keep-going")
    found = forged.check(defect.check)
    assert (found["outcome"], found["error"]) == (defect.outcome, defect.error), found["reason"]
    assert re.search(defect.reason, found["reason"])
    assert len(found["reason"].splitlines()) == 1
    own = {check for check in forged.failed() if check.startswith(f"{defect.gate}::")}
    assert own == {defect.check, *defect.beside}, forged.printed
    assert forged.gates("failed", "error") == {defect.gate, *defect.also}, forged.printed
    assert forged.gates("passed") == GATES - {defect.gate, *defect.also}
    assert forged.status == 1


def test_failed_compilation_blocks_the_other_gates(repository: Path) -> None:
    lay(BY_ID["compilation/syntax-error"], repository)
    forged = forge(repository)
    assert forged.gates("failed") == {"compilation"}
    assert forged.gates("blocked") == GATES - {"compilation"}
    assert forged.status == 1
    assert "blocked by compilation" in forged.printed


def test_major_step_that_is_told_of_may_break(repository: Path) -> None:
    lay(BY_ID["breaking-changes/migration-guide"], repository)
    guide = "# To 2.0.0\n\nDivide by `parcelkit.weights.GRAMS_PER_OUNCE`.\n"
    (repository / "MIGRATION.md").write_text(guide, encoding="utf-8")
    forged = forge(repository)
    assert (forged.status, forged.gates("passed")) == (0, GATES), forged.printed
    assert forged.report["dirty"] is True
