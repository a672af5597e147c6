"""What govulncheck found: which vulnerabilities the code reaches, and what mends them.

A vulnerable function that is called ranks above a package that is only imported, and that above a
module that is only required (high, medium, low): Go's database states no severity.
"""

from dataclasses import replace
from itertools import filterfalse

from pytest_forge.errors import OutputUnreadable
from pytest_forge.model import Finding, Report, Severity

_REACHED = {
    Severity.HIGH: "called",
    Severity.MEDIUM: "imported, not called",
    Severity.LOW: "required, not imported",
}


def reached(report: Report) -> Report:
    """Return one finding an advisory, with the fix of each module that it is about.

    Raises `OutputUnreadable` where govulncheck's two scans did not find the same.
    """
    of_modules: dict[str, list[Finding]] = {}
    for one in filter(_is_of_module, report.findings):
        of_modules.setdefault(one.rule, []).append(one)
    by_level = list(filterfalse(_is_of_module, report.findings))
    ids = {one.rule for one in by_level}
    if ids != of_modules.keys():
        raise OutputUnreadable(
            f"govulncheck's scans found {len(ids)} and {len(of_modules)} vulnerabilities",
            "run govulncheck again: its database may just have been renewed",
        )
    return replace(report, findings=tuple(_joined(one, of_modules[one.rule]) for one in by_level))


def _is_of_module(finding: Finding) -> bool:
    # SARIF places each result at the go.mod; the scan of modules places nothing.
    return finding.path is None


def _joined(finding: Finding, modules: list[Finding]) -> Finding:
    what = "; ".join(one.message for one in modules)
    reach = _REACHED.get(finding.severity, "found")
    return replace(finding, message=f"{what} ({reach})", help_url=modules[0].help_url)
