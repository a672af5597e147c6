"""What git tells of files that are gone."""

import shutil
from pathlib import Path

from toy_repository import Repository

from pytest_forge.baselines.moves import GitMoves

TEXT = "".join(f"line {number}\n" for number in range(10))


def moved(repository: Repository, text: str = TEXT) -> GitMoves:
    """Commit `old.py`, put `text` into `new.py` and remove the old one, without telling git."""
    repository.write({"old.py": TEXT}).commit()
    (repository.root / "old.py").unlink()
    repository.write({"new.py": text})
    return GitMoves(repository.root)


def test_a_file_that_is_there_is_not_gone(repository: Repository) -> None:
    moves = moved(repository)
    assert moves.is_gone("old.py")
    assert not moves.is_gone("new.py")


def test_a_moved_file_is_known_before_and_after_the_commit(repository: Repository) -> None:
    assert moved(repository).resembles("old.py", "new.py")
    repository.commit()
    assert GitMoves(repository.root).resembles("old.py", "new.py")


def test_it_may_have_been_changed_by_half(repository: Repository) -> None:
    half = TEXT.replace("line 1\n", "other\n").replace("line 2\n", "")
    assert moved(repository, half).resembles("old.py", "new.py")


def test_another_file_is_no_move(repository: Repository) -> None:
    other = TEXT[: len(TEXT) // 4] + "".join(f"other {number}\n" for number in range(10))
    assert moved(repository, other).resembles("old.py", "new.py") is False


def test_a_file_moved_twice_is_compared_with_what_it_was(repository: Repository) -> None:
    moved(repository)
    repository.commit()
    repository.git("mv", "new.py", "newest.py")
    repository.commit()
    assert GitMoves(repository.root).resembles("old.py", "newest.py")


def test_nobody_can_tell_of_a_file_that_git_never_had(repository: Repository) -> None:
    repository.write({"new.py": TEXT}).commit()
    assert GitMoves(repository.root).resembles("never.py", "new.py") is None


def test_nobody_can_tell_outside_git(repository: Repository, tmp_path: Path) -> None:
    moved(repository)
    shutil.rmtree(repository.root / ".git")
    assert GitMoves(repository.root).resembles("old.py", "new.py") is None


def test_a_name_that_git_would_take_for_a_pattern_is_none(repository: Repository) -> None:
    repository.write({"[o]ld*.py": TEXT}).commit()
    repository.git("mv", "[o]ld*.py", "new.py")
    repository.commit()
    assert GitMoves(repository.root).resembles("[o]ld*.py", "new.py")


def test_below_gits_top_level_paths_are_those_of_forges_root(repository: Repository) -> None:
    repository.write({"sub/old.py": TEXT}).commit()
    repository.git("mv", "sub/old.py", "sub/new.py")
    repository.commit()
    assert GitMoves(repository.root / "sub").resembles("old.py", "new.py")
