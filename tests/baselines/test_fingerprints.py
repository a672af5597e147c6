import hashlib

from pytest_forge.baselines.fingerprints import with_fingerprints
from pytest_forge.model import Finding


def finding(line: int | None = 1, rule: str = "R1", path: str | None = "a", **rest: str) -> Finding:
    return Finding("lint.findings", rule, rest.pop("message", "a message"), line=line, path=path)


def prints(findings: list[Finding], lines: dict[int, str]) -> list[str]:
    marked = with_fingerprints(findings, lambda path, line: lines.get(line, ""))
    return [one.fingerprint for one in marked]


def test_it_holds_when_lines_above_are_added() -> None:
    before = prints([finding(1)], {1: "x = 1"})
    after = prints([finding(9)], {9: "x = 1"})
    assert before == after


def test_it_holds_when_white_space_changes() -> None:
    assert prints([finding(1)], {1: "x = 1"}) == prints([finding(1)], {1: "\tx  =1"})


def test_it_changes_with_the_line_the_rule_and_the_path() -> None:
    given = [finding(1), finding(2), finding(1, rule="R2"), finding(1, path="b")]
    assert len(set(prints(given, {1: "x = 1", 2: "x = 2"}))) == 4


def test_equal_lines_keep_fingerprints_of_their_own() -> None:
    first, second = prints([finding(1), finding(5)], {1: "x = 1", 5: "x = 1"})
    assert first != second


def test_the_order_of_the_tools_output_does_not_matter() -> None:
    lines = {1: "x = 1", 5: "x = 1"}
    assert prints([finding(5), finding(1)], lines) == prints([finding(1), finding(5)], lines)[::-1]


def test_without_a_line_the_message_tells_findings_apart() -> None:
    given = [finding(None, path=None, message="one"), finding(None, path=None, message="two")]
    first, second = prints(given, {})
    assert first != second


def test_an_unreadable_line_falls_back_on_the_message() -> None:
    assert prints([finding(3)], {}) == prints([finding(None)], {})


def test_findings_stay_in_their_order() -> None:
    given = [finding(5, rule="B"), finding(1, rule="A")]
    marked = with_fingerprints(given, lambda path, line: "")
    assert [one.rule for one in marked] == ["B", "A"]


def test_a_fingerprint_that_is_there_already_is_kept() -> None:
    given = Finding("findings", "R", "m", fingerprint="of the tool")
    assert with_fingerprints([given], lambda path, line: "")[0].fingerprint == "of the tool"


def test_parts_cannot_run_into_each_other() -> None:
    given = [
        finding(None, rule="a", path="bc", message="m"),
        finding(None, rule="ab", path="c", message="m"),
    ]
    first, second = prints(given, {})
    assert first != second


def test_a_file_name_that_is_not_utf_8_has_one_too() -> None:
    first, second = prints([finding(1, path="a\udcff"), finding(1, path="a\udcfe")], {1: "x"})
    assert first != second


def test_it_is_the_same_on_every_machine() -> None:
    (value,) = prints([finding(1)], {1: "x = 1"})
    assert value == hashlib.sha256(b"R1\0a\0x=1\x000").hexdigest()
