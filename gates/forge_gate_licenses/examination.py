"""From components to findings: each license that the policy refuses is a finding."""

from collections.abc import Sequence
from dataclasses import replace

from forge_gate_licenses.policy import refusal
from forge_gate_licenses.spdx import ALLOWED
from pytest_forge.judging import Case
from pytest_forge.model import Component, Finding, Report
from pytest_forge.settings import LicensePolicy

REFUSED = "licenses.refused"


def examine(report: Report, case: Case) -> Report:
    """Add a finding for each refused component; the rule, and what a waiver names, is its name."""
    policy = case.settings.licenses
    shipping = tuple(ALLOWED if policy.allow is None else policy.allow)
    ships = [one for one in report.components if one.ships]
    test_only = [one for one in report.components if not one.ships]
    findings = _refused(ships, shipping)
    notes = report.notes
    if policy.allow_test_only is None:
        notes += _test_only_notes(test_only, shipping)
    else:
        findings += _refused(test_only, _allowed_in_tests(policy, shipping))
    return replace(report, findings=report.findings + findings, notes=notes)


def _allowed_in_tests(policy: LicensePolicy, shipping: tuple[str, ...]) -> tuple[str, ...]:
    """What may ship may be used in tests, too."""
    return shipping + (policy.allow_test_only or ())


def _refused(components: Sequence[Component], allowed: tuple[str, ...]) -> tuple[Finding, ...]:
    reasons = ((one, refusal(one.license, allowed)) for one in components)
    return tuple(
        Finding(measure=REFUSED, rule=one.name, message=f"{one.version} {reason}")
        for one, reason in reasons
        if reason
    )


def _test_only_notes(components: Sequence[Component], allowed: tuple[str, ...]) -> tuple[str, ...]:
    beyond = [one.name for one in components if refusal(one.license, allowed)]
    if not beyond:
        return ()
    return (f"test-only, with a license that could not ship: {', '.join(sorted(beyond))}",)
