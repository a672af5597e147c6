"""Records what the tools of Python's column really print, for the tests of the formats.

    python scripts/record.py [RUN | RUN/CASE ...]

Each case is a small project (`scripts/recorded_cases.py`); the runs are those that the toolchain
declares, so that a recording shows exactly what a check would read. Everything is written to
`tests/recordings/python/<tool>-<version>/<case>/`: the outputs, and `case.json` with the commands,
their exit statuses and which file is which output. Machine paths become placeholders. Tools are
looked for as forge does it: install `black flake8 isort pyright` beside the extra `python`.
"""

import json
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pytest_forge.execution.execute import slot_values
from pytest_forge.execution.process import Captured, Processes, capture
from pytest_forge.execution.slots import fill, fill_text
from pytest_forge.execution.tools import Located, locate
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context, Run, Step
from pytest_forge.toolchains.python import TOOLCHAIN, tools
from pytest_forge.toolchains.repository import SECRETS, listed_files
from scripts.recorded_cases import BASE, CASES, FURTHER_RUNS, Case, advisory_server

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings" / "python"
RUNS = {run.name: run for run in (*TOOLCHAIN.runs, SECRETS, *FURTHER_RUNS) if isinstance(run, Run)}
_HOST = re.compile(rb'hostname="[^"]*"')


def main(wanted: list[str]) -> None:
    """Record every case that is wanted, by its run or as run/case (all where none is named)."""
    with tempfile.TemporaryDirectory(prefix="record-") as name, advisory_server() as port:
        home = Path(name).resolve()
        environment = make_environment(home)
        for case in CASES:
            if not wanted or {case.run, f"{case.run}/{case.name}"} & {*wanted}:
                record(case, home, environment, {"advisory-port": str(port)})


def make_environment(home: Path) -> Path:
    """Install the base project with what its tests need, and return the interpreter."""
    write(home / "base", BASE)
    place = home / "environment"
    python = place / "bin" / "python"
    uv = locate(tools.UV, "", Processes()).argv
    succeed((*uv, "venv", "--quiet", f"--python={sys.executable}", str(place)), home)
    needs = ("pytest", "coverage", "pytest-cov", "pytest-xdist", "--editable", str(home / "base"))
    succeed((*uv, "pip", "install", "--quiet", f"--python={python}", *needs), home)
    return python


def record(case: Case, home: Path, python: Path, slots: Mapping[str, str]) -> None:
    """Run one case and write its recording."""
    project = home / "base"
    shutil.rmtree(project)
    write(project, {**BASE, **case.files})
    scratch = fresh(home / "scratch")
    run = RUNS[case.run]
    given = {**slots, **released(case, home), "python": str(python), "snapshot": str(project)}
    context = context_of(project, scratch, given)
    with listed_files(context) as listed:
        context = replace(context, slots={**context.slots, **listed})
    located = {tool.name: locate(tool, str(python), Processes()) for tool in run.needs}
    statuses, commands = execute(run, case, context, located)
    version = next(iter(located.values())).version or case.version
    target = fresh(RECORDINGS / f"{run.name}-{version}" / case.name)
    places = {
        str(scratch): "/scratch",
        str(home / "release"): "/release",
        str(project): "/project",
        str(python.parent.parent): "/environment",
        str(home): "/home",
        **{str(Path(tool.argv[0]).parent.parent): "/tools" for tool in located.values()},
        str(Path(__file__).parent.parent): "/forge",
        sys.prefix: "/tools",
        sys.base_prefix: "/python",
        str(Path.home()): "/home",
    }
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


def context_of(project: Path, scratch: Path, slots: Mapping[str, str]) -> Context:
    """Return the context in which forge would run something of the project."""
    files = sorted(
        path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()
    )
    tree = Tree(project, tuple(files))
    manifest = next(name for name in ("pyproject.toml", "setup.py") if tree.has(name))
    found = TOOLCHAIN.inspect(tree, manifest)
    assert isinstance(found, Project), found
    return Context(found, ProjectSettings(), tree, project, project, scratch, slots)


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
        directory = Path(fill_text(run.directory, values))
        done = capture(argv, directory, 300.0, {"COLUMNS": "80", **extra})
        keep(done, context.scratch)
        statuses.append(done.status)
        commands.append(argv)
    return statuses, commands


def command_of(step: Step, context: Context) -> tuple[str, ...]:
    """Return a step's command with its slots."""
    return step.argv(context) if callable(step.argv) else step.argv


def keep(done: Captured, scratch: Path) -> None:
    """Keep the streams as the engine does: those of the last step remain."""
    for name, text in (("stdout", done.stdout), ("stderr", done.stderr)):
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
            clean = data if path.suffix == ".whl" else without_machine(data, places)
            (target / path.name).write_bytes(clean)
    return copied


def without_machine(data: bytes, places: Mapping[str, str]) -> bytes:
    """Replace the machine's paths and name."""
    for path, placeholder in places.items():
        data = data.replace(path.encode(), placeholder.encode())
    data = data.replace(platform.release().encode(), b"RELEASE")
    return _HOST.sub(b'hostname="host"', data.replace(platform.version().encode(), b"VERSION"))


def hidden(element: str, places: Mapping[str, str]) -> str:
    """Return an element of a command without machine paths."""
    return without_machine(element.encode(), places).decode()


def released(case: Case, home: Path) -> dict[str, str]:
    """Write the files of the case's last release; the slot is "" where there is none."""
    if case.release is None:
        return {"release": ""}
    write(fresh(home / "release"), {**BASE, **case.release})
    directory = str(home / "release")
    return {"release": directory, "release_version": "0.9.0", "release_tag": "v0.9.0"}


def write(directory: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write files; one whose content is None is left out."""
    for name, content in files.items():
        if content is None:
            continue
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def fresh(directory: Path) -> Path:
    """Return an empty directory."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


def succeed(argv: tuple[str, ...], directory: Path) -> None:
    """Run a command that must succeed."""
    done = capture(argv, directory, 300.0)
    if done.status != 0:
        sys.exit(f"{' '.join(argv)}: {done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1:])
