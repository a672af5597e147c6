"""The bump that an API change needs, beside the one that the declared version makes.

Semantic Versioning 2.0.0: rule 8 asks a major bump for a break, rule 7 a minor one for an addition.
Before 1.0.0 (rule 4) a minor bump may break, and a patch may add, as the common tools read it. A
version that is a date is weighed like every other.
"""

from dataclasses import replace

from forge_gate_breaking_changes.sentences import sentence
from pytest_forge.errors import OutputUnreadable
from pytest_forge.judging import Case
from pytest_forge.model import Finding, Release, Report, VersionStep
from pytest_forge.versions import Bump, allows, is_prerelease, next_version, order

BREAKING = "api.breaking"
COVERED = "api.covered"
ADDITIONS = "api.additions"
BUMP = "versions.bump"
RELEASE_PROFILE = "release"


def examine(report: Report, case: Case) -> Report:
    """Weigh the step of the version; move the breaks that it covers to `api.covered`.

    A report without a release is not a comparison and stays as it is.
    """
    release = report.release
    if release is None:
        return report
    if release.previous is None:
        return replace(report, step=_first(release))
    try:
        step = _step(report, release, release.previous, case.settings.profile == RELEASE_PROFILE)
    except ValueError as error:
        raise OutputUnreadable(str(error), "declare a version that can be ordered") from None
    return replace(_with_findings(report, step), step=step)


def _first(release: Release) -> VersionStep:
    told = f"first release: nothing to compare {release.declared or 'it'} with"
    return VersionStep(None, None, release.declared, None, None, "none", "", True, told)


def _step(report: Report, release: Release, previous: str, strict: bool) -> VersionStep:
    """Return the verdict; `strict` refuses additions under the version that is released already."""
    breaks = sum(finding.measure == BREAKING for finding in report.findings)
    additions = report.value(ADDITIONS)
    needs = _needed(previous, breaks, int(additions or 0))
    step = VersionStep(
        previous=previous,
        tag=release.tag,
        declared=release.declared,
        breaks=breaks,
        additions=None if additions is None else int(additions),
        needs=needs.name.lower(),
        required="" if needs is Bump.NONE else next_version(previous, needs),
        ok=needs is Bump.NONE or _will_do(previous, release.declared, breaks, needs, strict),
        sentence="",
    )
    return replace(step, sentence=sentence(step))


def _needed(previous: str, breaks: int, additions: int) -> Bump:
    unstable = next_version(previous, Bump.MAJOR) == next_version(previous, Bump.MINOR)
    if is_prerelease(previous):
        return Bump.PATCH if breaks or additions else Bump.NONE
    if breaks:
        return Bump.MINOR if unstable else Bump.MAJOR
    if additions:
        return Bump.PATCH if unstable else Bump.MINOR
    return Bump.NONE


def _will_do(previous: str, declared: str, breaks: int, needs: Bump, strict: bool) -> bool:
    if not declared:
        # The next tag can still be any that may follow. But from 1.0.0 on a break is kept as one: a
        # new major version is a decision, not a tag's accident.
        return needs is not Bump.MAJOR
    if not breaks and order(declared) <= order(previous):
        # Work goes on under the version that is released: the next one is chosen at its release.
        return not strict
    return allows(previous, declared) >= needs


def _with_findings(report: Report, step: VersionStep) -> Report:
    """Hold the breaks of a step that will do apart; report a step too small for additions."""
    if step.breaks and step.ok:
        findings = tuple(
            replace(one, measure=COVERED) if one.measure == BREAKING else one
            for one in report.findings
        )
        # What the check counted itself would still count the covered ones.
        measures = {name: value for name, value in report.measures.items() if name != BREAKING}
        return replace(report, findings=findings, measures=measures)
    if step.breaks or step.ok:
        return report
    too_small = Finding(measure=BUMP, rule=BUMP, message=step.sentence)
    return replace(report, findings=(*report.findings, too_small))
