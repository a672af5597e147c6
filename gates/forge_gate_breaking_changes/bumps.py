"""The bump that an API change needs, beside the one that the declared version makes.

Semantic Versioning 2.0.0: rule 8 asks a major bump for a break, rule 7 a minor one for an addition.
Before 1.0.0 (rule 4) a minor bump may break, and a patch may add, as the common tools read it.
"""

from dataclasses import replace

from pytest_forge.errors import OutputUnreadable
from pytest_forge.judging import Case
from pytest_forge.model import Finding, Release, Report
from pytest_forge.versions import Bump, allows, bump, next_version

BREAKING = "api.breaking"
COVERED = "api.covered"
ADDITIONS = "api.additions"
BUMP = "versions.bump"


def examine(report: Report, case: Case) -> Report:
    """Move the breaks that the declared version covers to `api.covered`, demand a bump for others.

    A report without a release is not a comparison and stays as it is.
    """
    if report.release is None:
        return report
    if report.release.previous is None:
        note = f"first release: nothing to compare {report.release.declared or 'it'} with"
        return _noted(report, note)
    try:
        return _compared(report, report.release, report.release.previous)
    except ValueError as error:
        raise OutputUnreadable(str(error), "declare a version that can be ordered") from None


def _compared(report: Report, release: Release, previous: str) -> Report:
    if not release.declared:
        return _undeclared(report, release, previous)
    allowed = allows(previous, release.declared)
    additions = int(report.value(ADDITIONS) or 0)
    if any(finding.measure == BREAKING for finding in report.findings):
        report = _judged_breaks(report, release, previous, allowed)
    elif additions and allowed < (needed := _bump_for_addition(previous)):
        following = next_version(previous, needed)
        if bump(previous, release.declared) is Bump.NONE:
            return _noted(report, f"the next version must be at least {following}")
        report = replace(
            report, findings=(*report.findings, _too_small(release, additions, following))
        )
    return report


def _undeclared(report: Report, release: Release, previous: str) -> Report:
    """Judge where only the next tag will tell the version: it can still be any that may follow.

    From 1.0.0 on a break is kept as one: a new major version is a decision, not a tag's accident.
    """
    if any(finding.measure == BREAKING for finding in report.findings):
        may_break = next_version(previous, Bump.MAJOR) == next_version(previous, Bump.MINOR)
        allowed = Bump.MAJOR if may_break else Bump.NONE
        next_one = replace(release, declared=next_version(previous, Bump.MAJOR))
        return _judged_breaks(report, next_one, previous, allowed)
    if report.value(ADDITIONS):
        following = next_version(previous, _bump_for_addition(previous))
        return _noted(report, f"the next version must be at least {following}")
    return report


def _judged_breaks(report: Report, release: Release, previous: str, allowed: Bump) -> Report:
    if allowed is not Bump.MAJOR:
        following = next_version(previous, Bump.MAJOR)
        findings = tuple(_with_mend(one, following) for one in report.findings)
        note = f"the next version must be at least {following}"
        return _noted(replace(report, findings=findings), note)
    covered = sum(finding.measure == BREAKING for finding in report.findings)
    findings = tuple(
        replace(one, measure=COVERED) if one.measure == BREAKING else one for one in report.findings
    )
    # What the check counted itself would still count the covered ones.
    measures = {name: value for name, value in report.measures.items() if name != BREAKING}
    note = f"breaking changes covered by the step from {previous} to {release.declared}: {covered}"
    return _noted(replace(report, findings=findings, measures=measures), note)


def _bump_for_addition(previous: str) -> Bump:
    return Bump.PATCH if previous.removeprefix("v").startswith("0.") else Bump.MINOR


def _with_mend(finding: Finding, following: str) -> Finding:
    if finding.measure != BREAKING:
        return finding
    return replace(finding, message=f"{finding.message}; keep it, or declare at least {following}")


def _too_small(release: Release, additions: int, following: str) -> Finding:
    return Finding(
        measure=BUMP,
        rule=BUMP,
        message=(
            f"the public API gained {additions} since {release.previous}: "
            f"declare at least {following}, not {release.declared}"
        ),
    )


def _noted(report: Report, note: str) -> Report:
    return replace(report, notes=(*report.notes, note))
