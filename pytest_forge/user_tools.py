"""A tool of the user's own becomes a run and a check like those of a toolchain."""

from collections.abc import Callable
from dataclasses import replace

from pytest_forge.configuration.tool_keys import OTHER_PROOF, PROOFS
from pytest_forge.formats import FORMATS
from pytest_forge.model import Finding, Report, Severity
from pytest_forge.settings import UserTool
from pytest_forge.toolchains.declarations import Check, Output, Run, Step, Tool

NEUTRAL_FORMATS = frozenset({"sarif"})
"""Formats that don't tell what kind of findings they hold: there the tool's gate tells it."""

_COUNTS = {
    "compilation": ("errors", "warnings"),
    "types": ("type.errors",),
    "quality": ("lint.findings",),
    "licenses": ("licenses.refused",),
    "breaking-changes": ("api.breaking",),
}
_GRAVE = (Severity.CRITICAL, Severity.HIGH, Severity.UNKNOWN)


def attach(tool: UserTool) -> tuple[Run, Check]:
    """Return the run and the check of a tool whose format is one of `FORMATS`.

    Both have the tool's name. The proof is the tool's own, else its gate's usual one. Where the
    format is neutral, findings count as what the gate limits: as lint findings of quality, say.
    """
    proof = tool.proof or PROOFS.get(tool.gate, OTHER_PROOF)
    counts = _COUNTS.get(tool.gate, ()) if tool.format in NEUTRAL_FORMATS else ()
    check = Check(
        name=tool.name,
        gate=tool.gate,
        run=tool.name,
        proof=proof,
        nothing=(
            f"{tool.name} examined nothing: its output holds no {proof}; see that its command "
            f"finds the project's files, or set proof in [tools.{tool.name}]"
        ),
        select=_counted_as(counts) if counts else None,
        counts=counts,
        supplies=tool.supplies,
    )
    return _run(tool), check


def _run(tool: UserTool) -> Run:
    needs, program = _program(tool)
    step = Step(
        argv=(program, *tool.command[1:]),
        clean=frozenset(tool.clean),
        findings=frozenset(tool.findings),
        nothing=frozenset(tool.nothing),
        gap=frozenset(tool.gap),
    )
    return Run(
        name=tool.name,
        needs=needs,
        steps=(step,),
        outputs=(Output(tool.output, tool.output, FORMATS[tool.format]),),
        prepared=tool.prepared,
        timeout=tool.timeout.total_seconds(),
    )


def _program(tool: UserTool) -> tuple[tuple[Tool, ...], str]:
    """Return what the run needs and the first element of its command.

    A path, or a slot, names the program itself: there is nothing to look for.
    """
    name = tool.command[0]
    if "/" in name or "{" in name:
        return (), name
    install = tool.install or f"see its documentation (tools.{tool.name}.install can say how)"
    return (Tool(name, install, executable=name, version=tool.version),), "{tool}"


def _counted_as(measures: tuple[str, ...]) -> Callable[[Report], Report]:
    """Return the function that counts findings as the first measure, slight ones as the last."""

    def counted(finding: Finding) -> Finding:
        if finding.measure != "findings":
            return finding
        return replace(finding, measure=measures[0 if finding.severity in _GRAVE else -1])

    def select(report: Report) -> Report:
        return replace(report, findings=tuple(counted(one) for one in report.findings))

    return select
