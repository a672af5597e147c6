"""Which checks a project has: declarations, the user's own tools, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pytest_forge.errors import NothingMeasured
from pytest_forge.judging import Gate
from pytest_forge.model import Report
from pytest_forge.projects import REPOSITORY, Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Check, Computation, Context, Run, Toolchain

UNMEASURED = "unmeasured"
"""The name of the check that stands where a gate requires what no check supplies."""


@dataclass(frozen=True)
class PlannedCheck:
    """One check of one project with its run and the gate that judges it."""

    project: Project
    settings: ProjectSettings
    gate: Gate
    check: Check
    run: Run | Computation
    unavailable: Mapping[str, str]
    variant: str = ""

    @property
    def name(self) -> str:
        """Return the check's public name, `name[variant]` for one of several variants."""
        return f"{self.check.name}[{self.variant}]" if self.variant else self.check.name

    @property
    def id(self) -> str:
        """Return the public id `manifest::gate::check`."""
        return f"{self.project.manifest}::{self.gate.id}::{self.name}"

    @property
    def place(self) -> str:
        """Return `gate::check`, by which the project's baseline knows the check."""
        return f"{self.gate.id}::{self.name}"

    @property
    def exemption(self) -> str:
        """Return the reason for which the check is exempt, "" where it is not."""
        names = dict.fromkeys((self.name, self.check.name))
        keys = (*(f"{self.gate.id}::{name}" for name in names), self.gate.id)
        by_nature = {} if self.check.asked_for else self.project.exempt
        for reasons in (self.settings.exempt, by_nature):
            for key in keys:
                if key in reasons:
                    return reasons[key]
        return ""


def planned_checks(
    project: Project,
    settings: ProjectSettings,
    toolchain: Toolchain,
    gates: Sequence[Gate],
    own: Sequence[tuple[Run, Check]] = (),
) -> tuple[PlannedCheck, ...]:
    """Return the checks of a project in the order of the gates.

    `own` are the user's tools for it. A gate of which a required measure is supplied by no check
    gets one that says so; the repository's own checks are not asked for completeness.
    """
    own_runs, own_checks = zip(*own, strict=True) if own else ((), ())
    runs = {run.name: run for run in (*toolchain.runs, *own_runs)}
    declared = [
        check for check in (*toolchain.checks, *own_checks) if _is_made(check, project, settings)
    ]
    return tuple(
        PlannedCheck(
            project,
            settings,
            gate,
            check,
            runs.get(check.run) or _nothing(check),
            toolchain.unavailable,
            variant,
        )
        for gate in sorted(gates, key=lambda one: one.order)
        for check in _of_gate(gate, declared, toolchain, project)
        for variant in _variants(check, project, settings)
    )


def _is_made(check: Check, project: Project, settings: ProjectSettings) -> bool:
    return check.applies(project, settings) and bool(_variants(check, project, settings))


def _variants(check: Check, project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    return ("",) if check.variants is None else check.variants(project, settings)


def _of_gate(
    gate: Gate, declared: Iterable[Check], toolchain: Toolchain, project: Project
) -> list[Check]:
    checks = [check for check in declared if check.gate == gate.id]
    missing = _missing(gate, checks, toolchain)
    if missing and toolchain.language != REPOSITORY:
        checks.append(_unmeasured(gate, missing, project, toolchain.unmeasured(project)))
    return checks


def _missing(gate: Gate, checks: Sequence[Check], toolchain: Toolchain) -> list[str]:
    if not checks:
        return list(gate.requires) or [gate.id]
    supplied = {
        measure for check in checks for measure in (*check.counts, *check.supplies, check.proof)
    }
    return [
        measure
        for measure in gate.requires
        if measure not in supplied and measure not in toolchain.unavailable
    ]


def _unmeasured(gate: Gate, missing: Sequence[str], project: Project, why: str) -> Check:
    because = f" ({why})" if why else ""
    return Check(
        name=UNMEASURED,
        gate=gate.id,
        run=UNMEASURED,
        proof=missing[0],
        nothing=(
            f"no check of {project.manifest} supplies {', '.join(missing)}{because}; configure a "
            f'tool for it, or exempt it with a reason: exempt."{gate.id}" = "..."'
        ),
    )


def _nothing(check: Check) -> Computation:
    def compute(context: Context, inputs: Mapping[str, Report]) -> Report:
        raise NothingMeasured(check.nothing)

    return Computation(check.run, compute)
