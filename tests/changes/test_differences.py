"""What was changed since a revision, read from real repositories."""

import os
from pathlib import Path

import pytest
from toy_repository import Repository

from pytest_forge.changes.changed import WHOLE, Changes
from pytest_forge.changes.differences import changes_since
from pytest_forge.errors import ConfigurationError

TEN = "".join(f"line {number}\n" for number in range(1, 11))


def edited(text: str, *numbers: int) -> str:
    """Return `text` with other words on some of its lines."""
    lines = text.splitlines(keepends=True)
    for number in numbers:
        lines[number - 1] = f"other {number}\n"
    return "".join(lines)


def changed(repository: Repository, revision: str = "main") -> Changes:
    return changes_since(repository.root, revision)


def branched(repository: Repository, **files: str) -> Repository:
    """Commit files on main, and start a branch."""
    repository.write({name.replace("__", "."): text for name, text in files.items()})
    repository.commit().git("checkout", "-qb", "branch")
    return repository


def test_lines_of_commits_and_of_the_working_tree_count_from_the_merge_base(
    repository: Repository,
) -> None:
    branched(repository, a__py=TEN, b__py=TEN, c__py=TEN)
    repository.write({"a.py": edited(TEN, 2, 3, 9)}).commit()
    repository.write({"b.py": edited(TEN, 1)}).git("add", "-A")
    repository.write({"c.py": TEN + "more\n", "new.py": TEN, "executions.log": "ignored\n"})
    repository.git("stash", "-q", "-u")
    repository.git("checkout", "-q", "main")
    repository.write({"c.py": edited(TEN, 5), "of_main.py": TEN}).commit()
    repository.git("checkout", "-q", "branch")
    repository.git("stash", "pop", "-q")
    found = changed(repository)
    assert found.files == {
        "a.py": ((2, 3), (9, 9)),
        "b.py": ((1, 1),),
        "c.py": ((11, 11),),
        "new.py": WHOLE,
    }
    assert found.base == repository.git("merge-base", "main", "HEAD").strip()
    assert found.gone == ()
    assert found.touches("a.py", 1, 2)
    assert not found.touches("a.py", 4, 8)
    assert found.lines("a.py", frozenset({1, 2, 9})) == {2, 9}
    assert not found.touches("of_main.py", 1, 10)


def test_a_file_that_only_lost_lines_is_changed_and_has_no_changed_line(
    repository: Repository,
) -> None:
    branched(repository, a__py=TEN)
    repository.write({"a.py": TEN.replace("line 4\n", "")})
    assert changed(repository).files == {"a.py": ()}


def test_renamed_deleted_and_moved_files(repository: Repository) -> None:
    branched(repository, a__py=TEN, b__py=TEN + "b\n", c__py="gone\n", d__py="d\n")
    (repository.root / "sub").mkdir()
    repository.git("mv", "a.py", "sub/a.py")
    repository.git("mv", "b.py", "bb.py")
    repository.git("rm", "-q", "c.py")
    repository.git("rm", "-q", "--cached", "d.py")
    repository.write({"bb.py": edited(TEN, 7) + "b\n"})
    found = changed(repository)
    assert found.files == {"sub/a.py": (), "bb.py": ((7, 7),), "d.py": WHOLE}
    assert sorted(found.gone) == ["a.py", "b.py", "c.py", "d.py"]
    assert set(found.paths) == {*found.files, *found.gone}


def test_crlf_counts_lines_as_git_does(repository: Repository) -> None:
    repository.git("config", "core.autocrlf", "false")
    text = TEN.replace("\n", "\r\n")
    (repository.root / "a.txt").write_bytes(text.encode())
    repository.commit().git("checkout", "-qb", "branch")
    other = text.replace("line 3\r\n", "line\r3\f\x85\r\n").replace("line 8\r\n", "line 8\n")
    (repository.root / "a.txt").write_bytes(other.encode())
    assert changed(repository).files == {"a.txt": ((3, 3), (8, 8))}


def test_what_git_cannot_compare_by_lines_is_changed_as_a_whole(repository: Repository) -> None:
    repository.write({".gitattributes": "*.lock -diff\n", "a.lock": TEN, "script": TEN})
    (repository.root / "a.bin").write_bytes(b"\0\1\2")
    (repository.root / "link").symlink_to("script")
    repository.commit().git("checkout", "-qb", "branch")
    (repository.root / "a.bin").write_bytes(b"\0\1\2\3")
    (repository.root / "empty").touch()
    (repository.root / "script").chmod(0o755)
    repository.write({"a.lock": edited(TEN, 4)}).git("add", "-A")
    repository.git("mv", "link", "linked")
    found = changed(repository)
    assert found.files == {
        "a.bin": WHOLE,
        "a.lock": WHOLE,
        "empty": WHOLE,
        "script": (),
        "linked": WHOLE,
    }


@pytest.mark.parametrize(
    "name",
    [
        "with space.py",
        'quo"ted\\.py',
        "tab\there.py",
        "new\nline.py",
        "Übung.py",
        "-leading.py",
        "a/b/c.py",
        os.fsdecode(b"latin-\xe9.py"),
    ],
)
def test_every_name_that_git_can_hold(repository: Repository, name: str) -> None:
    repository.write({name: TEN}).commit().git("checkout", "-qb", "branch")
    repository.write({name: edited(TEN, 6)})
    found = changed(repository)
    assert found.files == {name: ((6, 6),)}
    assert Changes.loads(found.dumps()) == found
    assert found.dumps().isascii()


def test_lines_that_look_like_a_patch_are_lines(repository: Repository) -> None:
    tricky = "-- a/x\n++ b/y.py\n@@ -1 +1 @@\ndiff --git a/x b/x\n\\ No newline\n"
    branched(repository, a__txt=TEN, b__txt=TEN)
    repository.write({"a.txt": tricky + TEN + tricky, "b.txt": edited(TEN, 10).rstrip("\n")})
    assert changed(repository).files == {"a.txt": ((1, 5), (16, 20)), "b.txt": ((10, 10),)}


def test_the_users_settings_of_git_change_nothing(repository: Repository) -> None:
    branched(repository, a__py=TEN, b__py=TEN)
    repository.write({"a.py": edited(TEN, 2, 4)}).git("mv", "b.py", "c.py")
    settings = {
        "color.ui": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.context": "5",
        "diff.interHunkContext": "5",
        "diff.renames": "false",
        "diff.external": "false",
        "diff.suppressBlankEmpty": "true",
        "core.quotePath": "true",
    }
    for name, value in settings.items():
        repository.git("config", name, value)
    assert changed(repository).files == {"a.py": ((2, 2), (4, 4)), "c.py": ()}


def test_below_a_root_that_is_not_gits_top_only_what_lies_there_counts(
    repository: Repository,
) -> None:
    repository.write({"sdk/a.py": TEN, "b.py": TEN}).commit()
    repository.git("mv", "b.py", "sdk/b.py")
    repository.write({"sdk/a.py": edited(TEN, 3), "sdk/n.py": "", "c.py": ""})
    found = changes_since(repository.root / "sdk", "HEAD")
    assert found.files == {"a.py": ((3, 3),), "b.py": ((1, 10),), "n.py": WHOLE}


def test_the_files_of_submodules_and_of_repositories_within(
    repository: Repository, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    inner = Repository(tmp_path / "inner")
    inner.git("init", "-q", "-b", "main")
    inner.write({"x.py": TEN, "y.py": TEN}).commit()
    allowed = ("-c", "protocol.file.allow=always")
    for place in ("moved", "dirty", "same", "elsewhere"):
        repository.git(*allowed, "submodule", "--quiet", "add", str(inner.root), place)
    repository.commit().git("checkout", "-qb", "branch")
    moved = Repository(repository.root / "moved")
    moved.write({"x.py": edited(TEN, 5)}).commit()
    Repository(repository.root / "dirty").write({"y.py": edited(TEN, 2), "new.py": ""})
    repository.git("submodule", "--quiet", "deinit", "-f", "elsewhere")
    repository.git(*allowed, "submodule", "--quiet", "add", str(inner.root), "added")
    repository.git("clone", "-q", str(inner.root), "within")
    repository.git("worktree", "add", "-q", "--detach", "second", "main")
    found = changed(repository)
    assert {path: lines for path, lines in found.files.items() if path != ".gitmodules"} == {
        "moved/x.py": ((5, 5),),
        "dirty/y.py": ((2, 2),),
        "dirty/new.py": WHOLE,
        "added/x.py": WHOLE,
        "added/y.py": WHOLE,
        "within/x.py": WHOLE,
        "within/y.py": WHOLE,
    }
    assert sorted(found.gone) == ["added", "dirty", "moved"]


def test_paths_can_be_left_out(repository: Repository) -> None:
    branched(repository, a__py=TEN, b__py=TEN, c__py=TEN)
    repository.write({"a.py": "", "b.py": ""}).git("rm", "-q", "c.py")
    found = changed(repository).within(lambda path: path == "a.py")
    assert found.paths == ("a.py",)


def refusal(root: Path, revision: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        changes_since(root, revision)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"--forge-since {revision}: ")
    return text


def test_what_cannot_be_compared_with_names_the_command_that_mends_it(
    repository: Repository, tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    assert "no git work tree" in refusal(tmp_path / "plain", "main")
    assert "there is no commit yet" in refusal(repository.root, "main")
    repository.write({"a.py": TEN}).commit()
    assert "`git branch -a` lists" in refusal(repository.root, "other")
    assert "`git branch -a` lists" in refusal(repository.root, "--output=x")
    repository.write({"a.py": ""}).commit()
    repository.git("checkout", "-q", "--orphan", "alone")
    repository.commit()
    assert "no commit in common with HEAD; name a revision" in refusal(repository.root, "main")


def test_in_a_clone_the_line_names_what_to_fetch(repository: Repository, tmp_path: Path) -> None:
    for number in range(3):
        repository.write({"a.py": f"{number}\n"}).commit()
    repository.git("branch", "other")
    repository.write({"a.py": "more\n"}).commit()
    url = repository.root.as_uri()
    repository.git("clone", "-q", "--depth=1", "--no-single-branch", url, str(tmp_path / "shallow"))
    shallow = tmp_path / "shallow"
    assert "run `git fetch --unshallow`" in refusal(shallow, "HEAD~1")
    assert "in this shallow clone; run `git fetch --unshallow`" in refusal(shallow, "origin/other")
    repository.git("clone", "-q", url, str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    assert "origin/other is there: name that" in refusal(clone, "other")
    assert "run `git fetch origin lost`" in refusal(clone, "origin/lost")
    assert "run `git fetch origin lost` and name origin/lost" in refusal(clone, "lost")
    Repository(clone).git("fetch", "-q", "origin")
    assert changes_since(clone, "origin/other").files == {"a.py": ((1, 1),)}
