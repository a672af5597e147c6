"""Runs of the toy's toolchain that look at what was changed alone."""

import pytest
from toy_repository import Ran, Repository, branched
from toy_runs import forge


def projects(ran: Ran) -> list[str]:
    """Return the manifests of the projects that were checked, the repository's own checks aside."""
    names = [name for name in ran.outcomes() if "::toy-" in name]
    return sorted({name.partition("::")[0] for name in names})


def reasons(ran: Ran) -> dict[str, set[str]]:
    """Return why the gates of a manifest were not run."""
    assert ran.report is not None, ran.stdout + ran.stderr
    found: dict[str, set[str]] = {}
    for one in ran.report["not_run"]:
        found.setdefault(one["manifest"], set()).add(one["why"])
    return found


@pytest.fixture
def three(repository: Repository) -> Repository:
    """Return a repository with three projects, of which b depends on a."""
    for name in "abc":
        repository.toy(name)
    settings = '[[override]]\npath = "b"\ndepends = ["a/**"]\n'
    branched(repository.write({"docs/index.md": "text\n"}))
    repository.git("checkout", "-q", "main")
    repository.write({"forge.toml": settings}).commit()
    repository.git("checkout", "-q", "-B", "branch")
    return repository


def test_only_what_was_touched_and_what_depends_on_it_runs(three: Repository) -> None:
    three.write({"a/source": "x\n"}).commit()
    ran = forge(three, "--forge-since", "main")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert projects(ran) == ["a/toy.json", "b/toy.json"]
    assert reasons(ran) == {"c/toy.json": {"unchanged since main"}}
    assert ran.report is not None
    assert ran.report["complete"] is False
    base = three.git("rev-parse", "main").strip()
    touched = ["a/toy.json", "b/toy.json"]
    assert ran.report["since"] == {"revision": "main", "base": base, "touched": touched}
    assert f"forge: since main (merge base {base[:12]}): touches 2 of 3 projects" in ran.stdout
    assert "changes since main" in ran.stdout
    assert {line.split()[0] for line in three.executions()} == {"a", "b"}


def test_what_is_not_committed_and_what_git_does_not_know_count(three: Repository) -> None:
    three.write({"b/tool.py": (three.root / "b/tool.py").read_text() + "\n", "c/new": ""})
    ran = forge(three, "--forge-since=HEAD")
    assert projects(ran) == ["b/toy.json", "c/toy.json"]


def test_the_settings_and_what_is_shared_touch_everything(three: Repository) -> None:
    for name in ("forge.toml", "linter.ini"):
        path = three.root / name
        before = path.read_text() if path.exists() else None
        path.write_text((before or "") + "# more\n")
        ran = forge(three, "--forge-since=main", "-k", "toy-lint", "--collect-only", "-q")
        assert {line.partition("::")[0] for line in ran.stdout.splitlines() if "::" in line} == {
            *("a/toy.json", "b/toy.json", "c/toy.json")
        }
        path.unlink() if before is None else path.write_text(before)


def test_a_change_that_touches_no_project_passes_and_says_so(three: Repository) -> None:
    ran = forge(three, "--forge-since", "main")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert ran.outcomes() == {}
    assert "touches no project" in ran.stdout
    assert "nothing was measured: no project was touched since main" in ran.stdout
    assert set(reasons(ran)) >= {"a/toy.json", "b/toy.json", "c/toy.json"}
    assert ran.report is not None
    assert not ran.report["complete"]
    assert ran.report["since"]["touched"] == []


def test_a_change_of_documents_alone_is_searched_for_secrets_alone(three: Repository) -> None:
    three.write({"docs/index.md": "other\n"})
    ran = forge(three, "--forge-since", "main")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert ran.outcomes() == {"forge.toml::security::secrets": "passed"}
    assert "touches no project" in ran.stdout
    key = "AKIA" + "QWERTYUIOPASDFGH"
    three.write({"docs/index.md": f"{key}\n"})
    assert forge(three, "--forge-since", "main").status == 1


def test_a_baseline_belongs_to_its_project(three: Repository) -> None:
    three.write({".gitignore": ".forge/*\n!.forge/baseline/\nexecutions.log\n"}).commit()
    three.write({".forge/baseline/c%2Ftoy.json.benchmarks.json": "{}"})
    ran = forge(three, "--forge-since", "HEAD", "--collect-only", "-q", "-k", "toy-lint")
    found = {line.partition("::")[0] for line in ran.stdout.splitlines() if "::" in line}
    assert found == {"c/toy.json"}


def test_what_is_excluded_touches_nothing(three: Repository) -> None:
    text = (three.root / "forge.toml").read_text()
    three.write({"forge.toml": 'exclude = ["third/**"]\n' + text}).commit()
    three.write({"third/lib/x": "", "third/toy.json": "{}"})
    ran = forge(three, "--forge-since", "HEAD")
    assert (ran.status, ran.outcomes()) == (0, {})


def test_paths_and_changes_narrow_the_run_together(three: Repository) -> None:
    three.write({"a/source": "", "c/source": ""})
    ran = forge(three, "--forge-since", "main", "c", "b")
    assert projects(ran) == ["b/toy.json", "c/toy.json"]
    ran = forge(three, "--forge-since", "HEAD", "-k", "nothing")
    assert ran.status == 5
    three.commit().write({"a/source": "more"})
    ran = forge(three, "--forge-since", "HEAD", "c")
    assert (ran.status, ran.outcomes()) == (0, {})
    assert reasons(ran)["c/toy.json"] == {"unchanged since HEAD"}


def test_a_revision_that_git_does_not_know_ends_the_run(three: Repository) -> None:
    ran = forge(three, "--forge-since", "lost")
    assert ran.status == 4
    assert "pytest-forge: --forge-since lost: git knows no such revision" in ran.stderr
    assert not (three.root / ".forge/reports").exists()


def test_findings_on_lines_that_did_not_change_are_shown_and_do_not_count(
    three: Repository,
) -> None:
    found = [{"measure": "lint.findings", "rule": "T1"}]
    three.steer("a", lint={"status": 1, "report": {"findings": found}}).commit()
    tool = (three.root / "a/tool.py").read_text()
    three.write({"a/tool.py": tool + "# more\n"})
    ran = forge(three, "--forge-since", "HEAD", "-k", "quality")
    assert ran.status == 0, ran.stdout + ran.stderr
    check = ran.check("a/toy.json::quality::toy-lint")
    assert (check["outcome"], check["measures"]["lint.findings"]) == ("passed", 1)
    assert [one["held_by"] for one in check["findings"]] == ["unchanged"]
    assert "not brought by the change since HEAD: 1 finding" in ran.stdout
    reports = three.root / ".forge/reports"
    assert "(not brought by the change)" in (reports / "report.md").read_text()
    assert "not brought by the change" in (reports / "report.sarif").read_text()
    three.write({"a/tool.py": "# first\n" + tool})
    ran = forge(three, "--forge-since", "HEAD", "-k", "quality")
    assert ran.status == 1
    assert ran.check("a/toy.json::quality::toy-lint")["findings"][0]["held_by"] is None


@pytest.mark.real
def test_the_workers_of_xdist_see_the_changes_that_the_controller_saw(three: Repository) -> None:
    three.write({"a/source": "x\n"}).commit()
    ran = three.forge("--forge-since=main", "-n2")
    assert ran.status == 0, ran.stdout + ran.stderr
    assert projects(ran) == ["a/toy.json", "b/toy.json"]
    assert reasons(ran) == {"c/toy.json": {"unchanged since main"}}
    ran = three.forge("--forge-since=main", "-n2", "c")
    assert (ran.status, ran.outcomes()) == (0, {}), ran.stdout + ran.stderr
    assert reasons(ran)["c/toy.json"] == {"unchanged since main"}
