"""A copy of the working tree whose path is as long as that of a commit's worktree.

Where a program lies moves its heap and its stack, and with them the instructions that it takes
(decision 0010): two trees are counted in paths of one length.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_forge.git import git, is_repository
from pytest_forge.releases.worktrees import WORKTREE_NAME, worktrees_in_use

_NAME = "head".ljust(WORKTREE_NAME, "-")


@contextmanager
def working_copy(root: Path) -> Iterator[Path]:
    """Have a copy of the files that git tracks or does not ignore: yields forge's root in it.

    It is removed with the worktrees. Outside git, where there is no base commit either, it is the
    working tree itself.
    """
    if not is_repository(root):
        yield root
        return
    top = Path(git(root, "rev-parse", "--show-toplevel").rstrip("\n"))
    with worktrees_in_use(root) as place:
        shutil.rmtree(place / _NAME, ignore_errors=True)
        _copied(top, place / _NAME)
        yield place / _NAME / git(root, "rev-parse", "--show-prefix").rstrip("\n")


def _copied(top: Path, copy: Path) -> None:
    copy.mkdir(parents=True)
    listed = git(top, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    for path in dict.fromkeys(filter(None, listed)):
        # A submodule is a directory, which a worktree does not fill either.
        if os.path.lexists(top / path) and (not (top / path).is_dir() or (top / path).is_symlink()):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(top / path, copy / path, follow_symlinks=False)
