from collections import Counter
from collections.abc import Callable

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import go_files, gocyclo, gofmt, gofmt_errors, golangci_lint, sarif

Recorded = Callable[[str, str, str], bytes]


def test_gofmt_names_each_file_once_and_the_last_one_not(recorded: Recorded) -> None:
    assert gofmt.parse(recorded("gofmt", "clean", "findings")).findings == ()
    (finding,) = gofmt.parse(recorded("gofmt", "unformatted", "findings")).findings

    assert (finding.measure, finding.path) == ("files.unformatted", "till/ugly.go")


def test_gofmt_that_did_not_come_to_the_last_file_has_not_looked_at_all(
    recorded: Recorded,
) -> None:
    first = recorded("gofmt", "unformatted", "findings").splitlines(keepends=True)[0]

    with pytest.raises(OutputUnreadable, match="does not end with the file that stands last"):
        gofmt.parse(first)


def test_a_file_that_gofmt_cannot_parse(recorded: Recorded) -> None:
    (finding,) = gofmt_errors.parse(recorded("gofmt", "unparsed", "errors")).findings

    assert (finding.measure, finding.rule) == ("files.unformatted", "syntax")
    assert (finding.path, finding.line) == ("till/cut.go", 3)


def test_what_gofmt_was_given(recorded: Recorded) -> None:
    report = go_files.parse(recorded("gofmt", "clean", "files"))

    assert report.measures == {"files.checked": 9}
    with pytest.raises(OutputUnreadable, match="till"):
        go_files.parse(b"prices.go\ntill\n")


def test_complexity_of_functions_and_methods(recorded: Recorded) -> None:
    report = gocyclo.parse(recorded("gocyclo", "complex", "report"))
    worst = max(report.samples, key=lambda one: one.value)

    assert report.measures == {"functions": 6, "complexity.max": 9}
    assert (worst.subject, worst.path, worst.line) == ("(*deep).choose", "till/deep.go", 5)


def test_no_function_has_no_complexity(recorded: Recorded) -> None:
    assert gocyclo.parse(recorded("gocyclo", "nothing", "report")).measures == {"functions": 0}


def test_a_function_that_is_missing_shows_in_the_average(recorded: Recorded) -> None:
    _, *rest = recorded("gocyclo", "complex", "report").splitlines(keepends=True)

    with pytest.raises(OutputUnreadable, match=r"do not have the average 2\.67"):
        gocyclo.parse(b"".join(rest))


def test_linters_and_formatters_of_golangci_lint(recorded: Recorded) -> None:
    report = golangci_lint.parse(recorded("golangci-lint", "findings", "report"))

    assert Counter(one.rule for one in report.findings) == {
        "errcheck": 1,
        "gofmt": 1,
        "govet": 1,
        "unused": 1,
    }
    assert {one.measure for one in report.findings} == {"lint.findings"}
    assert report.measures["linters"] > 1


def test_golangci_lint_clean(recorded: Recorded) -> None:
    report = golangci_lint.parse(recorded("golangci-lint", "clean", "report"))

    assert (report.findings, report.measures["linters"] > 1) == ((), True)


def test_golangci_lints_own_error_is_no_result() -> None:
    with pytest.raises(OutputUnreadable, match="no config"):
        golangci_lint.parse(b'{"Issues": [], "Report": {"Error": "no config", "Linters": []}}')


def test_staticcheck_as_sarif(recorded: Recorded) -> None:
    found = sarif.parse(recorded("staticcheck", "findings", "report"))
    clean = sarif.parse(recorded("staticcheck", "clean", "report"))

    assert [(one.rule, one.path, one.line) for one in found.findings] == [
        ("U1000", "mess/mess.go", 9),
        ("SA5009", "mess/mess.go", 15),
    ]
    assert (clean.findings, clean.measures["rules"]) == ((), found.measures["rules"])


def test_staticcheck_tells_what_does_not_compile(recorded: Recorded) -> None:
    report = sarif.parse(recorded("staticcheck", "errors", "report"))

    assert [one.rule for one in report.findings] == ["compile", "compile"]
