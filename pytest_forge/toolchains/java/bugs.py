"""What SpotBugs found, with the files in their places."""

from collections.abc import Mapping
from dataclasses import replace

from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.formats.spotbugs import BUGS
from pytest_forge.model import Finding, Report
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.located import located, unrooted


def measure(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return findings of `findings` (security) and of `lint.findings` (all other bugs).

    The input is the report of the run, in which other tools' findings stand too.
    """
    (report,) = inputs.values()
    locate = located(context)
    findings = []
    for one in report.findings:
        if one.measure in (BUGS, "findings"):
            measure = "lint.findings" if one.measure == BUGS else one.measure
            findings.append(
                replace(_placed(one, locate(unrooted(context, one.path))), measure=measure)
            )
    proofs = ("spotbugs.reports", COMPILED)
    measures = {name: report.measures[name] for name in proofs if name in report.measures}
    return Report(findings=tuple(findings), measures=measures, notes=report.notes)


def _placed(finding: Finding, path: str | None) -> Finding:
    if path is None:
        return replace(finding, path=None, line=None, last_line=None)
    return replace(finding, path=path)
