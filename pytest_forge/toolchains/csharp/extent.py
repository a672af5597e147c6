"""Which C# files belong to which project, and which of them ship."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from pytest_forge.projects import Tree
from pytest_forge.toolchains.csharp.msbuild import Stated
from pytest_forge.toolchains.reading import decoded

_BUILT = frozenset({"bin", "obj"})
_GENERATED_NAME = re.compile(r"\.(?:g|designer|generated)(?:\.i)?\.cs$", re.IGNORECASE)
# What Roslyn itself takes for the mark of generated code.
_GENERATED_MARK = re.compile(r"<auto-?generated", re.IGNORECASE)
_TOP = 1000
_METRICS_NAME = "CodeMetricsConfig.txt"
_EVERY = re.compile(r"^\s*CA1502(?:\(Method\))?\s*:\s*0\s*$", re.MULTILINE)


def sources(tree: Tree, projects: Iterable[Stated]) -> tuple[str, ...]:
    """Return the C# files in the projects' directories, each once, as paths below forge's root.

    A file belongs to the innermost project around it; the directories of builds hold none.
    """
    owned = tuple(projects)
    others = {posixpath.dirname(path) for path in tree.files if path.endswith(".csproj")}
    found: dict[str, None] = {}
    for one in owned:
        inner = others - {_bare(one.directory)}
        for path in tree.below(one.directory):
            if path.endswith(".cs") and not _is_elsewhere(path, one.directory, inner):
                found[path] = None
    return tuple(found)


def generated(tree: Tree, paths: Sequence[str]) -> tuple[str, ...]:
    """Return those of the files that nobody has written: by their names, or by their first lines.

    These are the signs that Roslyn goes by too.
    """
    return tuple(
        path
        for path in paths
        if _GENERATED_NAME.search(path) or _GENERATED_MARK.search(decoded(tree.read(path))[:_TOP])
    )


def own_metrics(tree: Tree) -> tuple[str, ...]:
    """Return the files of thresholds that keep the analyzers from telling of every function.

    The compiler takes the first of its name: a project's own one stands above forge's.
    """
    named = (path for path in tree.files if PurePosixPath(path).name == _METRICS_NAME)
    return tuple(path for path in named if not _EVERY.search(decoded(tree.read(path))))


def _is_elsewhere(path: str, directory: str, inner: Iterable[str]) -> bool:
    below = PurePosixPath(path).relative_to(_bare(directory) or ".")
    if _BUILT & set(below.parts[:-1]):
        return True
    own = _bare(directory)
    return any(path.startswith(f"{place}/") and len(place) > len(own) for place in inner if place)


def _bare(directory: str) -> str:
    return "" if directory == "." else directory
