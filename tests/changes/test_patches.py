"""Patches that real git has printed: hunks are read by their numbers of lines."""

from toy_repository import Repository

from pytest_forge.changes.patches import OPTIONS, QUOTING, additions


def log(repository: Repository) -> dict[str, list[tuple[str, tuple[tuple[int, str], ...]]]]:
    """Return what each commit adds, by its subject."""
    text = repository.git(*QUOTING, "log", "--format=commit %H", "--cc", *OPTIONS)
    found: dict[str, list[tuple[str, tuple[tuple[int, str], ...]]]] = {}
    for one in additions(text):
        subject = repository.git("log", "-1", "--format=%s", one.commit).strip()
        found.setdefault(subject, []).append((one.path, one.lines))
    return found


def commit(repository: Repository, subject: str, **files: str) -> None:
    repository.write({f"{name}.py": text for name, text in files.items()})
    repository.git("add", "-A")
    repository.git("commit", "-qm", subject)


def test_a_log_tells_what_each_commit_adds(repository: Repository) -> None:
    commit(repository, "first", a="one\ntwo\n")
    commit(repository, "second", a="one\n2\ntwo\n3\n", b="commit " + "0" * 40 + "\n")
    commit(repository, "third", a="one\n3")
    repository.git("rm", "-q", "b.py")
    repository.git("commit", "-qm", "fourth")
    found = log(repository)
    del found["first"]  # it adds .gitignore as well
    assert found == {
        "second": [
            ("a.py", ((2, "2"),)),
            ("a.py", ((4, "3"),)),
            ("b.py", ((1, "commit " + "0" * 40),)),
        ],
        "third": [("a.py", ((2, "3"),))],
    }


def test_of_a_merge_only_what_neither_parent_holds_is_added(repository: Repository) -> None:
    commit(repository, "base", a="one\ntwo\nthree\n", b="b\n")
    repository.git("checkout", "-qb", "side")
    commit(repository, "side", a="one\nside\nthree\n", b="b\nside\n")
    repository.git("checkout", "-q", "main")
    commit(repository, "main", a="one\nmain\nthree\n")
    repository.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    commit(repository, "merge", a="one\nmain\nmerged\nside\nthree\n", b="b\nside\n")
    found = log(repository)
    assert found["merge"] == [("a.py", ((3, "merged"),))]
    assert found["side"] == [("a.py", ((2, "side"),)), ("b.py", ((2, "side"),))]


def test_a_patch_that_is_cut_off_ends(repository: Repository) -> None:
    commit(repository, "first", a="one\ntwo\n")
    commit(repository, "second", a="one\n2\n3\n")
    text = repository.git("diff", *OPTIONS, "HEAD~1")
    assert [one.lines for one in additions(text)] == [((2, "2"), (3, "3"))]
    assert [one.lines for one in additions(text.removesuffix("\n+3\n"))] == [((2, "2"),)]
