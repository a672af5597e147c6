"""The table of gates by projects, as rows of words that fit a terminal."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from pytest_forge.model import Outcome
from pytest_forge.reports.escape import columns, one_line
from pytest_forge.reports.wording import ABSENT, ABSENT_MEANING, MEANING
from pytest_forge.results import RunReport

Piece: TypeAlias = tuple[str, Outcome | None]
"""Text with the outcome that gives it its colour, None for none."""

MOST_PROJECTS = 40
_SHORTEST_NAME = 16
_GAP = 2


def gates_table(run: RunReport, width: int) -> list[list[Piece]]:
    """Return the table's lines: a heading, a row for each project, worst first, and a legend.

    Gates stand in running order. Where their ids do not fit they are shortened, and the legend
    spells them out.
    """
    rows = rows_by_manifest(run)
    if not rows:
        return []
    gates = gate_ids(run)
    headings, gap = _headings(gates, width - _longest(rows)), _GAP
    sizes = _sizes(gates, headings, rows)
    if sum(sizes) + gap * len(sizes) + _longest(rows) > width:
        gap = 1
    room = max(_SHORTEST_NAME, width - sum(sizes) - gap * len(sizes))
    names = _names(rows, room)
    name = _longest(names)
    lines = [_line("", name, [(text, None) for text in headings], sizes, gap)]
    for shown, row in zip(names[:MOST_PROJECTS], rows.values(), strict=False):
        pieces = [(_cell(row.get(gate)), row.get(gate)) for gate in gates]
        lines.append(_line(shown, name, pieces, sizes, gap))
    if len(rows) > MOST_PROJECTS:
        lines.append([(f"and {len(rows) - MOST_PROJECTS} more projects, none of them worse", None)])
    shortened = headings != list(gates)
    return lines + [[(text, None)] for text in _legend(gates, rows, width, shortened)]


def rows_by_manifest(run: RunReport) -> dict[str, dict[str, Outcome]]:
    """Return gate -> outcome for each manifest, the manifests with the worst outcome first."""
    rows: dict[str, dict[str, Outcome]] = {}
    for row in run.gates():
        rows.setdefault(row.manifest, {})[row.gate] = row.outcome
    order = list(Outcome)

    def place(item: tuple[str, Mapping[str, Outcome]]) -> int:
        return order.index(Outcome.worst(item[1].values()))

    return dict(sorted(rows.items(), key=place))


def gate_ids(run: RunReport) -> tuple[str, ...]:
    """Return the gates that have a row, in running order."""
    present = dict.fromkeys(row.gate for row in run.gates())
    known = [gate for gate in run.gate_titles if gate in present]
    return (*known, *(gate for gate in present if gate not in run.gate_titles))


def _headings(gates: Sequence[str], room: int) -> list[str]:
    """Return the ids, or their first words, or the beginnings of those: the longest that fit."""
    words = [gate.split("-")[0] for gate in gates]
    for headings in (list(gates), words):
        taken = sum(max(len(heading), len("passed")) + _GAP for heading in headings)
        if taken <= room and len(set(headings)) == len(headings):
            return headings
    shortest = [_short(word) for word in words]
    if len(set(shortest)) == len(shortest):
        return shortest
    return [str(place + 1) for place in range(len(gates))]


def _sizes(
    gates: Sequence[str], headings: Sequence[str], rows: Mapping[str, Mapping[str, Outcome]]
) -> list[int]:
    """Return the width of each gate's column."""
    return [
        max(len(heading), *(len(_cell(row.get(gate))) for row in rows.values()))
        for gate, heading in zip(gates, headings, strict=True)
    ]


def _names(manifests: Iterable[str], room: int) -> list[str]:
    """Return what stands for each manifest: itself, or its directory, or the end of it."""
    names = [one_line(manifest) for manifest in manifests]
    if _longest(names) > room:
        directories = [str(PurePosixPath(name).parent) for name in names]
        names = directories if len(set(directories)) == len(names) else names
    return [_tail(name, room) for name in names]


def _longest(names: Iterable[str]) -> int:
    return max(columns(one_line(name)) for name in names)


def _short(word: str) -> str:
    return word if len(word) <= 6 else f"{word[:5]}."


def _cell(outcome: Outcome | None) -> str:
    if outcome is None:
        return ABSENT
    return outcome.upper() if outcome in (Outcome.ERROR, Outcome.FAILED) else str(outcome)


def _line(
    subject: str, name: int, pieces: Sequence[Piece], sizes: Sequence[int], gap: int
) -> list[Piece]:
    line: list[Piece] = [(subject + " " * (name - columns(subject)), None)]
    for (text, outcome), size in zip(pieces, sizes, strict=True):
        line += [(" " * gap, None), (text, outcome), (" " * (size - len(text)), None)]
    return line


def _tail(text: str, width: int) -> str:
    """Return the end of `text` that fits, since a path tells most at its end."""
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[1:]
    return "…" + text


def _legend(
    gates: Sequence[str], rows: Mapping[str, Mapping[str, Outcome]], width: int, shortened: bool
) -> list[str]:
    lines = ["; ".join(_meanings(gates, rows))]
    if shortened:
        lines.append("gates: " + ", ".join(gates))
    return [part for line in lines for part in textwrap.wrap(line, width, break_on_hyphens=False)]


def _meanings(gates: Sequence[str], rows: Mapping[str, Mapping[str, Outcome]]) -> list[str]:
    """Return what each word in the table that needs it means."""
    seen = {outcome for row in rows.values() for outcome in row.values()}
    told = [f"{_cell(one)}: {text}" for one, text in MEANING.items() if one in seen]
    if any(gate not in row for row in rows.values() for gate in gates):
        told.append(f"{ABSENT}: {ABSENT_MEANING}")
    return told
