"""Which commit's policy judges a branch, and what is said where there is none to be had."""

import json
from pathlib import Path

import pytest
from branches import Branch, branch
from called import run_pytest
from toy import forge_toy
from toy_repository import Repository

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Acceptance, Baseline, KnownMeasure
from pytest_forge.errors import ConfigurationError

LAX = 'limits = { "coverage.line" = 50 }\n'
STRICT = 'limits = { "coverage.line" = 90 }\n'
WEAKENED = ["forge.toml: limits.coverage.line: was 90, is 50"]


def refusal(made: Branch, profile: str = "pull-request", since: str = "", cwd: str = ".") -> str:
    with pytest.raises(ConfigurationError) as refused:
        made.session(profile, since, cwd)
    return str(refused.value)


def clone(repository: Repository, *options: str) -> Repository:
    """Return a clone in which the branch `feature` is checked out, with a toy's lax settings."""
    place = repository.root.parent / "clone"
    repository.git("clone", "-q", *options, f"file://{repository.root}", str(place))
    cloned = Repository(place)
    cloned.git("switch", "-qc", "feature")
    return cloned.write({"forge.toml": LAX})


@pytest.fixture
def main(repository: Repository) -> Repository:
    """Return a repository whose main branch has a toy and strict settings."""
    return repository.toy().write({"forge.toml": STRICT}).commit()


def test_it_is_the_commit_at_which_the_branch_began(repository: Repository) -> None:
    made = branch(repository, {"forge.toml": LAX}, {"a.txt": "a"})
    repository.commit().git("switch", "-q", "main")
    repository.write({"forge.toml": STRICT}).commit().git("switch", "-q", "feature")
    assert made.weakened() == []
    session = made.session()
    assert session.settings.defaults.limits == {"coverage.line": 50}
    assert "the merge base with main" in session.notes[-1]
    began = repository.git("merge-base", "main", "feature").strip()
    assert session.settings.defaults.performance.base == began


def test_it_comes_from_the_default_branch_of_the_remote(main: Repository) -> None:
    made = Branch(clone(main))
    assert made.weakened(since="") == WEAKENED
    assert "the merge base with origin/main" in made.session(since="").notes[-1]


def test_the_default_branch_may_name_another(main: Repository) -> None:
    main.git("switch", "-qc", "develop")
    main.write({"forge.toml": 'base = "origin/develop"\n' + LAX}).commit()
    main.git("switch", "-q", "main")
    main.write({"forge.toml": 'base = "origin/develop"\n' + STRICT}).commit()
    made = Branch(clone(main))
    assert "the merge base with origin/develop" in made.session(since="").notes[-1]


def test_the_branch_itself_can_not_name_its_base(main: Repository) -> None:
    cloned = clone(main).write({"forge.toml": 'base = "feature"\n' + LAX}).commit()
    assert Branch(cloned).weakened(since="") == [
        *WEAKENED,
        "forge.toml: base: was not set, is feature",
    ]


@pytest.mark.parametrize(
    "variable",
    [
        "GITHUB_BASE_REF",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
    ],
)
def test_ci_names_the_base(main: Repository, variable: str) -> None:
    cloned = clone(main)
    cloned.git("remote", "set-head", "origin", "--delete")
    commit = main.git("rev-parse", "main").strip()
    value = "main" if variable == "GITHUB_BASE_REF" else commit
    made = Branch(cloned, {variable: value, "FORGE_ADVISORIES": str(main.root)})
    assert made.weakened(since="") == WEAKENED
    assert made.session(since="").settings.defaults.advisories.database == main.root


def test_what_a_merged_result_has_from_its_target_is_not_the_branchs(
    repository: Repository,
) -> None:
    made = branch(repository, {"forge.toml": STRICT}, {"a.txt": "a"})
    began = repository.commit().git("rev-parse", "main").strip()
    repository.git("switch", "-q", "main")
    repository.write({"forge.toml": LAX}).commit().git("switch", "-q", "feature")
    repository.git("merge", "-q", "--no-edit", "main")
    target = repository.git("rev-parse", "main").strip()
    variables = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": began,
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": target,
    }
    assert Branch(made.repository, variables).weakened(since="") == []


def test_without_a_base_the_command_is_named(main: Repository) -> None:
    start = "--forge-profile pull-request: no-reference: "
    unknown = f"{start}git knows no default branch to compare with; "
    assert refusal(Branch(main)) == f"{unknown}name it: --forge-since main"
    cloned = clone(main)
    cloned.git("remote", "set-head", "origin", "--delete")
    assert refusal(Branch(cloned)) == (
        f"{unknown}run `git remote set-head origin --auto`, or name it: --forge-since origin/main"
    )
    assert refusal(Branch(cloned), since="gone").startswith(
        f"{start}gone: git knows no such revision; run `git fetch origin gone`"
    )


def test_in_a_shallow_clone_the_command_is_named(main: Repository) -> None:
    first = main.git("rev-parse", "HEAD").strip()
    main.write({"b.txt": "b"}).commit()
    cloned = clone(main, "--depth=1")
    assert refusal(Branch(cloned), since=first) == (
        f"--forge-profile pull-request: no-reference: {first}: unknown in this shallow clone; "
        "run `git fetch --unshallow` (in CI: fetch-depth: 0), or fetch the revision"
    )


def test_outside_git_there_is_no_base(tmp_path: Path) -> None:
    made = Branch(Repository(tmp_path).toy())
    assert "is no git work tree; work in a `git clone` of it" in refusal(made)


def test_without_settings_at_the_base_the_defaults_hold(repository: Repository) -> None:
    made = branch(repository, {}, {"forge.toml": LAX})
    assert made.weakened() == ["forge.toml: limits.coverage.line: was 80, is 50"]
    assert made.session().settings.defaults.limits == {}


def test_settings_that_are_gone_are_named_by_the_file_in_which_they_stood(
    main: Repository,
) -> None:
    main.git("switch", "-qc", "feature")
    (main.root / "forge.toml").unlink()
    assert Branch(main).weakened() == ["forge.toml: limits.coverage.line: was 90, is 80"]


def test_settings_may_move_to_another_file(main: Repository) -> None:
    main.git("switch", "-qc", "feature")
    (main.root / "forge.toml").unlink()
    main.write({"pyproject.toml": f"[tool.pytest-forge]\n{STRICT}"})
    made = Branch(main)
    assert made.weakened() == []
    assert made.session().settings.source == main.root / "pyproject.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits = \n", "forge.toml of {}: line 1: Invalid value"),
        ("limitz = 1", 'forge.toml of {}: limitz: unknown key; did you mean "limits"?'),
    ],
)
def test_settings_of_the_base_that_are_wrong_are_one_line(
    repository: Repository, text: str, message: str
) -> None:
    made = branch(repository, {"forge.toml": text}, {"forge.toml": STRICT})
    commit = repository.git("rev-parse", "main").strip()[:12]
    expected = message.format(f"{commit}, the merge base with main")
    assert refusal(made, since="main") == expected


def test_a_branch_that_moves_the_root_is_refused(repository: Repository) -> None:
    made = branch(repository, {"forge.toml": STRICT, "sub/a.txt": ""}, {"sub/forge.toml": LAX})
    commit = repository.git("rev-parse", "main").strip()[:12]
    assert refusal(made, since="main", cwd="sub") == (
        f"this branch moves forge's root from {repository.root} to {repository.root / 'sub'}, so "
        f"the settings of {commit}, the merge base with main can't judge it; move the root in a "
        "change of its own"
    )


def test_a_root_below_the_top_of_git_keeps_its_settings(repository: Repository) -> None:
    made = branch(repository, {"sub/forge.toml": STRICT}, {"sub/forge.toml": LAX})
    repository.toy("sub")
    policy = made.policy(cwd="sub")
    assert [one.message for one in policy.findings] == ["limits.coverage.line: was 90, is 50"]


OWN = '[profiles.ci]\nextends = "{}"\n'


def test_a_profile_for_pull_requests_stays_one(repository: Repository) -> None:
    before = STRICT + OWN.format("pull-request") + 'limits = { "errors" = 3 }\n'
    made = branch(repository, {"forge.toml": before}, {"forge.toml": LAX + OWN.format("quick")})
    assert made.weakened("ci") == [
        "forge.toml: limits.coverage.line: was 90, is 50",
        "forge.toml: profiles.ci.extends: was pull-request, is quick",
        "forge.toml: profiles.ci.limits.coverage.line: was 90, is 50",
    ]
    settings = made.session("ci").settings
    assert settings.defaults.limits == {"coverage.line": 90, "errors": 3}
    assert settings.defaults.profile == "pull-request"


def test_a_profile_of_another_kind_needs_no_base(main: Repository) -> None:
    main.write({"forge.toml": STRICT + OWN.format("quick")})
    for profile in ("quick", "ci"):
        assert Branch(main).session(profile, "").policy is None


def test_a_profile_for_pull_requests_may_be_new(repository: Repository) -> None:
    after = LAX + OWN.format("pull-request")
    made = branch(repository, {"forge.toml": STRICT}, {"forge.toml": after})
    assert made.weakened("ci") == WEAKENED


def test_projects_that_could_not_be_read_before_are_noted(repository: Repository) -> None:
    broken, whole = "[project", '[project]\nname = "a"\nversion = "1"\n'
    made = branch(repository, {"sub/pyproject.toml": broken}, {"sub/pyproject.toml": whole})
    session = made.session()
    assert [one.manifest for one in session.projects] == ["toy.json", "sub/pyproject.toml"]
    assert "the projects of" in session.notes[-1]
    assert "can't be read: sub/pyproject.toml" in session.notes[-1]


HIDING = """
limits = { "complexity.max" = 99 }
[[waiver]]
gate = "unit-tests"
rule = "coverage.line"
reason = "mine"
approver = "me"
expires = 2999-01-01
"""
WEAKENINGS = [
    "limits.complexity.max: was 9, is 99",
    "waiver of coverage.line (unit-tests): was not waived, "
    "is until 2999-01-01: mine (approved by me)",
    "baseline of unit-tests::toy-test, coverage.branch: was not known, is 10",
]


@pytest.fixture
def hiding(repository: Repository) -> Repository:
    """Return a branch that gets worse thrice, and hides each by weakening the policy."""
    repository.toy().write({".forge/.gitignore": "*\n!/baseline/\n!/baseline/**\n"})
    repository.commit().git("switch", "-qc", "feature")
    tested = {"files": 1, "coverage.line": 20, "coverage.branch": 10, "coverage.function": 90}
    repository.steer(
        lint={"report": {"measures": {"files": 1, "complexity.max": 50}}},
        test={"report": {"measures": tested}},
    )
    known = {"unit-tests::toy-test": {"coverage.branch": KnownMeasure(10, "1")}}
    accepted = {"1": Acceptance("mine", "me", "2026-01-01")}
    store.write(repository.root, Baseline("toy.json", measures=known, acceptances=accepted))
    return repository.write({"forge.toml": HIDING}).commit()


def test_a_branch_that_hides_its_own_findings_is_red(hiding: Repository) -> None:
    arguments = ["--forge", "--forge-profile=pull-request", "--forge-since=main"]
    done = run_pytest(hiding.root, arguments, [forge_toy])
    reports = hiding.root / ".forge/reports"
    report = json.loads((reports / "report.json").read_text(encoding="utf-8"))
    checks = {check["id"]: check for check in report["checks"]}
    policy = checks["forge.toml::security::policy"]
    assert (done.status, policy["outcome"]) == (1, "failed")
    assert sorted(one["message"] for one in policy["findings"]) == sorted(WEAKENINGS)
    # What was to be hidden is red as well.
    assert checks["toy.json::quality::toy-lint"]["outcome"] == "failed"
    tests = checks["toy.json::unit-tests::toy-test"]
    assert "coverage.line 20 % < 80 %; coverage.branch 10 % < 75 %" in tests["reason"]
    assert report["profile"] == "pull-request"
    for name in ("report.json", "report.sarif", "report.md"):
        text = (reports / name).read_text(encoding="utf-8").replace("\\", "")
        assert all(one in text for one in WEAKENINGS), name
    assert all(one in done.stdout for one in WEAKENINGS)


def test_without_the_profile_it_is_green(hiding: Repository) -> None:
    done = run_pytest(hiding.root, ["--forge"], [forge_toy])
    assert done.status == 0, done.stdout


def test_a_change_of_nothing_but_the_baseline_is_judged(repository: Repository) -> None:
    repository.toy("sub").write({"forge.toml": "", ".forge/README": ""})
    repository.commit().git("switch", "-qc", "feature")
    known = {"unit-tests::toy-test": {"coverage.branch": KnownMeasure(10, "1")}}
    accepted = {"1": Acceptance("mine", "me", "2026-01-01")}
    store.write(repository.root, Baseline("sub/toy.json", measures=known, acceptances=accepted))
    arguments = ["--forge", "--forge-profile=pull-request", "--forge-since=main"]
    done = run_pytest(repository.commit().root, arguments, [forge_toy])
    assert done.status == 1, done.stdout
    assert WEAKENINGS[2] in done.stdout
