"""Which modules go looks at in a run: those of the project, and nothing written into the tree.

Inside a workspace go adds the sums of what it loads to go.work.sum, whatever `-mod` says, and any
go.work above a module changes what the module is made of, also one that git ignores. So a module is
measured without a workspace, and a workspace from a copy of its go.work.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modfile import ModuleFile
from pytest_forge.toolchains.go.modules import read_file


@contextmanager
def own_workspace(context: Context) -> Iterator[Mapping[str, str]]:
    """Yield the slot `gowork`, the value of the variable GOWORK for each step of a run.

    It is "off" for a module; for a workspace it is a copy in the scratch directory, beside which go
    writes its sums. A vendored workspace is used as it stands: its sums are not asked for.
    """
    if PurePosixPath(context.project.manifest).name != "go.work":
        yield {"gowork": "off"}
    elif context.project.flag("vendored"):
        yield {"gowork": str(context.root / context.project.manifest)}
    else:
        yield {"gowork": str(_copy(context, context.scratch / "workspace"))}


def _copy(context: Context, place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    stated = read_file(context.tree, context.project.manifest)
    copy = place / "go.work"
    copy.write_text(elsewhere(stated, context.directory), encoding="utf-8")
    sums = context.directory / "go.work.sum"
    (place / "go.work.sum").write_bytes(sums.read_bytes() if sums.is_file() else b"")
    return copy


def elsewhere(stated: ModuleFile, directory: Path) -> str:
    """Return a go.work that means in any place what `stated` means in `directory`."""
    return "".join(
        " ".join((line.verb, *_words(line.verb, line.words, directory))) + "\n"
        for line in stated.lines
    )


def _words(verb: str, words: tuple[str, ...], directory: Path) -> Iterator[str]:
    """Quote every word (in Go and JSON alike) that may be a path, and make those absolute."""
    for word in words:
        if word == "=>" or verb not in ("use", "replace"):
            yield word
        elif verb == "use" or word.startswith(("./", "../")) or word in (".", ".."):
            yield json.dumps(str(directory / word), ensure_ascii=False)
        else:
            yield json.dumps(word)
