"""Preparing a project: its own environment where there is one, else one of forge's own."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pytest_forge.errors import MeasurementError, NotPrepared, ToolMissing
from pytest_forge.execution.execute import INSIDE, located_tools, slot_values
from pytest_forge.execution.outputs import last_words
from pytest_forge.execution.process import Processes, Request, child_environment
from pytest_forge.execution.slots import fill, fill_text
from pytest_forge.git import GitError, git
from pytest_forge.locks import lock
from pytest_forge.projects import FactValue
from pytest_forge.toolchains.declarations import Context, Preparation, Step, Surroundings

_COMPLETE = "forge-complete"


def surroundings(environment: Mapping[str, str]) -> Surroundings:
    """Return what a preparation may know of the machine."""
    return Surroundings(
        environment=environment,
        prefix=Path(sys.prefix),
        interpreter=Path(sys.executable),
        installed_from=tuple(_installed_in_place()),
    )


def prepare(
    preparation: Preparation,
    context: Context,
    around: Surroundings,
    processes: Processes,
    allowed: bool,
) -> Mapping[str, str]:
    """Return the slots that the project's runs get; make its environment where there is none.

    `context.scratch` is the directory for forge's own environments. Raises `NotPrepared`, or
    `ToolMissing` where what the preparation itself needs is not there.
    """
    if candidate := _candidate(preparation, context, around):
        return {preparation.slot: candidate}
    home = context.scratch / _name(preparation, context)
    slots = {"environment": str(home)}
    if preparation.slot:
        slots[preparation.slot] = str(home / preparation.provides)
    with lock(home.parent / f"{home.name}.lock"):
        if made := _made_meanwhile(preparation, context, around, home, slots):
            return made
        context = replace(context, slots={**context.slots, **slots})
        if _is_ready(preparation, context, home, processes):
            return slots
        if not allowed:
            raise NotPrepared(
                f"the dependencies of {context.project.manifest} are not installed",
                "run once without --forge-no-prepare",
            )
        _make(preparation, context, home, processes)
        if preparation.in_place:
            return _made_in_place(preparation, context, around)
        _demand_made(preparation, context, slots)
        home.mkdir(exist_ok=True)
        (home / _COMPLETE).touch()
    return slots


def _made_meanwhile(
    preparation: Preparation,
    context: Context,
    around: Surroundings,
    home: Path,
    slots: Mapping[str, str],
) -> Mapping[str, str]:
    """Return the slots of what stands already, maybe by another process; {} where nothing does."""
    if preparation.in_place:
        made = _candidate(preparation, context, around)
        return {preparation.slot: made} if made else {}
    return slots if (home / _COMPLETE).exists() else {}


def _demand_made(preparation: Preparation, context: Context, slots: Mapping[str, str]) -> None:
    if preparation.slot and not Path(slots[preparation.slot]).exists():
        raise NotPrepared(
            f"preparing {context.project.manifest} made no {preparation.provides}",
            "install its dependencies yourself",
        )


def _candidate(preparation: Preparation, context: Context, around: Surroundings) -> str:
    """Return the first candidate that exists, "" for none."""
    found = preparation.candidates(context.project, context.directory, around)
    return next((one for one in found if Path(one).exists()), "")


def _made_in_place(
    preparation: Preparation, context: Context, around: Surroundings
) -> Mapping[str, str]:
    made = _candidate(preparation, context, around)
    if not made:
        raise NotPrepared(
            f"preparing {context.project.manifest} left nothing that shows that it is prepared",
            "install its dependencies yourself",
        )
    return {preparation.slot: made}


def _is_ready(preparation: Preparation, context: Context, home: Path, processes: Processes) -> bool:
    """Tell whether everything is there that the steps would fetch."""
    if preparation.ready is None:
        return False
    try:
        _execute(preparation, (preparation.ready,), context, home, processes)
    except NotPrepared:
        return False
    return True


def _execute(
    preparation: Preparation,
    steps: Sequence[Step],
    context: Context,
    home: Path,
    processes: Processes,
) -> None:
    logs = home.parent / f"{home.name}.log"
    logs.mkdir(parents=True, exist_ok=True)
    tools = located_tools(preparation.needs, context, "", processes)
    with ExitStack() as stack:
        for manager in preparation.around:
            added = stack.enter_context(manager(context))
            context = replace(context, slots={**context.slots, **added})
        values = slot_values(context, tools)
        for step in steps:
            _step(step, context, values, logs, preparation.timeout, processes)


def _make(preparation: Preparation, context: Context, home: Path, processes: Processes) -> None:
    # What an interrupted preparation left is not trusted.
    shutil.rmtree(home, ignore_errors=True)
    before = _untracked(context.root)
    try:
        _execute(preparation, preparation.steps(context), context, home, processes)
    except MeasurementError:
        shutil.rmtree(home, ignore_errors=True)
        raise
    finally:
        _remove_leftovers(context.root, before, preparation.leaves)


def _step(
    step: Step,
    context: Context,
    values: Mapping[str, FactValue],
    logs: Path,
    timeout: float,
    processes: Processes,
) -> None:
    argv = step.argv(context) if callable(step.argv) else step.argv
    added = {name: fill_text(text, values) for name, text in step.environment.items()}
    request = Request(
        argv=fill(argv, values),
        directory=Path(fill_text(step.directory, values)) if step.directory else context.directory,
        environment=child_environment({INSIDE: str(context.root), **added}),
        stdout=logs / "stdout",
        stderr=logs / "stderr",
        timeout=timeout,
    )
    finished = processes.run(request)
    if finished.status in step.gap:
        raise ToolMissing(
            f"{context.project.manifest} asks for a toolchain that is not here: {last_words(logs)}",
            f"install it; {' '.join(request.argv[1:-1])} must succeed",
        )
    if finished.status not in step.clean:
        words = f"took longer than {timeout:g} s" if finished.timed_out else last_words(logs)
        place = (logs / "stderr").relative_to(context.root).as_posix()
        raise NotPrepared(
            f"preparing {context.project.manifest} failed: {words}",
            f"install its dependencies yourself, or see {place}",
        )


def _name(preparation: Preparation, context: Context) -> str:
    """Name an environment by all that decides its content, so that a change makes another."""
    digest = hashlib.sha256()
    shown = replace(context, slots={**context.slots, "environment": ""})
    for step in preparation.steps(shown):
        argv = step.argv(shown) if callable(step.argv) else step.argv
        digest.update(json.dumps(argv).encode())
    digest.update(preparation.identity.encode())
    for path in preparation.key(context.project, context.tree):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(context.tree.read(path))
    slug = context.project.manifest.replace("/", "-")
    return f"{slug}-{context.project.language}-{digest.hexdigest()[:12]}"


def _untracked(root: Path) -> frozenset[str]:
    try:
        listed = git(root, "ls-files", "--others", "--exclude-standard", "--directory", "-z")
    except GitError:
        return frozenset()
    return frozenset(path.rstrip("/") for path in listed.split("\0") if path)


def _remove_leftovers(root: Path, before: frozenset[str], leaves: Sequence[str]) -> None:
    """Remove the directories that preparing has left in the tree (an editable install's)."""
    for path in _untracked(root) - before if leaves else ():
        left = any(fnmatch(PurePosixPath(path).name, pattern) for pattern in leaves)
        if left and (root / path).is_dir():
            shutil.rmtree(root / path, ignore_errors=True)


def _installed_in_place() -> list[Path]:
    directories = []
    for distribution in metadata.distributions():
        text = distribution.read_text("direct_url.json")
        if text is None:
            continue
        url = json.loads(text)
        if "dir_info" in url and url["dir_info"].get("editable"):
            directories.append(Path(os.path.realpath(unquote(urlsplit(url["url"]).path))))
    return directories
