"""Which findings are known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pytest_forge.baselines.entries import KnownFinding
from pytest_forge.baselines.fingerprints import content_of, with_fingerprints
from pytest_forge.baselines.matching import Matched, is_worse, match
from pytest_forge.model import Finding

LINES = {"a": ("import os", "x = 1", "import os"), "b": ("import os", "y = 2", "x = 1")}


def line_of(path: str, line: int) -> str:
    return LINES[path][line - 1] if line <= len(LINES[path]) else ""


def content(finding: Finding) -> str:
    return content_of(finding, line_of)


def finding(line: int, rule: str = "R", path: str = "a", **rest: float | str) -> Finding:
    return Finding("lint.findings", rule, "m", path=path, line=line, **rest)  # type: ignore[arg-type]


def printed(*findings: Finding) -> tuple[Finding, ...]:
    return with_fingerprints(findings, line_of)


def entries(*findings: Finding) -> tuple[KnownFinding, ...]:
    return tuple(
        KnownFinding(
            one.rule,
            one.path or "",
            one.fingerprint,
            content(one),
            one.measure,
            "k",
            value=one.value,
        )
        for one in printed(*findings)
    )


def known_places(now: Sequence[Finding], known: Sequence[KnownFinding]) -> list[int]:
    return sorted(match(printed(*now), known, content).entries)


class Told:
    """Moves as a test tells them."""

    def __init__(self, gone: set[str], same: Mapping[tuple[str, str], bool]) -> None:
        self.gone, self.same = gone, same

    def is_gone(self, path: str) -> bool:
        return path in self.gone

    def resembles(self, old: str, new: str) -> bool | None:
        return self.same.get((old, new))


def test_the_same_finding_is_known_wherever_its_line_went() -> None:
    (entry,) = entries(finding(1))
    matched = match(printed(finding(3)), [entry], content)
    assert matched == Matched({0: entry}, ())


def test_another_rule_line_or_path_is_new() -> None:
    known = entries(finding(2))
    others = [finding(2, "S"), finding(1), finding(3, path="b")]
    assert known_places(others, known) == []


def test_a_second_finding_on_an_equal_line_is_new() -> None:
    known = entries(finding(1))
    assert known_places([finding(1), finding(3)], known) == [0]


def test_of_two_known_ones_on_equal_lines_the_one_that_is_left_stays_known() -> None:
    known = entries(finding(1), finding(3))
    matched = match(printed(finding(1)), known, content)
    assert matched.stale == (known[1],)
    assert match(printed(finding(1)), known[1:], content).stale == ()


def test_what_fits_nothing_is_stale() -> None:
    known = entries(finding(1), finding(2))
    assert match(printed(finding(2)), known, content).stale == (known[0],)
    assert match((), known, content).stale == known


class TestMoved:
    def test_findings_follow_a_file_that_git_says_was_moved(self) -> None:
        known = entries(finding(1), finding(2))
        now = printed(finding(1, path="b"), finding(3, path="b"), finding(2, path="b"))
        matched = match(now, known, content, Told({"a"}, {("a", "b"): True}))
        assert matched == Matched({0: known[0], 1: known[1]}, ())

    def test_not_while_the_old_file_is_still_there(self) -> None:
        known = entries(finding(1))
        moves = Told(set(), {("a", "b"): True})
        assert match(printed(finding(1, path="b")), known, content, moves).entries == {}

    def test_not_where_git_says_that_it_is_another_file(self) -> None:
        known = entries(finding(1))
        moves = Told({"a"}, {("a", "b"): False})
        assert match(printed(finding(1, path="b")), known, content, moves).entries == {}

    def test_where_nobody_can_tell_most_of_what_was_known_must_be_there(self) -> None:
        known = entries(finding(1), finding(2))
        moves = Told({"a"}, {})
        half = match(printed(finding(1, path="b")), known, content, moves)
        most = match(printed(finding(1, path="b"), finding(3, path="b")), known, content, moves)
        assert half.entries == {}
        assert sorted(most.entries) == [0, 1]

    def test_equal_lines_do_not_mask_each_other_there_either(self) -> None:
        known = entries(finding(2))
        twice = printed(finding(3, path="b"), finding(3, path="b", rule="R"))
        moves = Told({"a"}, {("a", "b"): True})
        assert len(match(twice, known, content, moves).entries) == 1


class TestValues:
    def test_the_subject_is_known_whatever_becomes_of_its_line(self) -> None:
        known = entries(finding(1, subject="f", value=12))
        assert known_places([finding(2, subject="f", value=12)], known) == [0]
        assert known_places([finding(1, subject="g", value=12)], known) == []

    def test_of_several_alike_the_largest_is_known_by_the_largest(self) -> None:
        known = entries(finding(1, subject="f", value=12), finding(2, subject="f", value=20))
        now = printed(finding(1, subject="f", value=20))
        assert match(now, known, content).entries == {0: known[1]}
        both = printed(finding(1, subject="f", value=11), finding(2, subject="f", value=15))
        assert match(both, known, content).entries == {1: known[1], 0: known[0]}

    def test_worse_lies_further_beyond_the_limit(self) -> None:
        assert is_worse(13, 12, "at most")
        assert not is_worse(12, 12, "at most")
        assert is_worse(79, 80, "at least")
        assert not is_worse(None, 12, "at most")
        assert not is_worse(13, None, "at most")


def test_a_fingerprint_is_kept_to_where_several_fit() -> None:
    known = entries(finding(1), finding(3))
    matched = match(printed(finding(1), finding(3)), known[1:], content)
    assert matched.entries == {1: known[1]}
    assert match(printed(finding(1)), [replace(known[1], accepted="other")], content).entries
