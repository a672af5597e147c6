"""What a branch weakens of the rules by which it is judged, and what does not count as that."""

import json
from datetime import date, timedelta

import pytest
from branches import branch
from toy_repository import Repository

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Acceptance, Baseline, KnownFinding, KnownMeasure
from pytest_forge.judging import Limit
from pytest_forge.measured import (
    Artifact,
    CountedCommand,
    Performance,
    Suite,
    Threshold,
    TimedCommand,
)
from pytest_forge.policy import performance
from pytest_forge.policy.known import grown

LATER = date.today() + timedelta(days=30)
LATEST = LATER + timedelta(days=1)
PAST = date.today() - timedelta(days=1)
WAIVER = """
[[waiver]]
gate = "security"
rule = "{rule}"
reason = "never called"
approver = "Ada"
expires = {expires}
path = "{path}"
"""
TOOL = """
[tools.own]
gate = "quality"
manifest = "toy.json"
command = ["{command}", "."]
format = "sarif"
timeout = "{timeout}"
"""


def waiver(rule: str = "R1", expires: date = LATER, path: str = "src/**") -> str:
    return WAIVER.format(rule=rule, expires=expires, path=path)


def tool(command: str = "lint", timeout: str = "5m") -> str:
    return TOOL.format(command=command, timeout=timeout)


WEAKENED = {
    "a limit that is raised": (
        'limits = { "complexity.max" = 10 }',
        'limits = { "complexity.max" = 12 }',
        ["limits.complexity.max: was 10, is 12"],
    ),
    "a limit below the default": (
        "",
        'limits = { "coverage.line" = 50.5 }',
        ["limits.coverage.line: was 80, is 50.5"],
    ),
    "a limit that is removed": (
        'limits = { "coverage.line" = 95, "findings.medium" = 0 }',
        "",
        ["limits.coverage.line: was 95, is 80", "limits.findings.medium: was 0, is not limited"],
    ),
    "a limit for some projects": (
        "",
        '[[override]]\npath = "."\nlimits = { "coverage.line" = 10 }',
        ["limits.coverage.line: was 80, is 10"],
    ),
    "an override of no project yet": (
        "",
        '[[override]]\npath = "later/**"\nlimits = { "coverage.line" = 10, "errors" = 0 }\n'
        'exempt = { types = "none" }',
        [
            "override for later/**, which fits no project yet: was not there, is exempt.types",
            "override for later/**, which fits no project yet: was not there, "
            "is limits.coverage.line = 10",
        ],
    ),
    "a new waiver": (
        "",
        waiver(),
        [
            "waiver of R1 (security) in src/**: was not waived, "
            f"is until {LATER}: never called (approved by Ada)"
        ],
    ),
    "a longer waiver": (
        waiver(),
        waiver(expires=LATEST),
        [
            "waiver of R1 (security) in src/**: "
            f"was until {LATER}: never called (approved by Ada), "
            f"is until {LATEST}: never called (approved by Ada)"
        ],
    ),
    "a wider waiver": (
        waiver(),
        waiver(path="**"),
        [
            "waiver of R1 (security) in **: was not waived, "
            f"is until {LATER}: never called (approved by Ada)"
        ],
    ),
    "an exemption": (
        "",
        'exempt = { types = "no types" }',
        ["exempt.types: was not exempt, is exempt: no types"],
    ),
    "an exclusion": (
        "",
        'exclude = ["tool.py", "later/**"]',
        [
            "exclude: was not excluded, is tool.py, which takes tool.py",
            "exclude: was not excluded, is later/**, which takes nothing so far",
        ],
    ),
    "an inclusion that is removed": (
        'include = ["tests/one/*"]',
        "",
        ["include: was tests/one/*, is empty, without tests/one/toy.json"],
    ),
    "a tool that is removed": (tool(), "", ["tools.own: was a check of quality, is removed"]),
    "another command": (
        tool(),
        tool("true"),
        ["tools.own.command: was lint ., is true ."],
    ),
    "a profile that is removed": (
        "[profiles.own]",
        "",
        ["profiles.own: was a profile, is removed"],
    ),
    "a profile that runs less": (
        '[profiles.own]\nextends = "release"\nselect = ["types", "quality::toy-lint"]\n'
        'limits = { "coverage.line" = 90 }',
        '[profiles.own]\nselect = ["types"]\nskip = ["security"]',
        [
            "profiles.own.extends: was release, is none",
            "profiles.own.select: was types, quality::toy-lint, is types",
            "profiles.own.skip: was empty, is security",
            "profiles.own.limits.coverage.line: was 90, is 80",
        ],
    ),
    "a license more": (
        'licenses = { allow = ["MIT"], headers = true, allow-test-only = ["MIT"] }',
        'licenses = { allow = ["MIT", "GPL-3.0-only"] }',
        [
            "licenses.allow: was MIT, is MIT, GPL-3.0-only",
            "licenses.allow-test-only: was MIT, is the default",
            "licenses.headers: was required, is not required",
        ],
    ),
    "an own list of licenses": (
        "",
        'licenses = { allow = ["MIT"] }',
        ["licenses.allow: was the default, is MIT"],
    ),
    "older advisories": (
        'advisories = { url = "https://osv.example.org", max-age = "2d" }',
        'advisories = { url = "https://osv.example.com", max-age = "4w" }',
        [
            "advisories: was https://osv.example.org, is https://osv.example.com",
            "advisories.max-age: was 2 days, is 28 days",
        ],
    ),
    "targets": (
        'targets = ["a", "b"]',
        'targets = ["b"]',
        ["targets: was a b, is b"],
    ),
    "another reference": (
        'versions = "together"',
        'tag-pattern = "x{version}"\nversions = "independent"\nbase = "mine"',
        [
            "versions: was together, is independent",
            "tag-pattern: was not set, is x{version}",
            "base: was not set, is mine",
        ],
    ),
}

NOT_WEAKENED = {
    "nothing": ('limits = { "coverage.line" = 50 }', 'limits = { "coverage.line" = 50 }'),
    "a stricter limit": ('limits = { "coverage.line" = 50 }', 'limits = { "coverage.line" = 51 }'),
    "a limit where there was none": ("", 'limits = { "findings.medium" = 7 }'),
    "a limit said twice": (
        'limits = { "coverage.line" = 50 }',
        '[[override]]\npath = "."\nlimits = { "coverage.line" = 50 }',
    ),
    "a waiver less": (waiver() + waiver("R2"), waiver("R2")),
    "a shorter and narrower waiver": (
        waiver(expires=LATEST, path="").replace('path = ""', ""),
        waiver(),
    ),
    "an expired waiver": ("", waiver(expires=PAST)),
    "one check of an exempt gate": (
        'exempt = { types = "none" }',
        'exempt = { "types::toy-build" = "none" }',
    ),
    "another reason": ('exempt = { types = "none" }', 'exempt = { types = "no types" }'),
    "a narrower exclusion": ('exclude = ["a/**"]', 'exclude = ["a/b/**"]'),
    "a wider inclusion": ('include = ["tests/one/*"]', 'include = ["tests/**"]'),
    "a new tool": ("", tool()),
    "a tool with more time": (tool(), tool(timeout="50m")),
    "more time": ("", 'timeouts = { toy-build = "9m" }'),
    "a license less": (
        'licenses = { allow = ["MIT", "ISC"] }',
        'licenses = { allow = ["ISC"], headers = true, allow-test-only = ["GPL-3.0-only"] }',
    ),
    "fresher advisories": (
        'advisories = { max-age = "4w" }',
        'advisories = { max-age = "2d" }',
    ),
    "a profile that runs more": (
        '[profiles.own]\nselect = ["types::toy-build"]\nskip = ["quality"]',
        '[profiles.own]\nselect = ["types"]\nlimits = { "coverage.line" = 90 }',
    ),
    "a target more": ('targets = ["a"]', 'targets = ["a", "b"]'),
    "versions that go together": ("", 'versions = "together"'),
}
FILES = {
    "a/x.txt": "",
    "a/b/y.txt": "",
    "tests/one/toy.json": json.dumps({"name": "one"}),
}


@pytest.mark.parametrize(("before", "after", "messages"), WEAKENED.values(), ids=WEAKENED)
def test_what_is_weakened_is_named_with_file_and_key(
    repository: Repository, before: str, after: str, messages: list[str]
) -> None:
    made = branch(repository, {**FILES, "forge.toml": before}, {"forge.toml": after})
    assert sorted(made.weakened()) == sorted(f"forge.toml: {one}" for one in messages)


@pytest.mark.parametrize(("before", "after"), NOT_WEAKENED.values(), ids=NOT_WEAKENED)
def test_what_is_as_strict_as_before_is_not_named(
    repository: Repository, before: str, after: str
) -> None:
    made = branch(repository, {**FILES, "forge.toml": before}, {"forge.toml": after})
    assert made.weakened() == []


def toy(**manifest: object) -> str:
    return json.dumps({"name": "toy", **manifest})


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        (
            toy(limits={"coverage.total": 90}),
            toy(limits={"coverage.total": 10}),
            [
                "limits.coverage.line: was 90, is 10",
                "limits.coverage.branch: was 90, is 10",
                "limits.coverage.total: was 90, is 10",
            ],
        ),
        (
            toy(),
            toy(limits={"coverage.total": 76}),
            ["limits.coverage.line: was 80, is 76"],
        ),
        (toy(), toy(limits={"coverage.total": 90}), []),
        (
            toy(),
            toy(exempt={"quality": "generated"}),
            [
                "check sub/toy.json::quality::toy-lint: was made, is exempt: generated",
            ],
        ),
        (toy(exempt={"quality": "generated"}), toy(), []),
        (toy(), "{}", ["project sub/toy.json: was a project, is it names no project"]),
    ],
)
def test_what_a_project_states_itself_is_compared(
    repository: Repository, before: str, after: str, messages: list[str]
) -> None:
    made = branch(repository, {"sub/toy.json": before}, {"sub/toy.json": after})
    named = [one.replace(" for sub/toy.json", "") for one in made.weakened()]
    assert sorted(named) == sorted(f"sub/toy.json: {one}" for one in messages)


def test_a_new_project_and_one_that_is_gone_weaken_nothing(repository: Repository) -> None:
    made = branch(repository, {"sub/toy.json": toy()}, {"new/toy.json": toy()})
    (repository.root / "sub/toy.json").unlink()
    assert made.weakened() == []


def test_a_new_project_states_no_laxer_limits_of_its_own(repository: Repository) -> None:
    stated = {"errors": 9, "coverage.line": 90}
    made = branch(repository, {}, {"new/toy.json": toy(limits=stated)})
    assert made.weakened() == ["new/toy.json: limits.errors for new/toy.json: was 0, is 9"]


def test_an_override_names_the_projects_for_which_it_holds(repository: Repository) -> None:
    text = '[[override]]\npath = "sub"\nlimits = { "errors" = 1 }\nexempt = { types = "none" }'
    made = branch(repository, {"sub/toy.json": toy()}, {"forge.toml": text})
    assert made.weakened() == [
        "forge.toml: limits.errors for sub/toy.json: was 0, is 1",
        "forge.toml: exempt.types for sub/toy.json: was not exempt, is exempt: none",
    ]


def test_a_project_is_judged_by_the_limits_that_it_stated_before(repository: Repository) -> None:
    before, after = (toy(limits={"coverage.total": bound}) for bound in (90, 10))
    session = branch(repository, {"sub/toy.json": before}, {"sub/toy.json": after}).session()
    limits = {one.manifest: one.limits for one in session.projects}
    assert limits == {"toy.json": {}, "sub/toy.json": {"coverage.total": 90}}


def finding(content: str, path: str = "a.py", value: float | None = None) -> KnownFinding:
    return KnownFinding("R1", path, path + content, content, "lint.findings", "1", value=value)


def known(*findings: KnownFinding, measure: float | None = None, size: float = 1) -> Baseline:
    check = "quality::toy-lint"
    bounds = {} if measure is None else {"coverage.line": KnownMeasure(measure, "1")}
    return Baseline(
        "toy.json",
        findings={check: findings},
        measures={check: bounds},
        artifacts={check: {"wheel": size}},
        acceptances={"1": Acceptance("old")},
    )


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        (known(finding("x")), known(finding("x", "moved.py")), []),
        (known(finding("x"), finding("y")), known(finding("x")), []),
        (
            known(finding("x")),
            known(finding("x"), finding("x", "b.py"), finding("y")),
            ["findings: was 1 known, is 3 known: R1 a.py, R1 b.py"],
        ),
        (known(finding("x", value=9)), known(finding("x", value=8)), []),
        (
            known(finding("x", value=9), finding("x", value=30)),
            known(finding("x", value=10), finding("x", value=31)),
            ["findings: was 2 known, is 2 known: R1 a.py"],
        ),
        (known(measure=60), known(measure=61), []),
        (known(measure=60), known(measure=59), ["coverage.line: was 60, is 59"]),
        (known(), known(measure=59), ["coverage.line: was not known, is 59"]),
        (known(size=5), known(size=4), []),
        (known(size=5), known(size=6), ["size of wheel: was 5, is 6"]),
        (known(size=5), Baseline("toy.json"), ["size of wheel: was 5, is not known"]),
        (Baseline("toy.json"), known(size=5), []),
    ],
)
def test_a_baseline_that_grows_is_named(
    before: Baseline, after: Baseline, messages: list[str]
) -> None:
    limits = {"coverage.line": Limit("coverage.line", "at least", 80)}
    found = [one.finding() for one in grown(before, after, "known.json", limits)]
    told = [one.message.removeprefix("baseline of quality::toy-lint, ") for one in found]
    assert told == messages


def test_the_baseline_is_that_of_the_merge_base(repository: Repository) -> None:
    old, new = known(finding("x")), known(finding("x"), finding("y"))
    repository.write({".forge/README": ""})
    store.write(repository.root, old)
    made = branch(repository, {}, {})
    store.write(repository.root, new)
    session = made.session()
    assert session.baselines["toy.json"] == old
    assert made.weakened() == [
        ".forge/baseline/toy.json.json: baseline of quality::toy-lint, findings: was 1 known, "
        "is 2 known: R1 a.py"
    ]


def test_suppressions_that_the_branch_adds_are_told_of(repository: Repository) -> None:
    sources = {"a.py": "import os  # noqa\nx = 1\n", "b.go": "x() //nolint:all\n"}
    made = branch(
        repository,
        {"a.py": "import os  # noqa\nx = 2\n"},
        {**sources, "c.rs": "#[allow(dead_code)]\nfn a() {}\n", "a.md": "# noqa"},
    )
    repository.git("add", "b.go")
    repository.write({"a.py": "import os  # noqa\nx = 1  # type: ignore\ny = 2  # noqa: E501\n"})
    policy = made.policy()
    assert policy.findings == ()
    assert policy.notes == (
        "the branch adds suppressions to its sources: # noqa (1), # type: ignore (1), "
        "#[allow] (1), //nolint (1); in a.py:2, a.py:3, b.go:1 and 1 more",
    )


def test_settings_that_the_branch_changes_do_not_hold_yet(repository: Repository) -> None:
    before = 'limits = { "coverage.line" = 50 }\nexempt = { types = "none" }\n' + waiver()
    made = branch(repository, {"forge.toml": before}, {"forge.toml": 'exclude = ["tool.py"]'})
    session = made.session()
    settings = session.settings
    assert settings.defaults.limits == {"coverage.line": 50}
    assert settings.defaults.exempt == {"types": "none"}
    assert [one.rule for one in settings.waivers] == ["R1"]
    assert (settings.exclude, settings.source) == ((), repository.root / "forge.toml")
    assert session.tree.has("tool.py")
    (note,) = made.policy().notes
    assert note == (
        "what the branch changes of these settings holds once it is merged: "
        "exclude, exempt, limits, waiver"
    )


def test_performance_that_is_measured_less_or_may_be_worse_is_named() -> None:
    before = Performance(
        artifacts=(Artifact("wheel", "**", ("build",), "*.whl", 10),),
        commands=(TimedCommand("start", "**", ("shop",), wall=0.5, memory=100),),
        counted=(CountedCommand("start", "**", ("shop",)),),
        suites=(Suite("prices", "**", ("bench",), "jmh"), Suite("gone", "**", ("x",), "jmh")),
        thresholds=(Threshold("parse*", fail=10), Threshold("kept", warn=5)),
        strict=True,
    )
    after = Performance(
        artifacts=(Artifact("wheel", "**", ("build",), "*.whl", 11),),
        commands=(TimedCommand("start", "**", ("shop", "-q"), wall=0.4),),
        suites=(Suite("prices", "**", ("bench",), "jmh"), Suite("new", "**", ("x",), "jmh")),
        thresholds=(Threshold("kept", warn=5), Threshold("other", fail=60, warn=1)),
        warn=25,
        compare="stored",
    )
    found = performance.weakened(before, after, "forge.toml")
    assert [(one.key, one.before, one.after) for one in found] == [
        ("performance.artifacts.wheel.limit", "10", "11"),
        ("performance.commands.start.command", "shop", "shop -q"),
        ("performance.commands.start.memory", "100", "not limited"),
        ("performance.benchmarks.gone", "measured", "removed"),
        ("performance.instructions.start", "measured", "removed"),
        ("performance.warn", "20", "25"),
        ("performance.threshold of parse*, fail", "10", "50"),
        ("performance.threshold of other, fail", "50", "60"),
        ("performance.strict", "strict", "not strict"),
        ("performance.compare", "base", "stored"),
    ]


def test_performance_that_is_measured_more_is_not_named() -> None:
    before = Performance(thresholds=(Threshold("parse*", fail=60),), warn=20)
    after = Performance(
        suites=(Suite("prices", "**", ("bench",), "jmh"),),
        thresholds=(Threshold("parse*", fail=10), Threshold("all", warn=1)),
        warn=10,
        strict=True,
    )
    assert list(performance.weakened(before, after, "forge.toml")) == []


@pytest.mark.parametrize(("compare", "count"), [("stored", 1), ("base", 0)])
def test_stored_sessions_that_change_are_named_where_they_judge(
    repository: Repository, compare: str, count: int
) -> None:
    path = ".forge/baseline/toy.json.benchmarks.json"
    text = f'[performance]\ncompare = "{compare}"\n'
    made = branch(repository, {"forge.toml": text, path: "{}"}, {path: "{ }"})
    message = f"{path}: stored benchmark sessions: was as at the merge base, is changed"
    assert made.weakened() == [message] * count
