"""What new commits have added, also where a later one has taken it out again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pytest_forge.changes.changed import Changes
from pytest_forge.changes.patches import OPTIONS, QUOTING, Addition, additions
from pytest_forge.errors import NoReference
from pytest_forge.git import GitError, git
from pytest_forge.listing import FORGE_DIRECTORY
from pytest_forge.projects import Tree
from pytest_forge.repository import split_excluded
from pytest_forge.toolchains.declarations import Context

_SECONDS = 600.0


@contextmanager
def added_lines(context: Context) -> Iterator[Mapping[str, str]]:
    """Write the lines that each commit since the merge base adds, for the slot `commits`.

    The file is JSON: a list of [commit, path, [[number, text], ...]]. The slot is "" where the run
    is not about changes. Raises `NoReference` where git can't show the commits.
    """
    if context.changes is None:
        yield {"commits": ""}
        return
    written = context.scratch / "commits"
    try:
        added = [[one.commit, one.path, one.lines] for one in _added(context, context.changes)]
    except GitError as error:
        mend = f"run `git log -p {context.changes.base[:12]}..HEAD` by hand"
        raise NoReference(f"the new commits can't be read: {error}", mend) from error
    written.write_text(json.dumps(added), encoding="ascii")
    yield {"commits": str(written)}


def _added(context: Context, changes: Changes) -> Iterator[Addition]:
    """Yield what is added; of a merge only what neither of its parents holds."""
    settings = (*QUOTING, "-c", "log.showRoot=true", "-c", "log.showSignature=false")
    what = ("--format=commit %H", "--cc", "--text", *OPTIONS, f"{changes.base}..HEAD", "--")
    found = list(additions(git(context.root, *settings, "log", *what, timeout=_SECONDS)))
    paths = Tree(context.root, tuple({one.path for one in found}))
    kept = split_excluded(paths, changes.exclude)[0]
    for one in found:
        if one.lines and kept.has(one.path) and FORGE_DIRECTORY not in one.path.split("/"):
            yield one
