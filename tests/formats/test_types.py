from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import annotations, mypy, mypy_linecount, pyright

Recorded = Callable[[str, str, str], bytes]


def test_mypy_counts_columns_from_1(recorded: Recorded) -> None:
    (finding,) = mypy.parse(recorded("mypy", "errors", "errors")).findings

    assert (finding.measure, finding.rule) == ("type.errors", "operator")
    assert (finding.path, finding.line, finding.column) == ("src/shop/mess.py", 10, 47)
    assert finding.message == 'Unsupported operand types for + ("int" and "str")'


def test_mypy_prints_nothing_where_there_is_no_error(recorded: Recorded) -> None:
    assert mypy.parse(recorded("mypy", "clean", "errors")).findings == ()


def test_mypy_notes_are_no_errors(recorded: Recorded) -> None:
    data = recorded("mypy", "errors", "errors").replace(b'"error"', b'"note"')

    assert mypy.parse(data).findings == ()


def test_mypy_severities_are_known_ones(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="fatal"):
        mypy.parse(recorded("mypy", "errors", "errors").replace(b'"error"', b'"fatal"'))


@pytest.mark.parametrize(("case", "files"), [("clean", 2), ("errors", 3)])
def test_the_line_counts_are_mypys_proof_of_work(recorded: Recorded, case: str, files: int) -> None:
    report = mypy_linecount.parse(recorded("mypy", case, "lines"))

    assert report.measures == {"files.checked": files}


def test_no_module_is_no_proof() -> None:
    report = mypy_linecount.parse(b"      0       0      0      0 total\n")

    assert report.measures == {"files.checked": 0}


def test_line_counts_without_one_of_their_modules_are_unreadable(recorded: Recorded) -> None:
    text = recorded("mypy", "errors", "lines").splitlines(keepends=True)

    with pytest.raises(OutputUnreadable, match="add up"):
        mypy_linecount.parse(b"".join(text[:-1]))


def test_pyright_counts_lines_from_1(recorded: Recorded) -> None:
    report = pyright.parse(recorded("pyright", "errors", "report"))
    (finding,) = report.findings

    assert (finding.measure, finding.rule) == ("type.errors", "reportOperatorIssue")
    assert (finding.path, finding.line) == ("/project/src/shop/mess.py", 10)
    assert report.measures == {"files.checked": 3}


def test_pyright_clean(recorded: Recorded) -> None:
    report = pyright.parse(recorded("pyright", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"files.checked": 2}


def test_pyrights_count_must_agree(recorded: Recorded) -> None:
    data = recorded("pyright", "errors", "report")

    with pytest.raises(OutputUnreadable, match="differ"):
        pyright.parse(data.replace(b'"errorCount": 1', b'"errorCount": 2'))


def test_pyrights_warnings_are_a_note(recorded: Recorded) -> None:
    data = recorded("pyright", "errors", "report").replace(b'"error"', b'"warning"')
    data = data.replace(b'"errorCount": 1', b'"errorCount": 0')
    report = pyright.parse(data.replace(b'"warningCount": 0', b'"warningCount": 1'))

    assert report.findings == ()
    assert report.notes == ("pyright warnings: 1",)


def test_annotations_in_percent_with_the_incomplete_functions(recorded: Recorded) -> None:
    report = annotations.parse(recorded("type-coverage", "missing", "report"))
    (sample,) = report.samples

    assert report.measures == {"files.checked": 3, "type.coverage": 75}
    assert (sample.subject, sample.value, sample.line) == ("load", 0, 4)


def test_everything_annotated_is_exactly_100(recorded: Recorded) -> None:
    report = annotations.parse(recorded("type-coverage", "clean", "report"))

    assert report.measures["type.coverage"] == 100
    assert report.samples == ()


def test_code_without_functions_has_no_type_coverage() -> None:
    report = annotations.parse(b'{"files": 1, "total": 0, "annotated": 0, "incomplete": []}')

    assert "type.coverage" not in report.measures
    assert "type.coverage" in report.unavailable


def test_annotation_counts_must_agree(recorded: Recorded) -> None:
    data = recorded("type-coverage", "missing", "report")

    with pytest.raises(OutputUnreadable, match="add up"):
        annotations.parse(data.replace(b'"annotated": 9', b'"annotated": 8'))
