"""What Biome prints, as it was recorded."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import biome

Recorded = Callable[[str, str, str], bytes]


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def test_nothing_found_has_still_looked_at_files(recorded: Recorded) -> None:
    for case in ("clean", "defaults"):
        report = biome.parse_lint(recorded("biome-lint", case, "report"))
        assert (report.findings, report.measures) == ((), {"files.checked": 4})
    report = biome.parse_format(recorded("biome-format", "clean", "report"))
    assert (report.findings, report.measures) == ((), {"files.checked": 4})


def test_errors_and_warnings_count_and_hints_do_not(recorded: Recorded) -> None:
    report = biome.parse_lint(recorded("biome-lint", "findings", "report"))
    assert [(one.rule, one.path, one.line) for one in report.findings] == [
        ("syntax", "src/broken.ts", 1),
        ("syntax", "src/broken.ts", 1),
        ("style/useConst", "src/index.ts", 28),
        ("correctness/noUnusedVariables", "src/index.ts", 28),
        ("suspicious/noDoubleEquals", "src/index.ts", 29),
    ]
    assert {one.measure for one in report.findings} == {"lint.findings"}


def test_a_file_is_unformatted_once(recorded: Recorded) -> None:
    report = biome.parse_format(recorded("biome-format", "findings", "report"))
    assert [(one.path, one.message.partition(":")[0]) for one in report.findings] == [
        ("src/broken.ts", "biome can't parse this file"),
        ("src/index.ts", "biome would change this file"),
    ]
    assert report.measures == {"files.checked": 5}


def test_no_file_is_nothing_checked(recorded: Recorded) -> None:
    nothing = {"files.checked": 0}
    assert biome.parse_lint(recorded("biome-lint", "nothing", "report")).measures == nothing
    assert biome.parse_format(recorded("biome-format", "nothing", "report")).measures == nothing


@pytest.mark.parametrize("place", range(7))
def test_a_diagnostic_that_is_not_there_is_missed(place: int, recorded: Recorded) -> None:
    whole = recorded("biome-lint", "findings", "report")
    cut = changed(whole, lambda document: document["diagnostics"].pop(place))
    with pytest.raises(OutputUnreadable, match="is not the number of its diagnostics"):
        biome.parse_lint(cut)


def test_diagnostics_that_are_not_printed_are_missed(recorded: Recorded) -> None:
    whole = recorded("biome-lint", "clean", "report")
    some = changed(whole, lambda document: document["summary"].update(diagnosticsNotPrinted=2))
    with pytest.raises(OutputUnreadable, match="does not print every"):
        biome.parse_lint(some)


def test_a_file_that_was_not_read_is_no_finding(recorded: Recorded) -> None:
    whole = recorded("biome-lint", "findings", "report")

    def unread(document: Any) -> None:
        document["diagnostics"][0].update(category="fs/cantRead", message="Cannot read file.")

    with pytest.raises(OutputUnreadable, match=r"src/index\.ts: Cannot read file"):
        biome.parse_lint(changed(whole, unread))


@pytest.mark.parametrize("place", range(5))
def test_a_file_that_is_not_named_is_missed(place: int, recorded: Recorded) -> None:
    whole = recorded("biome-format", "findings", "report")
    cut = changed(whole, lambda document: document["diagnostics"].pop(place))
    with pytest.raises(OutputUnreadable, match="errors is not the number of its diagnostics"):
        biome.parse_format(cut)


@pytest.mark.parametrize("severity", ["hint", "fatal"])
def test_a_severity_that_nobody_counts_is_refused(severity: str, recorded: Recorded) -> None:
    def other(document: Any) -> None:
        document["diagnostics"].append({**document["diagnostics"][0], "severity": severity})

    with pytest.raises(OutputUnreadable, match="a severity is none of error, warning, info"):
        biome.parse_lint(changed(recorded("biome-lint", "findings", "report"), other))


def test_one_command_is_not_the_other(recorded: Recorded) -> None:
    with pytest.raises(OutputUnreadable, match="not the report of `biome format`"):
        biome.parse_format(recorded("biome-lint", "clean", "report"))


def test_formatting_finds_nothing_else(recorded: Recorded) -> None:
    def other(document: Any) -> None:
        document["diagnostics"][-1].update(category="configuration")

    with pytest.raises(OutputUnreadable, match="it says configuration"):
        biome.parse_format(changed(recorded("biome-format", "findings", "report"), other))
