"""The outputs of a run: read by their formats, merged for the checks that read them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from pytest_forge.errors import MeasurementError, OutputUnreadable
from pytest_forge.execution.paths import relocated, relocation
from pytest_forge.model import Report
from pytest_forge.toolchains.declarations import Context, Output, Run, Step

_NAMES_AN_ERROR = re.compile(
    r"\berror(?: [A-Z]+\d+)?: |^ERROR\b|^[\w.]*(?:Error|Exception): ", re.IGNORECASE
)

_WORST: Mapping[str, Callable[[Iterable[float]], float]] = {
    **dict.fromkeys(("coverage.line", "coverage.branch", "coverage.function"), min),
    **dict.fromkeys(("coverage.total", "type.coverage"), min),
    "complexity.max": max,
}

ANY_STEP = Step(())
"""A step whose streams have their usual names."""


@dataclass(frozen=True)
class Executed:
    """What one execution gave: a report, or the error, for each output; and how it was run.

    `command` is the first step's, with machine paths made relative to the root. `notes` are of the
    run itself, and so of every check that reads it.
    """

    reports: Mapping[str, Report | MeasurementError]
    command: tuple[str, ...] = ()
    tool_version: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def read(self, names: Sequence[str] = ()) -> Report:
        """Merge the reports of the named outputs (all where none is named).

        An output that can't be read is an error, unless a test has failed: a failed test fails its
        check in any case, and often is the reason for which the other output is missing.
        """
        parts = [self.reports[name] for name in names or self.reports]
        merged = merge(part for part in parts if isinstance(part, Report))
        errors = _errors(parts)
        if errors and not merged.value("tests.failed"):
            raise errors[0]
        return merged.merged(Report(notes=(*(error.reason for error in errors), *self.notes)))


def _errors(parts: Iterable[Report | MeasurementError]) -> list[MeasurementError]:
    return [part for part in parts if isinstance(part, MeasurementError)]


def merge(reports: Iterable[Report]) -> Report:
    """Return all reports in one."""
    return reduce(Report.merged, reports, Report())


def pooled(reports: Sequence[Report]) -> Report:
    """Return the reports of several files of one output in one.

    Counts add up. A share of the whole can't be told from shares of parts: the worst one holds.
    """
    values: dict[str, list[float]] = {}
    for report in reports:
        for name, value in report.measures.items():
            values.setdefault(name, []).append(value)
    measures = {name: _WORST.get(name, sum)(found) for name, found in values.items()}
    return replace(merge(reports), measures=measures)


def read_outputs(
    run: Run, context: Context, directory: Path
) -> dict[str, Report | MeasurementError]:
    """Read each output of a run that has ended in `directory`; an unreadable one is its error."""
    copies = tuple(
        (Path(context.slots[name]), context.directory)
        for name in ("snapshot",)
        if context.slots.get(name)
    )
    relocate = relocation(context.root, directory, copies)
    reports: dict[str, Report | MeasurementError] = {}
    for output in run.outputs:
        try:
            reports[output.name] = relocated(_read_output(output, run, context), relocate)
        except MeasurementError as error:
            reports[output.name] = error
    return reports


def _read_output(output: Output, run: Run, context: Context) -> Report:
    paths = sorted(context.scratch.glob(output.source))
    contents = [path.read_bytes() for path in paths if path.is_file()]
    if output.required and not any(contents):
        state = "is empty" if contents else "is missing"
        raise OutputUnreadable(
            f"the {output.name} output of {run.name} {state} "
            f"({last_words(context.scratch, run.steps[-1])})",
            see(context, run.steps[-1]),
        )
    return pooled([output.format(content) for content in contents])


def shows_a_defect(report: Report) -> bool:
    """Tell whether a finding or a failed test was read."""
    return bool(report.findings or report.value("tests.failed"))


def last_words(scratch: Path, step: Step = ANY_STEP) -> str:
    """Return the line with which a step ended, of its standard error if there is one."""
    lines = _last_lines(scratch / step.stderr) or _last_lines(scratch / step.stdout)
    return telling_line(lines) or "it printed nothing"


def telling_line(lines: Sequence[str]) -> str:
    """Return the line of a program's last ones that tells why it failed, "" where there is none.

    That is the last one that names an error, since many tools print hints after it (pytest its
    rootdir, rustup a stack), else the last one.
    """
    errors = [line for line in lines if _NAMES_AN_ERROR.search(line)]
    return (errors or list(lines) or [""])[-1].strip()[:300]


def _last_lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    text = path.read_bytes()[-4000:].decode("utf-8", "replace")
    # Without the mark that a tool sets before every line of a traceback.
    bare = (re.sub(r"^[A-Z]+>", "", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def see(context: Context, step: Step = ANY_STEP) -> str:
    """Return where a step's own words can be read, as an advice."""
    return f"see {place(context, step)}"


def place(context: Context, step: Step = ANY_STEP) -> str:
    """Return the file with a step's standard error, relative to forge's root."""
    return f"{context.scratch.relative_to(context.root).as_posix()}/{step.stderr}"
