"""Cargo.lock for a project that keeps none in its tree: lent for a run, taken back behind it.

Cargo writes a lock beside the workspace's manifest wherever one is missing, and until 1.97 there
is no stable way to tell it another place. So the lock lives in the project's cache below `.forge/`
and stands in the tree only while runs need it. It bears a mark, a comment that cargo keeps: by
that a lock that a killed run has left is known, by discovery and by the next run.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pytest_forge.locks import lock, try_lock
from pytest_forge.toolchains.declarations import Context

NAME = "Cargo.lock"
MARK = b"# Lent by pytest-forge for the time of a run; it may be deleted."


@contextmanager
def lent_lockfile(context: Context) -> Iterator[Mapping[str, str]]:
    """Have a Cargo.lock in the project's directory while a run resolves its dependencies.

    A lock of the user's own, tracked or ignored by git, stays as it is. Runs of one project may
    overlap, in other processes too: the first one lends and the last one takes back. No slot is
    added.
    """
    path, kept = context.directory / NAME, context.cache / NAME
    changing, in_use = context.cache / "lock-changing", context.cache / "lock-in-use"
    with ExitStack() as use:
        with lock(changing):
            if not _is_the_users(path):
                _lend(path, kept)
                use.enter_context(lock(in_use, shared=True))
        try:
            yield {}
        finally:
            with lock(changing):
                use.close()
                _take_back(path, kept, in_use)


def is_lent(content: bytes) -> bool:
    """Tell whether a Cargo.lock with this content is forge's, and not the project's."""
    return MARK in content


def _is_the_users(path: Path) -> bool:
    return path.exists() and not is_lent(path.read_bytes())


def _lend(path: Path, kept: Path) -> None:
    """Put the lock of the run before into the tree, or an empty one that cargo fills."""
    if path.exists():
        return
    # Made whole beside the kept one: a file without its mark would be taken for the user's.
    made = kept.with_name(f"{NAME}.lent")
    made.write_bytes(kept.read_bytes() if kept.exists() else MARK + b"\n")
    shutil.move(made, path)


def _take_back(path: Path, kept: Path, in_use: Path) -> None:
    """Move a lent lock out of the tree, unless another run still needs it."""
    if not path.exists() or _is_the_users(path):
        return
    nobody = try_lock(in_use)
    if nobody is not None:
        shutil.move(path, kept)
        nobody.release()
