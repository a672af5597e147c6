"""Records what the tools of a language's column really print, for the tests of the formats.

    python scripts/record.py [LANGUAGE | RUN | RUN/CASE ...]

Each case is a small project (`scripts/recorded_cases_<language>.py`); the runs are those that the
toolchain declares, so that a recording shows exactly what a check would read. Everything is written
to `tests/recordings/<language>/<tool>-<version>/<case>/`: the outputs, and `case.json` with the
commands, their exit statuses and which file is which output. Machine paths become placeholders.
Tools are looked for as forge does it.
"""

import importlib
import json
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from pytest_forge.execution.execute import slot_values
from pytest_forge.execution.process import Captured, Processes, capture
from pytest_forge.execution.slots import fill, fill_text
from pytest_forge.execution.snapshot import snapshot
from pytest_forge.execution.tools import Located, locate
from pytest_forge.projects import Project, Tree
from pytest_forge.releases.comparing import last_release_worktree, release_worktree
from pytest_forge.toolchains.declarations import Context, Run, Step
from pytest_forge.toolchains.openapi import released_document
from scripts.recording import Case, Files, Language, write

_SCRIPTS = Path(__file__).parent
RECORDINGS = _SCRIPTS.parent / "tests" / "recordings"
# A case brings these itself: its project is no repository.
_GIVEN = (snapshot, release_worktree, last_release_worktree, released_document)
_HOST = re.compile(rb'(hostname="|"node": ")[^"]*"')


def main(wanted: list[str]) -> None:
    """Record every case that is wanted, by language, run or run/case (all where none is named)."""
    for name in sorted(path.stem for path in _SCRIPTS.glob("recorded_cases_*.py")):
        language: Language = importlib.import_module(f"scripts.{name}").LANGUAGE
        spoken = language.toolchain.language
        cases = [
            case
            for case in language.cases
            if not wanted or {spoken, case.run, f"{case.run}/{case.name}"} & {*wanted}
        ]
        if cases:
            record_all(language, cases)


def record_all(language: Language, cases: list[Case]) -> None:
    """Record cases of one language, in a directory that is made for them."""
    with tempfile.TemporaryDirectory(prefix="record-") as name:
        home = Path(name).resolve()
        with language.prepared(home) as slots:
            for case in cases:
                record(case, language, home, slots)


def record(case: Case, language: Language, home: Path, slots: Mapping[str, str]) -> None:
    """Run one case and write its recording."""
    project, scratch = fresh(home / "base"), fresh(home / "scratch")
    write(project, {**language.base, **case.files})
    run = language.runs[case.run]
    given = {**slots, **released(case, language.base, home)}
    context = replace(context_of(language, project, scratch, given), variant=case.variant)
    interpreter = given.get("python", "")
    located = {tool.name: locate(tool, interpreter, Processes(), project) for tool in run.needs}
    with ExitStack() as stack:
        for manager in run.around:
            if manager not in _GIVEN:
                added = stack.enter_context(manager(context))
                context = replace(context, slots={**context.slots, **added})
        statuses, commands = execute(run, case, context, located)
        version = case.version or version_of(next(iter(located.values())))
        recordings = RECORDINGS / language.toolchain.language
        target = fresh(recordings / f"{run.name}-{version}" / case.name)
        places = placeholders(context, home, located)
        # Before a manager takes away the copy of the tree in which an output stands.
        outputs = copy_outputs(run, scratch, target, places)
    document = {
        "why": case.why,
        "run": case.run,
        "tool_version": version,
        "commands": [[hidden(one, places) for one in command] for command in commands],
        "exit_statuses": statuses,
        "outputs": outputs,
    }
    (target / "case.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(target.relative_to(RECORDINGS), statuses)


def version_of(tool: Located) -> str:
    """Return the version that a tool has told, else the one to which it is pinned."""
    return tool.version or tool.pinned.removeprefix("v")


def placeholders(context: Context, home: Path, located: Mapping[str, Located]) -> dict[str, str]:
    """Return what stands for each path of this machine."""
    environment = Path(context.slots.get("python", home / "environment/bin/python")).parent.parent
    return {
        str(context.scratch): "/scratch",
        str(home / "release"): "/release",
        str(context.directory): "/project",
        str(environment): "/environment",
        str(home): "/home",
        **{str(Path(tool.argv[0]).parent.parent): "/tools" for tool in located.values()},
        str(_SCRIPTS.parent): "/forge",
        sys.prefix: "/tools",
        sys.base_prefix: "/python",
        str(Path.home()): "/home",
    }


def context_of(
    language: Language, project: Path, scratch: Path, slots: Mapping[str, str]
) -> Context:
    """Return the context in which forge would run something of the project."""
    files = sorted(
        path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()
    )
    tree = Tree(project, tuple(files))
    manifest = next(name for name in language.manifests if tree.has(name))
    found = language.toolchain.inspect(tree, manifest)
    assert isinstance(found, Project), found
    cache = project.parent / "cache"
    return Context(found, language.settings, tree, project, project, scratch, slots, cache=cache)


def execute(
    run: Run, case: Case, context: Context, located: Mapping[str, Located]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """Run the steps; return their exit statuses and their commands."""
    values = slot_values(context, dict(located))
    statuses, commands = [], []
    for step in run.steps:
        last = step is run.steps[-1]
        argv = fill((*command_of(step, context), *(case.arguments if last else ())), values)
        extra = {name: fill_text(text, values) for name, text in step.environment.items()}
        directory = Path(fill_text(step.directory or run.directory, values))
        done = capture(argv, directory, 300.0, {"COLUMNS": "80", **extra})
        keep(done, step, context.scratch)
        statuses.append(done.status)
        commands.append(argv)
    return statuses, commands


def command_of(step: Step, context: Context) -> tuple[str, ...]:
    """Return a step's command with its slots."""
    return step.argv(context) if callable(step.argv) else step.argv


def keep(done: Captured, step: Step, scratch: Path) -> None:
    """Keep the streams as the engine does: of one name those of the last step remain."""
    for name, text in ((step.stdout, done.stdout), (step.stderr, done.stderr)):
        (scratch / name).write_bytes(text.encode("utf-8", "surrogateescape"))


def copy_outputs(
    run: Run, scratch: Path, target: Path, places: Mapping[str, str]
) -> dict[str, str | None]:
    """Copy the files that the run's outputs name; return output -> file (None: not written)."""
    copied: dict[str, str | None] = {}
    for output in run.outputs:
        found = sorted(scratch.glob(output.source))
        copied[output.name] = found[0].name if found else None
        for path in found:
            data = path.read_bytes()
            archive = path.suffix in (".whl", ".zip")
            (target / path.name).write_bytes(data if archive else without_machine(data, places))
    return copied


def without_machine(data: bytes, places: Mapping[str, str]) -> bytes:
    """Replace the machine's paths and name."""
    for path, placeholder in places.items():
        data = data.replace(path.encode(), placeholder.encode())
    data = data.replace(platform.release().encode(), b"RELEASE")
    return _HOST.sub(rb'\1host"', data.replace(platform.version().encode(), b"VERSION"))


def hidden(element: str, places: Mapping[str, str]) -> str:
    """Return an element of a command without machine paths."""
    return without_machine(element.encode(), places).decode()


def released(case: Case, base: Files, home: Path) -> dict[str, str]:
    """Write the files of the case's last release; the slot is "" where there is none."""
    if case.release is None:
        return {"release": ""}
    write(fresh(home / "release"), {**base, **case.release})
    directory = str(home / "release")
    return {
        "release": directory,
        "release_directory": directory,
        "release_version": "0.9.0",
        "release_tag": "v0.9.0",
    }


def fresh(directory: Path) -> Path:
    """Return an empty directory."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


if __name__ == "__main__":
    main(sys.argv[1:])
