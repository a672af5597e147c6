"""A toolchain of a language that does not exist, so that tests of the engine are fast.

A project is a `toy.json` beside a `tool.py`; the tool is run for real, once for each run, with the
run's name. It appends to `executions.log`, and prints a report as JSON.
"""

import json

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.model import (
    Component,
    CoveredLines,
    Finding,
    Report,
    Sample,
    Severity,
    TestCase,
    TestOutcome,
)
from pytest_forge.projects import Project, Tree
from pytest_forge.toolchains.declarations import (
    Check,
    Context,
    Hold,
    Output,
    Preparation,
    Run,
    Step,
    Surroundings,
    Tool,
    Toolchain,
)

PYTHON = Tool("toy", "apt install toy", module="platform", scope="forge", version=())


def parse(data: bytes) -> Report:
    """Read what `tool.py` prints."""
    try:
        told = json.loads(data)
        return Report(
            findings=tuple(
                Finding(
                    one["measure"],
                    one["rule"],
                    "found",
                    Severity.HIGH,
                    one.get("path", "tool.py"),
                    one.get("line", 1),
                )
                for one in told.get("findings", [])
            ),
            samples=tuple(
                Sample("complexity.max", value, name, "tool.py", 1)
                for name, value in told.get("functions", {}).items()
            ),
            measures=told["measures"],
            tests=tuple(
                TestCase(name, TestOutcome(outcome)) for name, outcome in told["tests"].items()
            ),
            components=(Component("dependency", "1.0", "toy", "MIT"),),
            lines={
                path: CoveredLines(frozenset(covered), frozenset(uncovered))
                for path, (covered, uncovered) in told.get("lines", {}).items()
            },
        )
    except (ValueError, KeyError, TypeError) as error:
        raise OutputUnreadable(f"the toy's report can't be read: {error}") from error


def inspect(tree: Tree, manifest: str) -> Project | str:
    """Take every manifest that says a name."""
    facts = json.loads(tree.read(manifest))
    if "name" not in facts:
        return "it names no project"
    return Project(
        manifest,
        "toy",
        facts["name"],
        {"version": "1.0"},
        exempt=facts.get("exempt", {}),
        limits=facts.get("limits", {}),
    )


def _run(name: str, *, prepared: bool = False, holds: tuple[Hold, ...] = ()) -> Run:
    return Run(
        name=name,
        needs=(PYTHON,),
        steps=(
            Step(
                ("{forge-python}", "tool.py", name, "{root}"),
                findings=frozenset({1}),
                nothing=frozenset({5}),
                gap=frozenset({9}),
            ),
        ),
        outputs=(Output("report", "stdout", parse),),
        prepared=prepared,
        holds=holds,
        timeout=20.0,
    )


def _check(gate: str, run: str, proof: str, *counts: str, supplies: tuple[str, ...] = ()) -> Check:
    return Check(
        name=f"toy-{run}",
        gate=gate,
        run=run,
        proof=proof,
        nothing="the toy examined nothing; give it something",
        counts=counts,
        supplies=supplies,
    )


def _candidates(project: Project, directory: object, around: Surroundings) -> tuple[str, ...]:
    return (f"{directory}/prepared",)


def _steps(context: Context) -> tuple[Step, ...]:
    return (Step(("{forge-python}", "tool.py", "prepare", "{root}", "{environment}")),)


TOOLCHAIN = Toolchain(
    language="toy",
    manifests=("toy.json",),
    inspect=inspect,
    lockfiles=("toy.lock",),
    runs=(
        _run("build"),
        _run("test", prepared=True, holds=(Hold("tests"),)),
        _run("lint"),
    ),
    checks=(
        _check("compilation", "build", "files", "errors", "warnings"),
        _check("types", "build", "files", "type.errors", supplies=("type.coverage",)),
        _check(
            "unit-tests",
            "test",
            "tests.executed",
            supplies=("coverage.line", "coverage.branch", "coverage.function"),
        ),
        _check("integration-tests", "test", "tests.executed"),
        _check(
            "quality",
            "lint",
            "files",
            "files.unformatted",
            "lint.findings",
            supplies=("complexity.max",),
        ),
        _check(
            "security", "lint", "files", "findings.critical", "findings.high", "findings.unknown"
        ),
        _check("licenses", "lint", "components", "licenses.refused"),
        _check("breaking-changes", "lint", "files", "api.breaking"),
    ),
    is_code=lambda project, tree, path: path.endswith(".code"),
    preparation=Preparation(
        slot="toys",
        candidates=_candidates,
        needs=(PYTHON,),
        steps=_steps,
        key=lambda project, tree: (project.manifest,),
        provides="toys",
    ),
)


@pytest.hookimpl(optionalhook=True)
def pytest_forge_toolchains() -> Toolchain:
    """Add the toy's toolchain."""
    return TOOLCHAIN
