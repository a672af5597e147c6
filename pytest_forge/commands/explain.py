"""Explain a gate, a measure that a gate limits, one of forge's errors, or a rule of a tool.

A rule is looked up in the last report, and the tools that can are asked what it is about.
"""

import argparse
from collections.abc import Iterable
from difflib import get_close_matches

from pytest_forge.commands import rules
from pytest_forge.commands.columns import paragraph, table
from pytest_forge.commands.errors_explained import EXPLANATIONS
from pytest_forge.errors import ConfigurationError, ErrorName
from pytest_forge.installed import Installed, installed
from pytest_forge.judging import Gate, Limit

NAME = "explain"
HELP = "explain a gate, a measure, an error or a rule"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the name that is asked for."""
    parser.add_argument("name", metavar="GATE|MEASURE|ERROR|RULE", help="what to explain")


def main(arguments: argparse.Namespace) -> int:
    """Print the explanation; an unknown name is a `ConfigurationError` with the nearest one."""
    name = arguments.name
    here = installed()
    found = rules.in_last_report()
    lines = _gate(name, here) or _measure(name, here) or _error(name)
    lines = lines or rules.explained(name, found, here)
    if not lines:
        known = {gate.id for gate in here.gates} | set(_limits(here)) | {*ErrorName}
        raise ConfigurationError(_unknown(name, known | {one.rule for one in found}))
    for line in lines:
        print(line)
    return 0


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), 1)
    hint = f'did you mean "{near[0]}"?' if near else "run `pytest --forge` to have its rules"
    return f'"{name}" is no gate, measure or error, and no rule of the last report; {hint}'


def _limits(here: Installed) -> dict[str, list[tuple[Gate, Limit]]]:
    limits: dict[str, list[tuple[Gate, Limit]]] = {}
    for gate in here.gates:
        for limit in gate.limits:
            limits.setdefault(limit.measure, []).append((gate, limit))
    return limits


def _gate(name: str, here: Installed) -> list[str]:
    gate = next((one for one in here.gates if one.id == name), None)
    if gate is None:
        return []
    lines = [f"{gate.id}: {gate.title}", "", *paragraph(gate.about), ""]
    lines += table(
        ("MEASURE", "DEFAULT LIMIT"), [(one.measure, _bound(one)) for one in gate.limits]
    )
    lines += ["", *table(("LANGUAGE", "CHECKS"), _checks(gate, here))]
    if gate.blocks:
        lines += ["", *paragraph("Where it fails, the project's later gates are blocked.")]
    return [*lines, "", *_settings(gate)]


def _checks(gate: Gate, here: Installed) -> list[tuple[str, str]]:
    """Return each language that has checks of the gate, with their names."""
    rows = [
        (toolchain.language, ", ".join(one.name for one in toolchain.checks if one.gate == gate.id))
        for toolchain in here.toolchains
    ]
    return [row for row in rows if row[1]]


def _bound(limit: Limit) -> str:
    if limit.value is None:
        return "reported only"
    text = f"{limit.sense} {limit.value:g}{f' {limit.unit}' if limit.unit else ''}"
    text += ", each" if limit.each else ""
    text += f", unless the project limits {limit.gives_way_to}" if limit.gives_way_to else ""
    return text + (f", where the project is {limit.only_if}" if limit.only_if else "")


def _settings(gate: Gate) -> list[str]:
    lines = ["In [tool.pytest-forge] of pyproject.toml, or in forge.toml:"]
    if gate.limits:
        lines.append(f'  limits = {{ "{gate.limits[0].measure}" = NUMBER }}')
    return [*lines, f'  exempt = {{ {gate.id} = "the reason why it does not apply" }}']


def _measure(name: str, here: Installed) -> list[str]:
    rows = [(gate.id, _bound(limit)) for gate, limit in _limits(here).get(name, ())]
    if not rows:
        return []
    return [
        f"{name}: a measure that is judged by a limit",
        "",
        *table(("GATE", "DEFAULT LIMIT"), rows),
        "",
        "In [tool.pytest-forge] of pyproject.toml, or in forge.toml:",
        f'  limits = {{ "{name}" = NUMBER }}',
    ]


def _error(name: str) -> list[str]:
    if name not in list(ErrorName):
        return []
    explained = EXPLANATIONS[ErrorName(name)]
    lines = [f"{name}: an error, which never counts as a pass", "", *paragraph(explained.meaning)]
    for mend in explained.mends:
        first, *rest = paragraph(mend, "  ")
        lines += ["", f"- {first[2:]}", *rest]
    return lines
