"""TypeScript's checks: which gate each feeds, what it answers for, and its proof of work.

The measures are judged by the gates; no limit stands here.
"""

from collections.abc import Callable
from dataclasses import replace

from pytest_forge import advisories, headers
from pytest_forge.projects import Project
from pytest_forge.releases import deprecations
from pytest_forge.releases.comparing import COMPARED, each_released
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains import complexity
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.typescript.comparing import compared
from pytest_forge.toolchains.typescript.compiling import (
    as_compilation,
    as_types,
    configurations,
)
from pytest_forge.toolchains.typescript.measuring import COVERAGE, dependencies_alone

_RUNNERS = ("vitest", "jest", "mocha", "ava")

Applies = Callable[[Project, ProjectSettings], bool]


def _chosen(fact: str, *names: str) -> Applies:
    """Apply where the project has chosen one of these."""
    return lambda project, settings: project.text(fact) in names


def _typed(project: Project, settings: ProjectSettings) -> bool:
    return project.flag("typescript")


def _audited(project: Project, settings: ProjectSettings) -> bool:
    return not advisories.configured(settings)


def _tests_left_out(project: Project) -> tuple[str, ...]:
    """Return what the project's own script leaves out of the unit tests."""
    return project.words("tests_left_out")


def _types_ignored(project: Project) -> tuple[str, ...]:
    """Return what package.json tells type-coverage to pass over: no option takes that back."""
    stated = project.words("types_ignored")
    return (f"package.json tells type-coverage: {', '.join(stated)}",) if stated else ()


def _unit(name: str, chosen: tuple[str, ...]) -> Check:
    return Check(
        name=name,
        gate="unit-tests",
        run=f"{name}-covered",
        proof="tests.executed",
        nothing="no unit test ran: 0 tests were executed, there is none or all were skipped",
        supplies=("tests.executed", *COVERAGE),
        remarks=_tests_left_out,
        applies=_chosen("test_runner", *chosen),
    )


def _integration(name: str, chosen: tuple[str, ...]) -> Check:
    return Check(
        name=name,
        gate="integration-tests",
        run=f"{name}-integration",
        proof="tests.executed",
        nothing="every integration test was skipped; start what they need, or exempt the gate",
        supplies=("tests.executed",),
        applies=_chosen("test_runner", *chosen),
    )


def _lint(name: str, *chosen: str, supplies: tuple[str, ...] = ()) -> Check:
    return Check(
        name=name,
        gate="quality",
        run=f"{name}-linted",
        proof="files.checked",
        nothing=f"{name} looked at no file: see what its configuration ignores",
        counts=("lint.findings", *supplies),
        applies=_chosen("linter", *chosen),
    )


def _format(name: str, *chosen: str, see: str) -> Check:
    return Check(
        name=name,
        gate="quality",
        run=f"{name}-formatted",
        proof="files.checked",
        nothing=f"{name} looked at no file, or ignores every one: see {see}",
        counts=("files.unformatted",),
        applies=_chosen("formatter", *chosen),
    )


CHECKS = (
    Check(
        name="tsc",
        gate="compilation",
        run="tsc-compiled",
        proof="files.checked",
        nothing="the compiler looked at no file of the project: see `files` in tsconfig.json",
        counts=("errors", "warnings"),
        select=as_compilation,
        variants=configurations,
    ),
    Check(
        name="tsc",
        gate="types",
        run="tsc-compiled",
        proof="files.checked",
        nothing="the compiler looked at no file of the project: see `files` in tsconfig.json",
        counts=("type.errors",),
        select=as_types,
        applies=_typed,
        variants=configurations,
    ),
    Check(
        name="type-coverage",
        gate="types",
        run="tsc-type-coverage",
        proof="identifiers",
        nothing="there is no identifier that could have a type",
        supplies=("type.coverage",),
        remarks=_types_ignored,
        applies=_typed,
        variants=configurations,
    ),
    *(_unit(name, (name,)) for name in _RUNNERS),
    # Where the project names no runner it is the one that comes with the language.
    _unit("node-test", ("node", "")),
    *(_integration(name, (name,)) for name in _RUNNERS),
    _integration("node-test", ("node", "")),
    _lint("eslint", "eslint"),
    # xo formats by its lint rules.
    _lint("xo", "xo", supplies=("files.unformatted",)),
    # Where the project has none of its own, it is Biome with the rules that it recommends.
    _lint("biome", "biome", ""),
    _format("biome-format", "biome", see="`files.includes` in its configuration"),
    # Where the project has none of its own, it is prettier with its defaults.
    _format("prettier", "prettier", "", see=".prettierignore and .gitignore"),
    _format("oxfmt", "oxfmt", see="`ignorePatterns` in its configuration"),
    complexity.check("lizard-typescript"),
    Check(
        name="npm-audit",
        gate="security",
        run="npm-audit",
        proof="components.audited",
        nothing="npm audited no package; exempt the check if the project depends on none",
        counts=advisories.SEVERITIES,
        select=dependencies_alone,
        applies=_audited,
    ),
    replace(advisories.check("npm"), select=dependencies_alone),
    Check(
        name="licenses",
        gate="licenses",
        run="licenses",
        proof="packages",
        nothing="node_modules holds nothing of the project",
        counts=("licenses.refused",),
        supplies=("components",),
    ),
    headers.check("JavaScript or TypeScript"),
    Check(
        name="typescript-api",
        gate="breaking-changes",
        run="typescript-api",
        proof=COMPARED,
        nothing="package.json names no entry point in TypeScript or JavaScript; exempt the check",
        counts=("api.breaking",),
        supplies=("api.additions",),
        select=compared,
        variants=each_released,
    ),
    deprecations.CHECK,
)
"""All checks, in the order of the gates."""
