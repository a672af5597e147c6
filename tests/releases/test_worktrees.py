"""Worktrees: shared while they are in use, made again where damaged, removed at the end."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tagged_repository import Repository

from pytest_forge.releases.comparing import (
    release_worktree,
)
from pytest_forge.releases.worktrees import remove_worktrees


def test_every_comparison_shares_one_worktree(repository: Repository) -> None:
    def path() -> str:
        with release_worktree(repository.context()) as slots:
            return slots["release"]

    with ThreadPoolExecutor(4) as pool:
        paths = {future.result() for future in [pool.submit(path) for _ in range(4)]}
    assert len(paths) == 1
    assert repository.git("worktree", "list").count("\n") == 2


def test_an_incomplete_worktree_is_made_again(repository: Repository) -> None:
    for damage in ("kit.py", ".git"):
        with release_worktree(repository.context()) as slots:
            (Path(slots["release"]) / damage).unlink()
        with release_worktree(repository.context()) as slots:
            assert (Path(slots["release"]) / "kit.py").read_text(encoding="utf-8") == "second"
    remove_worktrees(repository.root)
    assert repository.git("worktree", "list").count("\n") == 1


def test_the_users_checkout_hook_does_not_run(repository: Repository) -> None:
    hook = repository.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {repository.root}/hooked\n", encoding="utf-8")
    hook.chmod(0o755)
    with release_worktree(repository.context()):
        assert not (repository.root / "hooked").exists()


def test_removing_without_worktrees_does_nothing(tmp_path: Path) -> None:
    remove_worktrees(tmp_path)
    assert list(tmp_path.iterdir()) == []
