"""Which modules go looks at in a run: those of the project, and nothing written into the tree.

Inside a workspace go adds the sums of what it loads to go.work.sum, whatever `-mod` says, and any
go.work above a module changes what the module is made of, also one that git ignores. So a module is
measured without a workspace, and a workspace from a copy of its go.work.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.errors import NotPrepared
from pytest_forge.projects import Tree
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modfile import ModuleFile
from pytest_forge.toolchains.go.modules import read_file


@contextmanager
def own_workspace(context: Context) -> Iterator[Mapping[str, str]]:
    """Yield the slot `gowork`, the value of the variable GOWORK for each step of a run.

    It is "off" for a module; for a workspace it is a copy in the scratch directory, beside which go
    writes its sums. A vendored workspace is used as it stands: its sums are not asked for. Raises
    `NotPrepared` where a module that it uses is not there.
    """
    yield {"gowork": _gowork(context, context.root)}


@contextmanager
def workspaces(context: Context) -> Iterator[Mapping[str, str]]:
    """Yield `gowork`, and `release_gowork` for what stands in the last release's worktree.

    Comes after the manager of that worktree. A release that had no workspace yet has none. Modules
    outside of forge's root are for both those that stand there now.
    """
    release = Path(context.slots["release"])
    before = replace(
        context,
        tree=Tree(release, ()),
        root=release,
        directory=release / context.project.directory,
        scratch=context.scratch / "before",
    )
    had_it = (release / context.project.manifest).is_file()
    then = _gowork(before, context.root) if had_it else "off"
    yield {"gowork": _gowork(context, context.root), "release_gowork": then}


@contextmanager
def released_module(context: Context) -> Iterator[Mapping[str, str]]:
    """Yield `module_directory`, where the module that is released stands."""
    yield {"module_directory": str(context.root / context.released.directory)}


def _gowork(context: Context, origin: Path) -> str:
    """Return the value of GOWORK; `origin` is where forge's root really stands."""
    project = context.project
    if PurePosixPath(project.manifest).name != "go.work":
        return "off"
    stated = read_file(context.tree, project.manifest)

    def place(path: str) -> Path:
        inside = Path(os.path.normpath(context.directory / path))
        if inside.is_relative_to(context.root):
            return inside
        return Path(os.path.normpath(origin / project.directory / path))

    for path in stated.paths("use"):
        if not (place(path) / "go.mod").is_file():
            raise NotPrepared(
                f"{project.manifest} uses {path}, but {place(path) / 'go.mod'} is not there",
                "check that module out, or take it out of go.work",
            )
    if project.flag("vendored"):
        return str(context.root / project.manifest)
    return str(_copy(context, elsewhere(stated, place)))


def _copy(context: Context, text: str) -> Path:
    copy = context.scratch / "workspace" / "go.work"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text, encoding="utf-8")
    sums = context.directory / "go.work.sum"
    copy.with_name("go.work.sum").write_bytes(sums.read_bytes() if sums.is_file() else b"")
    return copy


def elsewhere(stated: ModuleFile, place: Callable[[str], Path]) -> str:
    """Return a go.work that means anywhere what `stated` means where `place` finds its paths."""
    return "".join(
        " ".join((line.verb, *_words(line.verb, line.words, place))) + "\n" for line in stated.lines
    )


def _words(verb: str, words: tuple[str, ...], place: Callable[[str], Path]) -> Iterator[str]:
    """Quote every word (in Go and JSON alike) that may be a path, and make those absolute."""
    for word in words:
        if word == "=>" or verb not in ("use", "replace"):
            yield word
        elif verb == "use" or word.startswith(("./", "../")) or word in (".", ".."):
            yield json.dumps(str(place(word)), ensure_ascii=False)
        else:
            yield json.dumps(word)
