"""Rust's checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from pytest_forge import advisories, headers
from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.model import Finding, Report
from pytest_forge.phrases import counted
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import COMPARED, each_released
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.rust.benches import bench_remarks

UNAVAILABLE = {
    "type.coverage": "the compiler accepts no code without types",
    "coverage.branch": "stable Rust measures no branches",
}
"""Measures that Rust's tools cannot tell, with the reason."""

_COVERAGE = ("coverage.line", "coverage.branch", "coverage.function")
# The compiler's codes are E0308 and the like; a lint has a name.
_LINT = re.compile(r"(?:\w+::)?[a-z][a-z0-9_]*$")
_NO_CODE = frozenset({"error", "warning", "build-failed"})
_NO_TESTS = "no unit test ran: 0 tests were executed, all are ignored, or there are none"

Applies = Callable[[Project, ProjectSettings], bool]


def _with(fact: str) -> Applies:
    """Apply where the fact holds."""
    return lambda project, settings: project.flag(fact)


def _tested_by(runner: str, tool: str = "") -> Applies:
    """Apply where the project's tests run by this runner, and under this coverage tool if named."""

    def applies(project: Project, settings: ProjectSettings) -> bool:
        covered_by = project.text("coverage_tool")
        return project.text("test_runner") == runner and tool in ("", covered_by)

    return applies


def _tests_by_tarpaulin(project: Project, settings: ProjectSettings) -> bool:
    return project.text("coverage_tool") == "tarpaulin"


def _targets(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*settings.targets, *project.words("targets"))))


def _as_types(report: Report) -> Report:
    """Keep what the compiler refuses; its warnings are the compilation's, and clippy's."""
    errors = (one for one in report.findings if one.measure == "errors")
    findings = tuple(replace(one, measure="type.errors") for one in errors)
    return replace(report, findings=findings)


def _is_lint(finding: Finding) -> bool:
    return finding.rule not in _NO_CODE and bool(_LINT.match(finding.rule))


def _as_lints(report: Report) -> Report:
    """Keep lints, whichever level they have; an error that is none says that it can't be linted."""
    findings = tuple(
        replace(one, measure="lint.findings") if _is_lint(one) else one
        for one in report.findings
        if _is_lint(one) or one.measure == "errors"
    )
    return replace(report, findings=findings)


def _covered(report: Report) -> Report:
    """Tell a run without coverage data from one whose failed tests are the reason for that."""
    if report.measures.get("coverage.statements"):
        return report
    if report.value("tests.failed"):
        absent = dict.fromkeys(_COVERAGE, "tests failed before any code of the project ran")
        return replace(report, unavailable={**report.unavailable, **absent})
    if not report.value("tests.executed"):
        return report
    raise NothingMeasured(
        "no line of the project was instrumented", "see what its coverage settings leave out"
    )


def _not_counted(project: Project) -> tuple[str, ...]:
    """Say whose coverage it is: many libraries are tested from tests/ alone."""
    apart = len(project.words("integration_tests"))
    others = counted(apart, "target of integration tests", "targets of integration tests")
    return (f"coverage counts unit tests alone, not the {others}",) if apart else ()


def _told_all(report: Report) -> Report:
    """Demand that each lint that failed is told: one stream counts them, the other tells them."""
    told, failed = report.measures.get("lints.told", 0), report.measures.get("lints.failed", 0)
    if told != failed:
        raise OutputUnreadable(
            f"cargo-semver-checks counts {failed:g} failed lints, but tells {told:g}",
            "run it by hand and check that its version is a supported one",
        )
    return report


CHECKS = (
    Check(
        name="cargo-build",
        gate="compilation",
        run="cargo-build",
        proof="targets",
        nothing="cargo built nothing of the project",
        counts=("errors", "warnings"),
    ),
    Check(
        name="target",
        gate="compilation",
        run="cargo-build-target",
        proof="targets",
        nothing="cargo built nothing of the project for the target",
        counts=("errors", "warnings"),
        variants=_targets,
    ),
    Check(
        name="cargo-check",
        gate="types",
        run="cargo-check",
        proof="targets",
        nothing="cargo checked nothing of the project",
        counts=("type.errors",),
        select=_as_types,
        remarks=bench_remarks,
    ),
    Check(
        name="cargo-test",
        gate="unit-tests",
        run="cargo-llvm-cov",
        proof="tests.executed",
        nothing=_NO_TESTS,
        supplies=("tests.executed", *_COVERAGE),
        select=_covered,
        remarks=_not_counted,
        applies=_tested_by("cargo", "llvm-cov"),
    ),
    Check(
        name="cargo-nextest",
        gate="unit-tests",
        run="cargo-nextest",
        proof="tests.executed",
        nothing=_NO_TESTS,
        supplies=("tests.executed", *_COVERAGE),
        select=_covered,
        remarks=_not_counted,
        applies=_tested_by("nextest", "llvm-cov"),
    ),
    Check(
        name="cargo-tarpaulin",
        gate="unit-tests",
        run="cargo-tarpaulin",
        proof="tests.executed",
        nothing=_NO_TESTS,
        supplies=("tests.executed", *_COVERAGE),
        select=_covered,
        remarks=_not_counted,
        applies=_tests_by_tarpaulin,
    ),
    Check(
        name="doctest",
        gate="unit-tests",
        run="doctest",
        proof="tests.executed",
        nothing="no test in the documentation ran: all are ignored, or only compiled",
        supplies=("tests.executed",),
        applies=_with("doc_tests"),
    ),
    Check(
        name="cargo-test",
        gate="integration-tests",
        run="cargo-test",
        proof="tests.executed",
        nothing="every integration test is ignored; start what they need, or exempt the gate",
        supplies=("tests.executed",),
        applies=_tested_by("cargo"),
    ),
    Check(
        name="cargo-nextest",
        gate="integration-tests",
        run="cargo-nextest-integration",
        proof="tests.executed",
        nothing="every integration test is ignored; start what they need, or exempt the gate",
        supplies=("tests.executed",),
        applies=_tested_by("nextest"),
    ),
    Check(
        name="rustfmt",
        gate="quality",
        run="rustfmt",
        proof="files.checked",
        nothing="rustfmt examined no file",
        counts=("files.unformatted",),
    ),
    Check(
        name="clippy",
        gate="quality",
        run="clippy",
        proof="targets",
        nothing="clippy examined nothing of the project",
        counts=("lint.findings",),
        select=_as_lints,
        remarks=bench_remarks,
    ),
    replace(complexity.check("lizard"), applies=_with("sources")),
    Check(
        name="cargo-audit",
        gate="security",
        run="cargo-audit",
        proof="advisories",
        nothing="the advisory database is empty; remove it, so that cargo-audit fetches it anew",
        counts=advisories.SEVERITIES,
        applies=lambda project, settings: not advisories.configured(settings),
    ),
    advisories.check("crates.io"),
    Check(
        name="licenses",
        gate="licenses",
        run="cargo-metadata",
        proof="packages",
        nothing="cargo resolved no package, not even the project's own",
        counts=("licenses.refused",),
        supplies=("components",),
    ),
    Check(
        name="cargo-deny",
        gate="licenses",
        run="cargo-deny",
        proof="packages.examined",
        nothing="cargo-deny gathered no crate; see what its configuration leaves out",
        counts=("licenses.refused",),
        applies=_with("deny_licenses"),
    ),
    headers.check("Rust"),
    Check(
        name="cargo-semver-checks",
        gate="breaking-changes",
        run="cargo-semver-checks",
        proof=COMPARED,
        nothing="no library was compared with its last release",
        counts=("api.breaking",),
        supplies=("api.additions",),
        select=_told_all,
        variants=each_released,
    ),
    replace(deprecations.CHECK, applies=_with("sources")),
)
"""All checks, in the order of the gates."""
