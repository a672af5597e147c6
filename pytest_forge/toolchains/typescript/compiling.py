"""What the compiler is given: a configuration of the project's, or one that parses JavaScript.

Projects that refer to each other can only be built, which writes files: that is done in a copy.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pytest_forge.errors import NothingMeasured
from pytest_forge.execution.snapshot import snapshot
from pytest_forge.model import Finding, Report
from pytest_forge.projects import Project
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.workspace import join

# No import is followed and nothing of types is asked: only what can't be read is told.
_SYNTAX_ONLY = {
    "allowJs": True,
    "checkJs": False,
    "jsx": "preserve",
    "lib": ["esnext"],
    "module": "esnext",
    "moduleDetection": "auto",
    "noEmit": True,
    "noResolve": True,
    "target": "esnext",
    "types": [],
}
# Where a file says that it has Flow's types: in a comment at its beginning.
_FLOW = re.compile(rb"\A\s*(?:/\*(?:(?!\*/).)*|//[^\n]*)(?<!\S)@flow\b", re.DOTALL)
_SEMANTIC_FROM, _SEMANTIC_TO = 2000, 5000
_UNRESOLVED = frozenset({2305, 2306, 2307, 2688, 2792})


def configurations(project: Project, settings: ProjectSettings) -> tuple[str, ...]:
    """Return the configurations to compile by, one by one where there are several."""
    found = project.words("tsconfigs")
    return found if len(found) > 1 else ("",)


@contextmanager
def compiled_place(context: Context) -> Iterator[Mapping[str, str]]:
    """Yield `config`, what to compile by, and `place`, where to.

    Raises `NothingMeasured` for TypeScript without a configuration.
    """
    chosen = context.variant or next(iter(context.project.words("tsconfigs")), "")
    with ExitStack() as stack:
        place = context.directory
        slots: dict[str, str] = {}
        if chosen in context.project.words("references"):
            slots |= stack.enter_context(snapshot(context))
            place = Path(slots["snapshot"])
            lend_modules(context, context.directory, place)
        config = place / chosen if chosen else _written(context)
        yield {**slots, "config": str(config), "place": str(place)}


def _written(context: Context) -> Path:
    """Write a configuration for the project's own files, and return its path."""
    if context.project.flag("typescript"):
        raise NothingMeasured(
            "there is TypeScript, but no tsconfig.json and no script that names one",
            "add a tsconfig.json (`npx tsc --init`)",
        )
    files = context.project.words("sources")
    if not files:
        raise NothingMeasured("no JavaScript file ships", "exempt the gate")
    _refuse_flow(context, files)
    path = context.scratch / "tsconfig.json"
    document = {
        "compilerOptions": _SYNTAX_ONLY,
        "files": [str(context.directory / name) for name in files],
    }
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return path


def _refuse_flow(context: Context, files: tuple[str, ...]) -> None:
    """Refuse what is not JavaScript: Flow's types look like errors of syntax."""
    places = {name: join(context.project.directory, name) for name in files}
    known = (name for name, place in places.items() if context.tree.has(place))
    written = [name for name in known if _FLOW.search(context.tree.read(places[name]))]
    if written:
        raise NothingMeasured(
            f"{written[0]} is written in Flow, which nothing here can read",
            'say so: exempt.compilation = "..."',
        )


def lend_modules(context: Context, origin: Path, place: Path) -> None:
    """Show the installed packages in another tree; members of the workspace lead into that tree."""
    for package in context.project.words("packages"):
        modules = origin / package / "node_modules"
        if modules.is_dir() and (place / package).is_dir():
            _lend(modules, place / package / "node_modules", origin, place)


def _lend(modules: Path, target: Path, origin: Path, place: Path) -> None:
    if target.is_symlink() or target.exists():
        return
    target.mkdir()
    # Also where the project does not ignore it, git lists nothing of this.
    (target / ".gitignore").write_text("*\n", encoding="utf-8")
    for entry in modules.iterdir():
        if entry.name.startswith("@") and entry.is_dir() and not entry.is_symlink():
            _lend(entry, target / entry.name, origin, place)
        elif entry.name != ".gitignore":
            lent = _lent(entry, origin, place)
            (target / entry.name).symlink_to(lent, target_is_directory=lent.is_dir())


def _lent(entry: Path, origin: Path, place: Path) -> Path:
    """Return where an installed package is: a member of the workspace is that of the other tree."""
    real = Path(os.path.realpath(entry))
    own = real.is_relative_to(origin) and "node_modules" not in real.relative_to(origin).parts
    return place / real.relative_to(origin) if own else entry


def compile_command(context: Context) -> tuple[str, ...]:
    """Return the command that compiles: a build where there are references, else a check."""
    chosen = context.variant or next(iter(context.project.words("tsconfigs")), "")
    shown: tuple[str, ...] = ("--pretty", "false", "--listFiles", "--diagnostics")
    if chosen in context.project.words("unchecked"):
        # The project builds without looking at types; they are what is asked for here.
        shown = (*shown, "--noCheck", "false")
    if chosen in context.project.words("references"):
        return ("{tool}", "--build", "{config}", *shown)
    return ("{tool}", "--project", "{config}", "--noEmit", "--incremental", "false", *shown)


def as_compilation(report: Report) -> Report:
    """Keep what keeps the code from being read and linked: syntax, options, missing modules."""
    kept = tuple(one for one in report.findings if not _is_semantic(one))
    return replace(report, findings=kept)


def as_types(report: Report) -> Report:
    """Keep the errors in types; what can't be read at all is the compilation's."""
    kept = (one for one in report.findings if _is_semantic(one))
    findings = tuple(replace(one, measure="type.errors") for one in kept)
    return replace(report, findings=findings)


def _is_semantic(finding: Finding) -> bool:
    """Tell an error in types by the compiler's own ranges (diagnosticMessages.json)."""
    code = int(finding.rule.removeprefix("TS"))
    if code in _UNRESOLVED:
        return False
    in_ranges = _SEMANTIC_FROM <= code < _SEMANTIC_TO or 7000 <= code < 8000
    return in_ranges or 9000 <= code < 10000 or 18046 <= code < 18060
