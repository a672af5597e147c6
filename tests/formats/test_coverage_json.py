import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats.coverage_json import parse

Recorded = Callable[[str, str, str], bytes]


def test_percentages_are_exact_and_each_of_its_own_counts(recorded: Recorded) -> None:
    measures = parse(recorded("unit-tests", "collection-error", "coverage")).measures

    assert measures == {
        "coverage.statements": 11,
        "coverage.line": 100 * 6 / 11,
        "coverage.branch": 0,
        "coverage.function": 0,
        "coverage.total": 100 * 6 / 13,
    }


def test_full_coverage_is_exactly_100(recorded: Recorded) -> None:
    measures = parse(recorded("unit-tests", "clean", "coverage")).measures

    assert {value for name, value in measures.items() if name != "coverage.statements"} == {100}


def test_each_file_is_a_sample(recorded: Recorded) -> None:
    samples = parse(recorded("unit-tests", "collection-error", "coverage")).samples

    assert {one.path: one.value for one in samples} == {
        "src/shop/__init__.py": 100,
        "src/shop/prices.py": 100 * 4 / 9,
    }


def test_what_the_code_does_not_have_is_unavailable(recorded: Recorded) -> None:
    report = parse(recorded("unit-tests", "straight-code", "coverage"))

    assert set(report.unavailable) == {"coverage.branch", "coverage.function"}
    assert report.measures == {
        "coverage.statements": 1,
        "coverage.line": 100,
        "coverage.total": 100,
    }


def test_parallel_data_and_limits_in_addopts_do_not_disturb(recorded: Recorded) -> None:
    measures = parse(recorded("unit-tests", "parallel", "coverage")).measures

    assert measures["coverage.statements"] == 11
    assert measures["coverage.line"] == 100


def _changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def test_no_statement_gives_no_percentage(recorded: Recorded) -> None:
    def without_files(document: Any) -> None:
        document["files"] = {}
        for name in document["totals"]:
            document["totals"][name] = 0

    report = parse(_changed(recorded("unit-tests", "clean", "coverage"), without_files))

    assert report.measures == {"coverage.statements": 0}


def test_branches_that_were_not_measured_are_missing_and_not_unavailable(
    recorded: Recorded,
) -> None:
    def without_branches(document: Any) -> None:
        document["meta"]["branch_coverage"] = False

    report = parse(_changed(recorded("unit-tests", "clean", "coverage"), without_branches))

    assert "coverage.branch" not in report.measures
    assert "coverage.branch" not in report.unavailable


def test_an_old_version_without_functions_says_so(recorded: Recorded) -> None:
    def without_functions(document: Any) -> None:
        for file in document["files"].values():
            del file["functions"]
        document["meta"]["version"] = "7.5.4"

    report = parse(_changed(recorded("unit-tests", "clean", "coverage"), without_functions))

    assert "7.6" in report.unavailable["coverage.function"]


@pytest.mark.parametrize("version", ["7.6", "8.0a1", "another"])
def test_a_version_that_reports_functions_has_to(recorded: Recorded, version: str) -> None:
    def without_functions(document: Any) -> None:
        document["meta"]["version"] = version
        for file in document["files"].values():
            del file["functions"]

    with pytest.raises(OutputUnreadable):
        parse(_changed(recorded("unit-tests", "clean", "coverage"), without_functions))


@pytest.mark.parametrize(("name", "value"), [("num_statements", 12), ("covered_lines", 99)])
def test_totals_that_do_not_fit_are_unreadable(recorded: Recorded, name: str, value: int) -> None:
    def another_total(document: Any) -> None:
        document["totals"][name] = value

    with pytest.raises(OutputUnreadable):
        parse(_changed(recorded("unit-tests", "clean", "coverage"), another_total))


def test_each_files_lines_are_told(recorded: Recorded) -> None:
    lines = parse(recorded("unit-tests", "clean", "coverage")).lines

    assert lines["src/shop/__init__.py"].covered == {3, 5}
    assert lines["src/shop/prices.py"].covered == {4, 7, 9, 11, 13, 16, 18, 19, 20}
    assert not any(file.uncovered for file in lines.values())


@pytest.mark.parametrize("name", ["executed_lines", "missing_lines"])
def test_lines_that_are_not_as_many_as_counted_are_unreadable(
    recorded: Recorded, name: str
) -> None:
    def one_line_more(document: Any) -> None:
        document["files"]["src/shop/prices.py"][name].append(99)

    with pytest.raises(OutputUnreadable, match="are not as many as it counts"):
        parse(_changed(recorded("unit-tests", "clean", "coverage"), one_line_more))
