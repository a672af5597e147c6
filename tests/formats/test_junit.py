from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.junit import parse
from pytest_forge.model import TestOutcome

Recorded = Callable[[str, str, str], bytes]
PASSED, FAILED, SKIPPED = TestOutcome.PASSED, TestOutcome.FAILED, TestOutcome.SKIPPED


def test_every_outcome_of_pytest(recorded: Recorded) -> None:
    report = parse(recorded("unit-tests", "failures", "tests"))

    assert {test.name.partition("::")[2]: test.outcome for test in report.tests[:7]} == {
        "test_total": PASSED,
        "test_wrong": FAILED,
        "test_skipped": SKIPPED,
        "test_setup_error": FAILED,
        "test_call_and_teardown": FAILED,
        "test_expected_failure": SKIPPED,
        "test_unexpected_pass": FAILED,
    }
    assert report.value("tests.executed") == 7
    assert report.value("tests.failed") == 4


def test_a_test_that_fails_and_errors_in_its_teardown_is_one(recorded: Recorded) -> None:
    tests = parse(recorded("unit-tests", "failures", "tests")).tests
    (test,) = [one for one in tests if one.name.endswith("test_call_and_teardown")]

    assert test.message.splitlines() == [
        "assert False",
        'failed on teardown with "RuntimeError: torn"',
    ]


def test_terminal_escapes_are_taken_out(recorded: Recorded) -> None:
    tests = parse(recorded("unit-tests", "failures", "tests")).tests
    (test,) = [one for one in tests if one.name.endswith("test_setup_error")]

    assert test.message == 'failed on setup with "RuntimeError: red"'


def test_a_module_that_cannot_be_collected_is_a_failed_test(recorded: Recorded) -> None:
    (test,) = parse(recorded("unit-tests", "collection-error", "tests")).tests

    assert (test.name, test.outcome) == ("tests.test_gone", FAILED)


def test_no_tests_are_none(recorded: Recorded) -> None:
    assert parse(recorded("unit-tests", "no-tests", "tests")).value("tests.executed") == 0


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (b'tests="2"', b'tests="3"'),
        (b'failures="0"', b'failures="1"'),
        (b'rs="0"', b'rs="1"'),
        (b'skipped="0"', b'skipped="1"'),
    ],
)
def test_fewer_than_announced_are_unreadable(recorded: Recorded, told: bytes, wrong: bytes) -> None:
    data = recorded("unit-tests", "clean", "tests")
    assert told in data

    with pytest.raises(OutputUnreadable, match="announces"):
        parse(data.replace(told, wrong))


def test_nested_suites_are_read() -> None:
    inner = '<testsuite name="i"><testcase classname="c" name="t" time="1.5"/></testsuite>'
    report = parse(f'<testsuites><testsuite name="o">{inner}</testsuite></testsuites>'.encode())

    assert [(test.name, test.seconds) for test in report.tests] == [("c::t", 1.5)]


def test_entities_are_refused_and_a_doctype_is_not() -> None:
    suite = '<testsuite name="s"><testcase name="t"/></testsuite>'
    assert len(parse(f"<!DOCTYPE testsuite>{suite}".encode()).tests) == 1

    bomb = '<!DOCTYPE testsuite [<!ENTITY a "aaaa">]>'
    with pytest.raises(OutputUnreadable):
        parse(f"{bomb}{suite}".encode())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a.py:1: in &lt;module&gt;\n    import b\nE   ImportError: no b\n", "ImportError: no b"),
        ("'slow' not found in `markers` configuration option", "'slow' not found in `markers`"),
    ],
)
def test_a_module_that_is_not_collected_says_why(text: str, why: str) -> None:
    xml = (
        '<testsuites><testsuite tests="1" errors="1"><testcase name="tests.a">'
        f'<error message="collection failure">{text}</error></testcase></testsuite></testsuites>'
    )
    (test,) = parse(xml.encode()).tests
    assert test.message.startswith(f"collection failure: {why}")
