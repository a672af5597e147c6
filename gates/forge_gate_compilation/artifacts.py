"""What the user allows each declared artifact to weigh."""

from dataclasses import replace

from pytest_forge.judging import Case
from pytest_forge.model import Finding, Report

SIZE = "artifact.size"
OVERSIZED = "artifacts.oversized"


def examine(report: Report, case: Case) -> Report:
    """Add a finding for each artifact above the limit that is declared with it."""
    limits = {one.name: one.limit for one in case.settings.performance.artifacts}
    found = []
    for sample in report.samples:
        limit = limits.get(sample.subject.partition("/")[0])
        if sample.measure == SIZE and limit is not None and sample.value > limit:
            message = f"{sample.subject} has {sample.value:g} bytes, its limit is {limit}"
            found.append(Finding(OVERSIZED, OVERSIZED, message))
    return replace(report, findings=(*report.findings, *found))
