"""What tools must have looked at: what they leave out, they leave out without a word."""

from dataclasses import replace

from pytest_forge.errors import OutputUnreadable
from pytest_forge.model import Report


def vetted(report: Report) -> Report:
    """Demand that vet looked at every package; one that does not compile it does not look at."""
    vetted = report.measures.get("units.vetted", 0)
    expected = report.measures.get("packages.vetted", 0)
    if vetted < expected and not any(one.rule == "compile" for one in report.findings):
        raise OutputUnreadable(
            f"go vet names {vetted:g} packages, but there are {expected:g}",
            "run `go vet -json` by hand",
        )
    if report.findings:
        # Where nothing compiles nothing is vetted, and the errors are what was measured.
        return replace(report, measures={**report.measures, "units.vetted": max(vetted, 1)})
    return report


def scanned(report: Report) -> Report:
    """Demand that gosec read every package of which go takes a file."""
    scanned, built = (report.measures.get(f"packages.{what}", 0) for what in ("scanned", "built"))
    if scanned < built:
        raise OutputUnreadable(
            f"gosec read {scanned:g} packages, but there are {built:g}",
            "run `gosec` by hand in each module",
        )
    return report


def as_lint(report: Report) -> Report:
    """Return staticcheck's findings as those of a linter; demand that it knew rules to look for."""
    if not report.measures.get("rules"):
        raise OutputUnreadable("staticcheck names no rule of its own", "run it by hand")
    # What the compiler says stands on several lines.
    findings = (
        replace(one, measure="lint.findings", message=" ".join(one.message.split()))
        for one in report.findings
    )
    return replace(report, findings=tuple(findings))
