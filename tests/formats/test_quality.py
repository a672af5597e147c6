from collections.abc import Callable

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import (
    black,
    flake8,
    isort,
    isort_progress,
    python_files,
    radon,
    ruff,
    ruff_format,
)

Recorded = Callable[[str, str, str], bytes]


def test_ruff_findings(recorded: Recorded) -> None:
    findings = ruff.parse(recorded("ruff", "findings", "findings")).findings

    assert [(one.rule, one.path, one.line, one.column) for one in findings] == [
        ("I001", "/project/src/shop/mess.py", 1, 1),
        ("F401", "/project/src/shop/mess.py", 1, 8),
    ]
    assert {one.measure for one in findings} == {"lint.findings"}
    assert findings[1].help_url == "https://docs.astral.sh/ruff/rules/unused-import"


def test_ruff_clean_with_the_list_of_files_as_proof(recorded: Recorded) -> None:
    assert ruff.parse(recorded("ruff", "clean", "findings")).findings == ()
    files = python_files.parse(recorded("ruff", "clean", "files"))
    assert files.measures == {"files.checked": 4}


def test_a_pyproject_is_no_python_file() -> None:
    assert python_files.parse(b"/p/pyproject.toml\n").measures == {"files.checked": 0}


def test_ruff_format(recorded: Recorded) -> None:
    report = ruff_format.parse(recorded("ruff-format", "unformatted", "report"))
    (finding,) = report.findings

    assert (finding.measure, finding.path) == ("files.unformatted", "src/shop/mess.py")
    assert report.measures == {"files.checked": 5}


def test_ruff_format_clean(recorded: Recorded) -> None:
    report = ruff_format.parse(recorded("ruff-format", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"files.checked": 4}


def test_ruff_format_of_older_versions() -> None:
    data = b"Would reformat: a.py\n1 file would be reformatted, 2 files already formatted\n"
    report = ruff_format.parse(data)

    assert [finding.path for finding in report.findings] == ["a.py"]
    assert report.measures == {"files.checked": 3}


def test_ruff_format_must_name_as_many_files_as_it_counts() -> None:
    with pytest.raises(OutputUnreadable, match="counts 2"):
        ruff_format.parse(b"Would reformat: a.py\n2 files would be reformatted\n")


@pytest.mark.parametrize(("case", "files", "bad"), [("clean", 4, 0), ("unformatted", 5, 1)])
def test_black(recorded: Recorded, case: str, files: int, bad: int) -> None:
    report = black.parse(recorded("black", case, "report"))

    assert report.measures == {"files.checked": files}
    assert report.count("files.unformatted") == bad


def test_black_could_not_read_a_file(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="3 files could not be read"):
        black.parse(recorded("black", "unreadable", "report"))


def test_black_found_no_file(recorded: Recorded) -> None:
    with pytest.raises(NothingMeasured):
        black.parse(recorded("black", "no-files", "report"))


def test_black_must_name_as_many_files_as_it_counts() -> None:
    with pytest.raises(OutputUnreadable, match="counts 2"):
        black.parse(b"would reformat a.py\n\n2 files would be reformatted.\n")


def test_isort(recorded: Recorded) -> None:
    (finding,) = isort.parse(recorded("isort", "unsorted", "findings")).findings

    assert (finding.measure, finding.rule) == ("files.unformatted", "unsorted-imports")
    assert finding.path == "/project/src/shop/mess.py"
    progress = isort_progress.parse(recorded("isort", "unsorted", "progress"))
    assert progress.measures == {"files.sorted": 4}


def test_isort_clean(recorded: Recorded) -> None:
    assert isort.parse(recorded("isort", "clean", "findings")).findings == ()


def test_flake8(recorded: Recorded) -> None:
    report = flake8.parse(recorded("flake8", "findings", "report"))

    assert [(one.rule, one.line, one.column) for one in report.findings] == [
        ("F401", 1, 1),
        ("E401", 1, 10),
        ("E302", 4, 1),
    ]
    assert report.measures == {"files.checked": 5}


def test_flake8_clean(recorded: Recorded) -> None:
    report = flake8.parse(recorded("flake8", "clean", "report"))

    assert report.findings == ()
    assert report.measures == {"files.checked": 4}


def test_flake8_with_count_and_statistics_of_the_projects_settings(recorded: Recorded) -> None:
    data = recorded("flake8", "findings", "report") + b"1     E401 multiple imports\n3\n"

    assert flake8.parse(data).count("lint.findings") == 3


def test_radon_measures_every_function(recorded: Recorded) -> None:
    report = radon.parse(recorded("radon", "complex", "report"))

    assert report.measures == {"functions": 6, "complexity.max": 10}
    assert {one.subject: one.value for one in report.samples} == {
        "total": 2,
        "Till.total": 1,
        "Till.__init__": 1,
        "Outer.Inner.choose": 10,
        "outer": 1,
        "outer.inner": 2,
    }


def test_radon_hides_what_it_could_not_read(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="src/shop/"):
        radon.parse(recorded("radon", "unreadable", "report"))


def test_radon_without_functions_has_no_complexity() -> None:
    assert radon.parse(b'{"a.py": []}').measures == {"functions": 0}
