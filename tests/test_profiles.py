"""Profiles: which checks a run makes, which limits hold, and what is said of unknown names."""

import json
from pathlib import Path
from typing import Any

import pluggy
import pytest
from called import run_pytest
from toy import forge_toy
from toy_repository import Repository

from pytest_forge.errors import ConfigurationError
from pytest_forge.policy.pull_request import load_under
from pytest_forge.profiles import BUILT_IN
from pytest_forge.session import Session, load
from pytest_forge.toolchains.declarations import Toolchain

OWN = """
limits = { "coverage.line" = 80, "complexity.max" = 12 }
[[override]]
path = "legacy"
limits = { "coverage.line" = 40 }
[profiles.commit]
extends = "quick"
skip = ["types::toy-build"]
limits = { "coverage.line" = 95 }
[profiles.docs]
select = ["security", "quality::toy-lint"]
"""


class Toys:
    @pytest.hookimpl
    def pytest_forge_toolchains(self) -> Toolchain:
        return forge_toy.TOOLCHAIN


def session_of(root: Path, profile: str | None = None) -> Session:
    manager = pluggy.PluginManager("pytest")
    manager.register(Toys())
    if profile is None:
        return load(root, {}, manager)
    return load_under(root, {}, manager, (), profile, "")


def made(session: Session) -> list[str]:
    """Return the checks of the toy at the root that the session's profile makes."""
    checks = session.in_profile(session.checks)
    return [f"{one.gate.id}::{one.name}" for one in checks if one.project.language == "toy"]


def test_without_a_profile_everything_runs(repository: Repository) -> None:
    session = session_of(repository.toy().root)
    assert session.in_profile(session.checks) == session.checks
    assert session.profile_name == session.settings.defaults.profile == ""


def test_quick_runs_what_is_fast(repository: Repository) -> None:
    session = session_of(repository.toy().root, "quick")
    assert made(session) == [
        "compilation::toy-build",
        "types::toy-build",
        "unit-tests::toy-test",
        "quality::toy-lint",
    ]
    assert {one.settings.profile for one in session.checks} == {"quick"}


@pytest.mark.parametrize("name", ["release", "nightly"])
def test_the_others_run_everything(repository: Repository, name: str) -> None:
    session = session_of(repository.toy().root, name)
    assert session.in_profile(session.checks) == session.checks
    assert session.settings.defaults.profile == name


def test_a_profile_of_ones_own_extends_a_built_in_one(repository: Repository) -> None:
    session = session_of(repository.toy().write({"forge.toml": OWN}).root, "commit")
    assert made(session) == ["compilation::toy-build", "unit-tests::toy-test", "quality::toy-lint"]
    assert (session.profile_name, session.settings.defaults.profile) == ("commit", "quick")


def test_a_profile_of_ones_own_selects_gates_and_checks(repository: Repository) -> None:
    session = session_of(repository.toy().write({"forge.toml": OWN}).root, "docs")
    assert made(session) == ["quality::toy-lint", "security::toy-lint"]
    assert (session.profile_name, session.settings.defaults.profile) == ("docs", "")


def test_its_limits_replace_the_repositorys_and_not_those_of_an_override(
    repository: Repository,
) -> None:
    settings = session_of(repository.toy().write({"forge.toml": OWN}).root, "commit").settings
    assert settings.of_project(".", "toy").limits == {"coverage.line": 95, "complexity.max": 12}
    assert settings.of_project("legacy", "toy").limits["coverage.line"] == 40


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("quik", "", '--forge-profile quik: unknown profile; did you mean "quick"?'),
        ("", "", "--forge-profile : unknown profile; known: nightly, pull-request, quick, release"),
        ("comit", OWN, '--forge-profile comit: unknown profile; did you mean "commit"?'),
        (
            "quick",
            '[profiles.x]\nextends = "nightli"',
            'forge.toml: profiles.x.extends: "nightli": unknown profile; did you mean "nightly"?',
        ),
        (
            "quick",
            '[profiles.x]\nselect = ["typs"]',
            'forge.toml: profiles.x.select[0]: unknown gate; did you mean "types"?',
        ),
        (
            "quick",
            '[profiles.x]\nskip = ["types::toy-biuld"]',
            'forge.toml: profiles.x.skip[0]: unknown check; did you mean "toy-build"?',
        ),
        (
            "quick",
            "[profiles.quick]",
            "forge.toml: profiles.quick: this profile is built in; choose another name, with "
            'extends = "quick"',
        ),
        (
            "quick",
            "[profiles.x]\nselect = []",
            "forge.toml: profiles.x.select: must not be empty: nothing would run",
        ),
        (
            "quick",
            '[profiles."a b"]',
            'forge.toml: profiles."a b": a profile\'s name consists of letters, digits, dots, '
            "_ and -",
        ),
    ],
)
def test_bad_profiles_are_refused(
    repository: Repository, name: str, text: str, message: str
) -> None:
    root = repository.toy().write({"forge.toml": text}).root
    with pytest.raises(ConfigurationError) as refused:
        session_of(root, name)
    assert str(refused.value) == message


def test_what_a_profile_leaves_out_is_listed_as_not_run(repository: Repository) -> None:
    root = repository.toy().commit().root
    done = run_pytest(root, ["--forge", "--forge-profile=quick"], [forge_toy])
    assert done.status == 0, done.stdout
    text = (root / ".forge/reports/report.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text)
    assert (report["profile"], report["complete"]) == ("quick", False)
    whys = {(row["gate"], row["why"]) for row in report["not_run"]}
    left_out = ("integration-tests", "security", "licenses", "breaking-changes")
    assert whys == {(gate, "not in profile quick") for gate in left_out}
    assert ", profile quick" in done.stdout


def test_an_unknown_profile_ends_the_run_with_one_line(repository: Repository) -> None:
    root = repository.toy().commit().root
    done = run_pytest(root, ["--forge", "--forge-profile=quik"], [forge_toy])
    assert done.status == 4
    assert 'unknown profile; did you mean "quick"?' in done.stderr
    assert not (root / ".forge").exists()


def test_every_built_in_profile_selects_gates_that_exist(repository: Repository) -> None:
    gates = {gate.id for gate in session_of(repository.toy().root).gates}
    assert all(gates >= set(one.profile.select or ()) for one in BUILT_IN.values())
