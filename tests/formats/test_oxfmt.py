"""What `oxfmt --check` prints, as it was recorded."""

from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import oxfmt

Recorded = Callable[[str, str, str], bytes]


def test_all_files_are_formatted(recorded: Recorded) -> None:
    report = oxfmt.parse(recorded("oxfmt", "clean", "report"))
    assert (report.findings, report.measures) == ((), {"files.checked": 5})


def test_files_that_would_be_changed_are_named(recorded: Recorded) -> None:
    report = oxfmt.parse(recorded("oxfmt", "findings", "report"))
    assert [one.path for one in report.findings] == ["src/index.ts", "src/one.ts"]
    assert {one.measure for one in report.findings} == {"files.unformatted"}
    assert report.measures == {"files.checked": 6}


@pytest.mark.parametrize("case", ["nothing", "broken"])
def test_what_did_not_come_to_an_end_is_no_report(case: str, recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="does not say once"):
        oxfmt.parse(recorded("oxfmt", case, "report"))


@pytest.mark.parametrize("case", ["clean", "findings"])
def test_a_report_that_is_cut_off_is_none(case: str, recorded: Recorded) -> None:
    data = recorded("oxfmt", case, "report")
    for end in range(len(data.rstrip())):
        with pytest.raises(OutputUnreadable):
            oxfmt.parse(data[:end])


def test_a_file_that_is_not_named_is_missed(recorded: Recorded) -> None:
    first, _, *rest = [
        one
        for one in recorded("oxfmt", "findings", "report").splitlines(keepends=True)
        if one.strip()
    ]
    with pytest.raises(OutputUnreadable, match="names 1 files, but counts 2"):
        oxfmt.parse(b"".join((first, *rest)))
