"""One run from its declaration to its reports: find the tools, run the steps, read the outputs."""

import re
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from pytest_forge.errors import (
    MeasurementError,
    NothingMeasured,
    OutputUnreadable,
    TimedOut,
    ToolCrashed,
    ToolMissing,
)
from pytest_forge.execution.paths import relocated, relocation
from pytest_forge.execution.process import Finished, Processes, Request, child_environment
from pytest_forge.execution.slots import fill, fill_text
from pytest_forge.execution.tools import Located, locate
from pytest_forge.model import Report, TestOutcome
from pytest_forge.projects import FactValue
from pytest_forge.toolchains.declarations import Context, Output, Run, Step

INSIDE = "FORGE_INSIDE"
"""Names forge's root to every child, so that a forge inside a forge on one root is seen."""


_PACKAGES = Path(__file__).parents[2]
_NAMES_AN_ERROR = re.compile(r"\berror: |^ERROR\b|^[\w.]*(?:Error|Exception): ", re.IGNORECASE)


@dataclass(frozen=True)
class Executed:
    """What one execution gave: a report, or the error, for each output; and how it was run.

    `command` is the first step's, with machine paths made relative to the root.
    """

    reports: Mapping[str, Report | MeasurementError]
    command: tuple[str, ...] = ()
    tool_version: str = ""
    seconds: float = 0.0

    def read(self, names: Sequence[str] = ()) -> Report:
        """Merge the reports of the named outputs (all where none is named).

        An output that can't be read is an error, unless a test has failed: a failed test fails its
        check in any case, and often is the reason for which the other output is missing.
        """
        parts = [self.reports[name] for name in names or self.reports]
        merged = Report()
        for part in parts:
            if isinstance(part, Report):
                merged = merged.merged(part)
        errors = [part for part in parts if isinstance(part, MeasurementError)]
        if errors and not any(test.outcome is TestOutcome.FAILED for test in merged.tests):
            raise errors[0]
        return merged.merged(Report(notes=tuple(error.reason for error in errors)))


def execute(run: Run, context: Context, processes: Processes, timeout: float) -> Executed:
    """Execute `run`; its scratch directory is emptied first, so that no old output can be read.

    Raises a `MeasurementError` for everything that keeps all of its checks from measuring.
    """
    shutil.rmtree(context.scratch, ignore_errors=True)
    context.scratch.mkdir(parents=True)
    interpreter = context.slots.get("python", "")
    tools = {tool.name: locate(tool, interpreter, processes) for tool in run.needs}
    with ExitStack() as stack:
        for manager in run.around:
            added = stack.enter_context(manager(context))
            context = replace(context, slots={**context.slots, **added})
        values = slot_values(context, tools)
        directory = Path(fill_text(run.directory, values))
        command, found, seconds = _steps(run, context, values, directory, processes, timeout)
        reports = _read_outputs(run, context, directory)
    if found and not any(_shows_something(report) for report in reports.values()):
        errors = [part for part in reports.values() if isinstance(part, MeasurementError)]
        if errors:
            raise errors[0]
        raise ToolCrashed(
            f"{run.name} exited with its status for findings, but its output holds none",
            _see(context),
        )
    version = next(iter(tools.values())).version if tools else ""
    return Executed(reports, _shown(command, context), version, seconds)


def slot_values(context: Context, tools: Mapping[str, Located]) -> dict[str, FactValue]:
    """Return the values of all slots that a command of `context` may use."""
    values: dict[str, FactValue] = dict(context.project.facts)
    values |= context.slots
    values |= {
        "root": str(context.root),
        "directory": str(context.directory),
        "scratch": str(context.scratch),
        "forge-python": sys.executable,
    }
    for name, located in reversed(list(tools.items())):
        values[f"tool:{name}"] = located.argv
        values["tool"] = located.argv
    return values


def _steps(
    run: Run,
    context: Context,
    values: Mapping[str, FactValue],
    directory: Path,
    processes: Processes,
    timeout: float,
) -> tuple[tuple[str, ...], bool, float]:
    seconds = 0.0
    commands: list[tuple[str, ...]] = []
    found = False
    for step in run.steps:
        argv = step.argv(context) if callable(step.argv) else step.argv
        command = fill(argv, values)
        added = {name: fill_text(text, values) for name, text in step.environment.items()}
        request = Request(
            argv=command,
            directory=directory,
            environment=child_environment({INSIDE: str(context.root), **added}),
            stdout=context.scratch / "stdout",
            stderr=context.scratch / "stderr",
            timeout=timeout - seconds,
        )
        finished = _start(request, processes)
        seconds += finished.seconds
        commands.append(command)
        try:
            found |= _classify(finished, step, run, context, timeout)
        except ToolCrashed:
            if not found:
                raise
            # A later step can fail because an earlier one has found something: its outputs tell.
            break
    return commands[0], found, seconds


def _start(request: Request, processes: Processes) -> Finished:
    try:
        return processes.run(request)
    except OSError as error:
        raise ToolMissing(f"{request.argv[0]} can't be started: {error.strerror}") from error


def _classify(finished: Finished, step: Step, run: Run, context: Context, timeout: float) -> bool:
    """Tell whether the step has found something; raise where its status says that it failed."""
    if finished.timed_out:
        raise TimedOut(
            f"{run.name} took longer than {timeout:g} s and was ended",
            f'set timeouts."{run.name}" to a longer time, or see what hangs: {_place(context)}',
        )
    if finished.too_much_output:
        raise ToolCrashed(f"{run.name} printed more than can be read", _see(context))
    status = finished.status
    if status in step.findings:
        return True
    if status in step.clean:
        return False
    words = last_words(context.scratch)
    if status in step.nothing:
        raise NothingMeasured(f"{run.name} found nothing to do: {words}")
    if status in step.gap:
        raise ToolMissing(f"{run.name}: {words}")
    killed = f"was killed by {_signal_name(-status)}"
    how = killed if status < 0 else f"exited with status {status}"
    raise ToolCrashed(f"{run.name} {how}: {words}", _see(context))


def last_words(scratch: Path) -> str:
    """Return the line with which a command ended, of its standard error if there is one.

    That is the last line that names an error, since many tools print hints after it (pytest its
    rootdir), else the last line.
    """
    for name in ("stderr", "stdout"):
        path = scratch / name
        text = path.read_bytes()[-4000:].decode("utf-8", "replace") if path.is_file() else ""
        # Without the mark that a tool sets before every line of a traceback.
        bare = (re.sub(r"^[A-Z]+>", "", line).strip() for line in text.splitlines())
        lines = [line for line in bare if line]
        errors = [line for line in lines if _NAMES_AN_ERROR.search(line)]
        if lines:
            return (errors or lines)[-1][:300]
    return "it printed nothing"


def _read_outputs(
    run: Run, context: Context, directory: Path
) -> dict[str, Report | MeasurementError]:
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
            f"the {output.name} output of {run.name} {state} ({last_words(context.scratch)})",
            _see(context),
        )
    merged = Report()
    for content in contents:
        merged = merged.merged(output.format(content))
    return merged


def _shows_something(part: Report | MeasurementError) -> bool:
    if isinstance(part, MeasurementError):
        return False
    failed = any(test.outcome is TestOutcome.FAILED for test in part.tests)
    return failed or bool(part.findings)


def _shown(command: Sequence[str], context: Context) -> tuple[str, ...]:
    """Return the command as anybody could repeat it at forge's root: no path of this machine."""
    prefixes = (f"{context.root}/", f"{Path(sys.executable).parent}/", f"{_PACKAGES}/")
    shown = list(command)
    for prefix in prefixes:
        shown = [element.replace(prefix, "") for element in shown]
    return tuple(shown)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _see(context: Context) -> str:
    return f"see {_place(context)}"


def _place(context: Context) -> str:
    return context.scratch.relative_to(context.root).as_posix() + "/stderr"
