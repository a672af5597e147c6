"""The processes of a forge run as a Makefile: one target for each run and each preparation.

A run waits for its project's preparation, for the worktree of the release if it looks into it, and
for the run before it that holds the same thing (a build directory); the targets stand in the order
in which forge starts what is ready. Every target is a script, since a command may hold what make
would not take (a newline). A script lays out what forge does for the run (a copy of the tree, lists
of files) and writes down the exit status of each command. As under forge each command leads a
session of its own, among which Linux divides the processors.
"""

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.recorded import Key, Process, Recording

_STATUSES = "statuses"
_WORKTREES = "/.forge/worktrees/"
# make's own variables would tell cargo of a job server that recipes can't reach.
_NOT_MAKES = "-u MAKEFLAGS -u MFLAGS -u MAKELEVEL"


def write(recording: Recording, home: Path) -> Path:
    """Write the Makefile and its scripts into the directory `home`; return the Makefile."""
    (home / _STATUSES).mkdir(parents=True)
    names = _names(recording)
    checkouts = _checkouts(recording)
    for name, process in checkouts.items():
        _write(home, name, [process])
    every = " ".join((*checkouts, *names.values()))
    lines = [f".PHONY: all {every}", f"all: {every}"]
    lines += [line for name in checkouts for line in _target(home, name, ())]
    for key, needs in _needs(recording, names, tuple(checkouts)).items():
        _write(home, names[key], recording.groups[key])
        lines += _target(home, names[key], needs)
    makefile = home / "Makefile"
    makefile.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return makefile


def differences(recording: Recording, home: Path) -> Iterator[str]:
    """Yield what ended otherwise under make than it did under forge."""
    for key, name in _names(recording).items():
        written = (home / _STATUSES / name).read_text(encoding="utf-8").split()
        statuses = [str(one.status) for one in recording.groups[key]]
        if written != statuses:
            yield f"{key}: {statuses} under forge, {written} under make"


def _names(recording: Recording) -> dict[Key, str]:
    return {key: f"run{number}" for number, key in enumerate(recording.groups)}


def _checkouts(recording: Recording) -> dict[str, Process]:
    """Return the commands that make worktrees, each with the name of its target."""
    found = [one for one in recording.asides if "worktree" in one.argv and "add" in one.argv]
    silent = (replace(one, stdout=os.devnull, stderr=os.devnull) for one in found)
    return {f"worktree{number}": one for number, one in enumerate(silent)}


def _needs(
    recording: Recording, names: Mapping[Key, str], checkouts: Sequence[str]
) -> dict[Key, list[str]]:
    """Return the targets for which each run waits."""
    needs: dict[Key, list[str]] = {}
    before: dict[str, str] = {}
    for key, name in names.items():
        holds = recording.holds[key]
        waits = [names[one] for one in recording.preparations(key)]
        waits += [before[hold] for hold in holds if hold in before]
        if any(one.mentions(_WORKTREES) for one in recording.groups[key]):
            waits += checkouts
        needs[key] = list(dict.fromkeys(waits))
        before |= dict.fromkeys(holds, name)
    return needs


def _target(home: Path, name: str, needs: Iterable[str]) -> Iterator[str]:
    yield f"{name}: {' '.join(needs)}".rstrip()
    yield f"\t@sh {home / name}.sh"


def _write(home: Path, name: str, steps: Iterable[Process]) -> None:
    status = shlex.quote(str(home / _STATUSES / name))
    lines = [line for step in steps for line in (*_lay(step), _shell(step), f"echo $? >> {status}")]
    (home / f"{name}.sh").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _lay(step: Process) -> Iterator[str]:
    yield f"mkdir -p {shlex.quote(str(Path(step.stdout).parent))}"
    if step.laid:
        laid, place = map(shlex.quote, step.laid)
        yield f"mkdir -p {place} && cp -a {laid}/. {place}"
    links = step.links if step.mentions(_WORKTREES) else {}
    for path, target in links.items():
        yield f"[ -e {shlex.quote(path)} ] || ln -s {shlex.quote(target)} {shlex.quote(path)}"


def _shell(step: Process) -> str:
    variables = [f"{name}={shlex.quote(value)}" for name, value in step.environment.items()]
    command = " ".join(["setsid --wait env", _NOT_MAKES, *variables, shlex.join(step.argv)])
    streams = f"</dev/null >{shlex.quote(step.stdout)} 2>{shlex.quote(step.stderr)}"
    return f"cd {shlex.quote(step.directory)} && {command} {streams}"
