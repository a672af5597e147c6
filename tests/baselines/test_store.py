"""A baseline on the disk: what is written is read again, and what is wrong is one line."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from toy_repository import Repository

from pytest_forge.baselines import store
from pytest_forge.baselines.entries import Acceptance, Baseline, KnownFinding, KnownMeasure
from pytest_forge.errors import ConfigurationError
from pytest_forge.git import GitError
from pytest_forge.projects import REPOSITORY, Project

ACCEPTED = {"a1": Acceptance("adopting forge", "Ada", "2026-06-30")}
FIRST = KnownFinding("F401", "src/a.py", "aa11", "c1", "lint.findings", "a1", "ünused")
SECOND = KnownFinding("complexity.max", "src/b.py", "bb22", "c2", "complexity.max", "a1", value=12)
BASELINE = Baseline(
    "sdk/pyproject.toml",
    findings={"quality::ruff": (FIRST, SECOND)},
    measures={"unit-tests::pytest": {"coverage.line": KnownMeasure(63.217, "a1")}},
    surface={"breaking-changes::api": ("class a.B", "function a.f(x: int)")},
    artifacts={"compilation::artifacts": {"wheel": 1024}},
    acceptances=ACCEPTED,
)
FILE = ".forge/baseline/sdk%2Fpyproject.toml.json"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    store.write(tmp_path, BASELINE)
    return tmp_path / FILE


def test_what_is_written_is_read_again(written: Path, tmp_path: Path) -> None:
    assert store.read(tmp_path, "sdk/pyproject.toml") == BASELINE


def test_no_file_is_an_empty_baseline(tmp_path: Path) -> None:
    assert store.read(tmp_path, "pyproject.toml") == Baseline("pyproject.toml")


def test_an_empty_baseline_has_no_file(written: Path, tmp_path: Path) -> None:
    store.write(tmp_path, Baseline("sdk/pyproject.toml"))
    assert not written.exists()
    store.write(tmp_path, Baseline("sdk/pyproject.toml"))


def test_one_entry_stands_on_one_line_whatever_the_order(written: Path, tmp_path: Path) -> None:
    before = written.read_text(encoding="utf-8").splitlines()
    turned = replace(BASELINE, findings={"quality::ruff": (SECOND, FIRST)})
    store.write(tmp_path, turned)
    assert written.read_text(encoding="utf-8").splitlines() == before
    new = replace(FIRST, fingerprint="ab", path="src/aa.py")
    store.write(tmp_path, replace(BASELINE, findings={"quality::ruff": (FIRST, SECOND, new)}))
    after = written.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert len([line for line in after if line not in before]) == 1


def test_nothing_but_the_file_is_left_beside_it(written: Path) -> None:
    assert [path.name for path in written.parent.iterdir()] == [written.name]


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/b.toml", "a-b.toml"), ("a/b.toml", "a%2Fb.toml"), ("x" * 300 + "1", "x" * 300 + "2")],
)
def test_no_two_manifests_share_a_file(one: str, other: str) -> None:
    assert store.slug(one) != store.slug(other)
    assert len(store.slug(one)) < 200


def test_the_repositorys_own_checks_have_a_file_of_their_own() -> None:
    assert store.key_of(Project("pyproject.toml", REPOSITORY, "x")) == "repository"
    assert store.key_of(Project("pyproject.toml", "python", "x")) == "pyproject.toml"


def cut(text: str) -> str:
    return text[: len(text) // 2]


def swapped(old: str, new: str) -> Callable[[str], str]:
    def swap(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return swap


@pytest.mark.parametrize(
    ("damage", "line", "why"),
    [
        (cut, 10, "not JSON"),
        (lambda text: "", 1, "not JSON"),
        (lambda text: "[]", 1, "an object was expected"),
        (swapped("baseline-1", "baseline-9"), 2, "the schema is 'baseline-9'"),
        (swapped("sdk/pyproject.toml", "other.toml"), 3, "not the baseline of"),
        (swapped('"value": 63.217', '"value": NaN'), 1, "NaN is no number"),
        (swapped('"value": 63.217', '"value": "63"'), 15, "a number was expected"),
        (swapped('"rule": "F401"', '"rule": 7'), 9, "a string was expected"),
        (swapped('"content": "c1", ', ""), 9, 'the key "content" is missing'),
        (swapped('"rule": "F401"', '"ruel": "F401"'), 9, 'the key "ruel" is unknown'),
        (swapped("bb22", "aa11"), 10, "the finding aa11 stands twice"),
        (swapped('"artifacts"', '"findings"'), 24, 'the key "findings" stands twice'),
        (
            swapped('"accepted": "a1", "content": "c2"', '"accepted": "b", "content": "c2"'),
            10,
            '"b"',
        ),
        (swapped("adopting forge", " "), 5, "the reason is empty"),
        (swapped(' "findings": {', '<<<<<<< HEAD\n "findings": {'), 7, "not JSON"),
    ],
)
def test_a_broken_one_is_refused_in_one_line_and_left_as_it_is(
    written: Path, tmp_path: Path, damage: Callable[[str], str], line: int, why: str
) -> None:
    text = damage(written.read_text(encoding="utf-8"))
    written.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        store.read(tmp_path, "sdk/pyproject.toml")
    message = str(caught.value)
    assert message.startswith(f"{FILE}: line {line}: ")
    assert why in message
    assert "\n" not in message
    assert "; " in message, "no mend"
    assert written.read_text(encoding="utf-8") == text


def test_what_is_not_utf_8_is_refused_with_its_line(written: Path, tmp_path: Path) -> None:
    written.write_bytes(written.read_bytes().replace(b"F401", b"F4\xff1"))
    with pytest.raises(ConfigurationError, match="line 9: not UTF-8"):
        store.read(tmp_path, "sdk/pyproject.toml")


def test_a_baseline_that_cannot_be_opened_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="can't be read"):
        store.read(tmp_path, "sdk/pyproject.toml")


def test_a_directory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / ".forge").write_text("in the way")
    with pytest.raises(ConfigurationError, match="can't be written"):
        store.write(tmp_path, BASELINE)


def test_a_baseline_is_read_from_a_revision(repository: Repository) -> None:
    root = repository.root
    store.write(root, BASELINE)
    repository.commit()
    store.write(root, Baseline("sdk/pyproject.toml"))
    assert store.baseline_at(root, "HEAD", "sdk/pyproject.toml") == BASELINE
    assert store.baseline_at(root, "HEAD", "other.toml") == Baseline("other.toml")
    with pytest.raises(GitError):
        store.baseline_at(root, "nonsense", "sdk/pyproject.toml")


def test_a_broken_one_in_a_revision_is_named_with_it(repository: Repository) -> None:
    repository.write({FILE: "{"}).commit()
    with pytest.raises(ConfigurationError, match=r"^HEAD:\.forge/baseline/.*: line 1: not JSON"):
        store.baseline_at(repository.root, "HEAD", "sdk/pyproject.toml")


def test_documents_lie_beside_the_baseline(tmp_path: Path) -> None:
    store.write_document(tmp_path, "a/b.toml", "benchmarks", {"schema": "x", "rows": [{"n": 1}]})
    value = store.read_document(tmp_path, "a/b.toml", "benchmarks")
    assert value is not None
    assert value.raw == {"schema": "x", "rows": [{"n": 1}]}
    assert store.stored(tmp_path) == ("a%2Fb.toml.benchmarks.json",)
