"""One run from its declaration to its reports: find the tools, run the steps, read the outputs."""

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from pytest_forge.errors import (
    MeasurementError,
    NothingMeasured,
    TimedOut,
    ToolCrashed,
    ToolMissing,
)
from pytest_forge.execution.outputs import (
    Executed,
    last_words,
    place,
    read_outputs,
    see,
    shows_a_defect,
)
from pytest_forge.execution.process import Finished, Processes, Request, child_environment
from pytest_forge.execution.slots import fill, fill_text
from pytest_forge.execution.tools import Located, locate, wanted_by
from pytest_forge.model import Report
from pytest_forge.projects import FactValue
from pytest_forge.releases.comparing import FirstRelease, with_release
from pytest_forge.toolchains.declarations import Context, Run, Step, Tool

INSIDE = "FORGE_INSIDE"
"""Names forge's root to every child, so that a forge inside a forge on one root is seen."""


_PACKAGES = Path(__file__).parents[2]
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY", re.IGNORECASE)
_SECRET_LENGTH = 6


@dataclass
class _Done:
    """What the steps of a run have done so far: the first one's command stands for all."""

    command: tuple[str, ...] = ()
    seconds: float = 0.0
    found: bool = False


def execute(run: Run, context: Context, processes: Processes, timeout: float) -> Executed:
    """Execute `run`; its scratch directory is emptied first, so that no old output can be read.

    Raises a `MeasurementError` for everything that keeps all of its checks from measuring.
    """
    shutil.rmtree(context.scratch, ignore_errors=True)
    context.scratch.mkdir(parents=True)
    interpreter = context.slots.get("python", "")
    tools = located_tools(run.needs, context, interpreter, processes)
    version = next(iter(tools.values())).version if tools else ""
    with ExitStack() as stack:
        try:
            for manager in run.around:
                added = stack.enter_context(manager(context))
                context = replace(context, slots={**context.slots, **added})
        except FirstRelease as first:
            said = {output.name: first.report for output in run.outputs}
            return Executed(said, tool_version=version)
        values = slot_values(context, tools)
        directory = Path(fill_text(run.directory, values))
        done = _Done()
        try:
            _steps(run, context, values, directory, processes, timeout, done)
            reports = with_release(read_outputs(run, context, directory), context)
            if done.found:
                _demand_a_finding(run, reports, context)
        except MeasurementError as error:
            error.command = _shown(done.command, context)
            error.tool_version, error.seconds = version, done.seconds
            raise
    shown = _shown(done.command, context)
    return Executed(reports, shown, version, done.seconds, _remarks(tools))


def located_tools(
    needs: Sequence[Tool], context: Context, interpreter: str, processes: Processes
) -> dict[str, Located]:
    """Find the tools of a run, by name; `ToolMissing` for the first that is not there."""
    return {
        tool.name: locate(
            tool,
            interpreter,
            processes,
            context.directory,
            wanted_by(context.project, tool),
        )
        for tool in needs
    }


def _remarks(tools: Mapping[str, Located]) -> tuple[str, ...]:
    """Name each tool that ran in another version than the one that forge is tried with."""
    return tuple(
        f"{name} {one.version} ran, {one.whose} copy; forge is tried with {one.pinned}"
        for name, one in tools.items()
        if one.differs
    )


def _demand_a_finding(
    run: Run, reports: Mapping[str, Report | MeasurementError], context: Context
) -> None:
    parts = reports.values()
    if any(isinstance(part, Report) and shows_a_defect(part) for part in parts):
        return
    for part in parts:
        if isinstance(part, MeasurementError):
            raise part
    raise ToolCrashed(
        f"{run.name} exited with its status for findings, but its output holds none",
        see(context),
    )


def slot_values(context: Context, tools: Mapping[str, Located]) -> dict[str, FactValue]:
    """Return the values of all slots that a command of `context` may use."""
    values: dict[str, FactValue] = dict(context.project.facts)
    values |= context.slots
    values |= {
        "root": str(context.root),
        "directory": str(context.directory),
        "scratch": str(context.scratch),
        "cache": str(context.cache),
        "variant": context.variant,
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
    done: _Done,
) -> None:
    for step, slots in _repeated(run.steps, context, values):
        argv = step.argv(context) if callable(step.argv) else step.argv
        command = fill(argv, slots)
        added = {name: fill_text(text, slots) for name, text in step.environment.items()}
        place = Path(fill_text(step.directory, slots)) if step.directory else directory
        request = Request(
            argv=command,
            directory=place,
            environment=child_environment({INSIDE: str(context.root), **added}),
            stdout=context.scratch / step.stdout,
            stderr=context.scratch / step.stderr,
            timeout=timeout - done.seconds,
        )
        done.command = done.command or command
        finished = _start(request, processes)
        done.seconds += finished.seconds
        try:
            done.found |= _classify(finished, step, run, context, timeout)
        except ToolCrashed:
            if not done.found:
                raise
            # A later step can fail because an earlier one has found something: its outputs tell.
            break


def _repeated(
    steps: Sequence[Step], context: Context, values: Mapping[str, FactValue]
) -> Iterator[tuple[Step, Mapping[str, FactValue]]]:
    """Yield the steps with the values of their slots; one for `each` word once for every word."""
    for step in steps:
        if not step.each:
            yield step, values
            continue
        for number, word in enumerate(context.project.words(step.each), start=1):
            of_word = {**values, "each": word, "number": str(number)}
            stdout, stderr = (fill_text(name, of_word) for name in (step.stdout, step.stderr))
            yield replace(step, stdout=stdout, stderr=stderr), of_word


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
            f'set timeouts."{run.name}" to a longer time, or see what hangs: '
            f"{place(context, step)}",
        )
    if finished.too_much_output:
        raise ToolCrashed(f"{run.name} printed more than can be read", see(context, step))
    status = finished.status
    if status in step.findings:
        return True
    if status in step.clean:
        return False
    words = last_words(context.scratch, step)
    if status in step.nothing:
        raise NothingMeasured(f"{run.name} found nothing to do: {words}")
    if status in step.gap:
        mend = f"another version is needed: {run.needs[0].install}" if run.needs else ""
        raise ToolMissing(f"{run.name} exited with status {status}: {words}", mend)
    killed = f"was killed by {_signal_name(-status)}"
    how = killed if status < 0 else f"exited with status {status}"
    raise ToolCrashed(f"{run.name} {how}: {words}", see(context, step))


def _shown(command: Sequence[str], context: Context) -> tuple[str, ...]:
    """Return the command as anybody could repeat it at forge's root: no path of this machine."""
    prefixes = (f"{context.root}/", f"{Path(sys.executable).parent}/", f"{_PACKAGES}/")
    shown = list(command)
    for prefix in prefixes:
        shown = [element.replace(prefix, "") for element in shown]
    for secret in _secrets(os.environ):
        shown = [element.replace(secret, "***") for element in shown]
    return tuple(shown)


def _secrets(environment: Mapping[str, str]) -> list[str]:
    """Return the values of variables that are secret by their names, the longest first."""
    found = {
        value
        for name, value in environment.items()
        if _SECRET_NAME.search(name) and len(value) >= _SECRET_LENGTH
    }
    return sorted(found, key=len, reverse=True)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
