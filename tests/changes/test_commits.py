"""Secrets in the commits of a change, also those that a later commit has taken out again."""

import pytest
from toy_repository import Ran, Repository, branched
from toy_runs import forge

AWS = "AKIA" + "Z7Q4XM2PLN5RTW8C"
GITLAB = "glpat-" + "a1B2c3D4e5F6g7H8i9J0"
KEY = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n"


def committed(repository: Repository, name: str, text: str) -> str:
    """Write and commit one file; return the commit, shortened as in reports."""
    repository.write({name: text}).commit()
    return repository.git("rev-parse", "HEAD").strip()[:12]


def scanned(repository: Repository, *arguments: str) -> Ran:
    return forge(repository, *arguments, "-k", "secrets")


def findings(ran: Ran) -> set[tuple[str, str, int | None, str]]:
    found = ran.check("::security::secrets")["findings"]
    return {(one["measure"], one["path"], one["line"], one["message"]) for one in found}


@pytest.fixture
def old(repository: Repository) -> Repository:
    """Return a repository with a secret on main, and a branch checked out."""
    return branched(repository.toy().write({"old.txt": f"{AWS}\n", "a.txt": "a\n"}))


def test_what_was_added_and_taken_out_again_is_found_with_its_commit(old: Repository) -> None:
    first = committed(old, "a.txt", f"a\nb\n{AWS}\n")
    committed(old, "a.txt", "a\n")
    gone = committed(old, "deep/gone.txt", KEY)
    old.git("rm", "-q", "deep/gone.txt")
    old.git("commit", "-qm", "Gone")
    ran = scanned(old, "--forge-since", "main")
    assert ran.status == 1
    assert findings(ran) == {
        ("secrets", "old.txt", 1, "possible secret: AWS Access Key"),
        (
            "secrets.committed",
            "a.txt",
            None,
            f"possible secret: AWS Access Key, on line 3 of what commit {first} adds",
        ),
        (
            "secrets.committed",
            "deep/gone.txt",
            None,
            f"possible secret: Private Key, on line 1 of what commit {gone} adds",
        ),
    }
    held = {one["path"]: one["held_by"] for one in ran.check("::secrets")["findings"]}
    assert held == {"old.txt": "unchanged", "a.txt": None, "deep/gone.txt": None}
    assert AWS not in ran.stdout + (old.root / ".forge/reports/report.json").read_text()


def test_without_a_revision_only_the_tree_is_searched(old: Repository) -> None:
    committed(old, "a.txt", f"{GITLAB}\n")
    committed(old, "a.txt", "a\n")
    assert {one[:2] for one in findings(scanned(old))} == {("secrets", "old.txt")}


def test_what_still_stands_is_told_once_and_what_is_allowed_not_at_all(old: Repository) -> None:
    committed(old, "a.txt", f"a\n{GITLAB}\n")
    committed(old, "b.txt", f"{AWS}\n")
    committed(old, "b.txt", f"{AWS}  # pragma: allowlist secret\n")
    committed(old, "c.txt", f"{AWS}  # pragma: allowlist secret\n")
    committed(old, "c.txt", "")
    ran = scanned(old, "--forge-since", "main")
    assert {one[:3] for one in findings(ran)} == {
        ("secrets", "old.txt", 1),
        ("secrets", "a.txt", 2),
    }
    assert ran.status == 1


def test_what_main_holds_or_what_is_excluded_is_not_brought(old: Repository) -> None:
    committed(old, "third/x.txt", f"{GITLAB}\n")
    committed(old, "third/x.txt", "")
    old.git("checkout", "-q", "main")
    committed(old, "of_main.txt", f"{GITLAB}\n")
    old.write({"forge.toml": 'exclude = ["third"]\n'}).commit()
    old.git("checkout", "-q", "branch")
    old.git("merge", "-q", "--no-edit", "main")
    ran = scanned(old, "--forge-since", "main")
    assert ran.status == 0, ran.stdout
    assert {one[:2] for one in findings(ran)} == {
        ("secrets", "old.txt"),
        ("secrets", "of_main.txt"),
    }
