"""Forge, run over a specimen as a user runs it, and what holds of every defect."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from specimens.defects import ADVISORIES, Defect, lay, take_away

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


def forge(root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Forged:
    """Run forge as a user does, with the specimens' own advisories."""
    reports = root / ".forge" / "reports"
    (reports / "report.json").unlink(missing_ok=True)
    command = (sys.executable, "-m", "pytest", "--forge", "-p", "no:randomly", *options)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command,
        cwd=root,
        env={**kept, "FORGE_ADVISORIES": str(ADVISORIES), **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert (reports / "report.json").exists(), printed
    return Forged(done.returncode, printed, json.loads((reports / "report.json").read_text()))


def assert_clean(repository: Path) -> None:
    """Assert that the clean specimen passes every gate, and that all was measured."""
    take_away(repository)
    forged = forge(repository)
    assert (forged.status, forged.gates("passed")) == (0, GATES), forged.printed
    assert forged.report["complete"] is True
    assert forged.report["dirty"] is False


def assert_found(defect: Defect, repository: Path) -> None:
    """Assert that a defect fails its own gate for the expected reason, and no other gate."""
    lay(defect, repository)
    forged = forge(repository, "--forge-keep-going")
    found = forged.check(defect.check)
    assert (found["outcome"], found["error"]) == (defect.outcome, defect.error), found["reason"]
    assert re.search(defect.reason, found["reason"]), found["reason"]
    assert len(found["reason"].splitlines()) == 1
    own = {check for check in forged.failed() if check.startswith(f"{defect.gate}::")}
    assert own == {defect.check, *defect.beside}, forged.printed
    assert forged.gates("failed", "error") == {defect.gate, *defect.also}, forged.printed
    assert forged.gates("passed") == GATES - {defect.gate, *defect.also}
    assert forged.status == 1


def assert_blocks(defect: Defect, repository: Path) -> None:
    """Assert that a defect of the compilation blocks the other gates."""
    lay(defect, repository)
    forged = forge(repository)
    assert forged.gates("failed") == {"compilation"}, forged.printed
    assert forged.gates("blocked") == GATES - {"compilation"}
    assert forged.status == 1
    assert "blocked by compilation" in forged.printed
