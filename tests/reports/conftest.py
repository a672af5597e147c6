"""Runs to be reported, built by hand: `RunReport` is our own type and no tool's output."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from pytest_forge.errors import ErrorName
from pytest_forge.model import (
    Component,
    Finding,
    Outcome,
    Severity,
    TestCase,
    TestOutcome,
    Timing,
    TimingState,
    VersionStep,
)
from pytest_forge.results import CheckResult, LimitResult, NotRun, PassedOver, RunReport

GATES = {
    "compilation": "Compilation",
    "types": "Types",
    "unit-tests": "Unit tests",
    "integration-tests": "Integration tests",
    "quality": "Quality",
    "security": "Security",
    "licenses": "Licenses",
    "breaking-changes": "Breaking changes",
}
HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x00 \x07",
    "bars | and `ticks` and ``` more",
    "<script>alert(1)</script> <img src=x onerror=y> &lt;",
    "::error file=a.py::boom\n::error::second\r\n##[error]third ##vso[task.complete]",
    "@octocat me@example.com #12 GH-7 https://evil.example www.evil.example",
    "lone \ud800 half \udfff",
    "\u202egnp.exe\u202c \u200bhidden\ufeff",
    "[text](javascript:alert(1)) ![img](http://evil.example/x.png) *a* _b_ ~~c~~ $x$",
    "\n# heading\n- list\n---\n| table |\n",
    "x" * 100_000,
)

MakeCheck = Callable[..., CheckResult]
MakeRun = Callable[..., RunReport]


@pytest.fixture
def check() -> MakeCheck:
    def make(name: str, outcome: Outcome = Outcome.PASSED, **more: Any) -> CheckResult:
        manifest, gate, tool = name.split("::")
        given: dict[str, Any] = {"language": "python", "tool": tool, **more}
        return CheckResult(name, manifest, gate=gate, outcome=outcome, **given)

    return make


@pytest.fixture
def run() -> MakeRun:
    def make(*checks: CheckResult, **more: Any) -> RunReport:
        given: dict[str, Any] = {"commit": "0123456789abcdef", "dirty": False, "complete": True}
        return RunReport("1.0", "/somewhere", checks=checks, gate_titles=GATES, **(given | more))

    return make


@pytest.fixture
def mixed(check: MakeCheck, run: MakeRun) -> RunReport:
    """A run with every outcome, in two projects, not in the order of the reports."""
    py, rs = "sdks/python/pyproject.toml", "sdks/rust/Cargo.toml"
    type_error = Finding("type.errors", "arg-type", "bad argument", path="src/a b.py", line=3)
    advisory = Finding("findings", "GHSA-1", "unsafe", Severity.CRITICAL, fingerprint="f1")
    held = Finding(
        "findings",
        "B603",
        "subprocess",
        Severity.LOW,
        "src/run.py",
        9,
        help_url="https://bandit.example/b603",
        held_by="waiver",
    )
    tests = (
        TestCase("test_a", TestOutcome.PASSED, 0.1),
        TestCase("test_b", TestOutcome.FAILED, message="assert 1 == 2"),
        TestCase("test_c", TestOutcome.SKIPPED),
    )
    parts = (
        Component("attrs", "24.2", "PyPI", "MIT", True, True, "pkg:pypi/attrs@24.2"),
        Component("odd", "1", "PyPI", "See LICENSE", False, False, "no purl"),
    )
    blocked = {"outcome": Outcome.BLOCKED, "language": "rust", "reason": "blocked by compilation"}
    return run(
        check(f"{rs}::types::check", **blocked),
        check(f"{rs}::security::cargo-audit", **blocked),
        check(f"{rs}::compilation::build", Outcome.FAILED, language="rust", reason="it fails"),
        check(f"{py}::licenses::spdx", components=parts, measures={"components": 2}),
        check(
            f"{py}::types::mypy",
            Outcome.FAILED,
            tool_version="1.15",
            command=("mypy", "src"),
            reason="arg-type src/a b.py:3 bad argument",
            measures={"type.errors": 1, "type.coverage": 79.996},
            limits=(
                LimitResult("type.errors", 1, 0, ok=False),
                LimitResult("type.coverage", 79.996, 80, ok=False),
            ),
            findings=(type_error,),
            seconds=1.23456,
        ),
        check(
            f"{py}::unit-tests::pytest",
            Outcome.FAILED,
            reason="test_b failed: assert 1 == 2",
            tests=tests,
            limits=(LimitResult("tests.failed", 1, 0, ok=False),),
        ),
        check(f"{py}::integration-tests::pytest", Outcome.EXEMPT, reason="a pure parser"),
        check(f"{py}::quality::ruff", notes=("12 low findings",)),
        check(
            f"{py}::security::bandit",
            Outcome.WAIVED,
            reason="B603 is waived until 2027-01-31: constant arguments (approved by Jo)",
            findings=(held,),
        ),
        check(
            f"{py}::security::pip-audit",
            Outcome.ERROR,
            error=ErrorName.NO_REFERENCE,
            reason="no advisories; set FORGE_ADVISORIES",
            findings=(advisory,),
        ),
        complete=False,
        not_run=(
            NotRun(py, "breaking-changes", "deselected"),
            NotRun(py, "compilation", "deselected"),
        ),
        passed_over=(PassedOver("tests/x/pyproject.toml", "below tests/"),),
        excluded=("third_party/**",),
        notes=("advisories: newest record 2026-10-01",),
    )


@pytest.fixture(params=HOSTILE, ids=lambda text: ascii(text)[1:12])
def hostile(request: pytest.FixtureRequest, run: MakeRun) -> RunReport:
    """A run in which every text that could come from outside is the same hostile one."""
    text: str = request.param
    finding = Finding(
        "findings", text, text, Severity.HIGH, text, -4, 0, help_url=text, fingerprint=text
    )
    result = CheckResult(
        f"{text}::security::{text}",
        text,
        "python",
        "security",
        text,
        Outcome.FAILED,
        text,
        (text,),
        reason=" ".join(text.split()),
        notes=(text,),
        measures={"findings.high": math.nan},
        limits=(LimitResult("findings.high", math.inf, 0, ok=False),),
        findings=(finding,),
        tests=(TestCase(text, TestOutcome.FAILED, message=text),),
        components=(Component(text, text, text, text, True, True, text),),
        step=VersionStep(text, text, text, 1, None, "major", text, ok=False, sentence=text or "-"),
        timings=(
            Timing(text or "-", TimingState.REGRESSION, text or "-", text or "-", base=text),
            Timing("sum", TimingState.OK, "paired", "s", 2.0, 1.0, 1.5, 1.25, 1.75, 6, 6, "base"),
        ),
    )
    more = CheckResult(
        f"{text}::types::{text}", text, "python", "types", text, Outcome.EXEMPT, reason=text
    )
    return run(
        result,
        more,
        not_run=(NotRun(text, "types", text),),
        passed_over=(PassedOver(text, text),),
        excluded=(text,),
        notes=(text,),
    )
