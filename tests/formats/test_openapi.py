"""What is read of oasdiff: the changes, and the documents that it has compared."""

from collections.abc import Callable

import pytest

from pytest_forge.errors import NothingMeasured, OutputUnreadable
from pytest_forge.formats import oasdiff, openapi_document
from pytest_forge.model import Severity

Recorded = Callable[[str, str, str], bytes]


def test_what_breaks_is_told_by_operation_and_place(recorded: Recorded) -> None:
    report = oasdiff.parse(recorded("oasdiff", "breaking", "changes"))
    parameter, response, path = report.findings
    assert {one.measure for one in report.findings} == {"api.breaking"}
    assert (parameter.rule, parameter.severity) == ("new-required-request-parameter", Severity.HIGH)
    assert (
        parameter.message == "GET /prices: added the new required `query` request parameter `day`"
    )
    assert (parameter.path, parameter.line) == ("/project/openapi.yaml", 8)
    assert response.rule == "response-property-became-optional"
    assert path.message == "GET /till: api path removed without deprecation"
    # What is gone has no place any more.
    assert (path.path, path.line) == (None, None)


def test_what_oasdiff_says_of_the_version_is_no_addition(recorded: Recorded) -> None:
    data = recorded("oasdiff", "breaking", "changes")
    assert b"api-version-not-bumped" in data
    assert oasdiff.parse(data).measures == {"api.additions": 1, "changes": 5}


def test_a_change_that_may_break_is_a_break(recorded: Recorded) -> None:
    data = recorded("oasdiff", "breaking", "changes").replace(b'"level":3', b'"level":2')
    findings = oasdiff.parse(data).findings
    assert [one.severity for one in findings] == [Severity.MEDIUM] * 3


def test_no_change_is_no_finding(recorded: Recorded) -> None:
    report = oasdiff.parse(recorded("oasdiff", "same", "changes"))
    assert (report.findings, report.measures) == ((), {"api.additions": 0, "changes": 0})


@pytest.mark.parametrize(("case", "count"), [("breaking", 5), ("added", 1), ("same", 0)])
def test_the_text_counts_the_same_changes(recorded: Recorded, case: str, count: int) -> None:
    assert oasdiff.parse_text(recorded("oasdiff", case, "told")).measures == {"changes.told": count}
    assert oasdiff.parse(recorded("oasdiff", case, "changes")).measures["changes"] == count


@pytest.mark.parametrize(
    "text",
    [b"", b"many changes", b"5 changes: 3 error\n", b"1 changes: 1 error, 0 warning, 0 info\n"],
)
def test_a_text_that_counts_nothing_is_refused(text: bytes) -> None:
    with pytest.raises(OutputUnreadable):
        oasdiff.parse_text(text)


@pytest.mark.parametrize("level", [b"0", b"4", b'"3"', b"null"])
def test_a_level_that_nobody_knows_is_refused(recorded: Recorded, level: bytes) -> None:
    data = recorded("oasdiff", "breaking", "changes").replace(b'"level":3', b'"level":' + level, 1)
    with pytest.raises(OutputUnreadable, match="level"):
        oasdiff.parse(data)


def test_a_document_shows_its_operations_and_its_version(recorded: Recorded) -> None:
    report = openapi_document.parse(recorded("oasdiff", "added", "document"))
    assert report.measures == {"document.describes": 1}
    assert [(one.measure, one.subject) for one in report.samples] == [("openapi.version", "1.0.0")]
    before = openapi_document.parse_released(recorded("oasdiff", "added", "released"))
    assert before.measures == {"document.released.describes": 1}
    assert [one.measure for one in before.samples] == ["openapi.version.released"]


def test_a_document_without_operations_shows_none(recorded: Recorded) -> None:
    report = openapi_document.parse(recorded("oasdiff", "nothing", "document"))
    assert report.measures == {"document.describes": 0}


def test_webhooks_are_operations_and_extensions_are_none() -> None:
    data = (
        b'{"openapi":"3.2.0","info":{"version":"1"},"paths":{"x-owner":"a team"},'
        b'"webhooks":{"paid":{"summary":"s","post":{}}}}'
    )
    assert openapi_document.parse(data).measures == {"document.describes": 1}


@pytest.mark.parametrize("output", ["document", "released"])
def test_swagger_is_refused_as_oasdiff_reads_it_in_part(recorded: Recorded, output: str) -> None:
    with pytest.raises(NothingMeasured, match=r"Swagger 2\.0; convert it"):
        openapi_document.parse(recorded("oasdiff", "swagger", output))


@pytest.mark.parametrize(
    "data",
    [
        b'{"openapi":"3.2.0","info":{"version":"1"}}',
        b'{"openapi":"","info":{"version":"1"},"paths":{}}',
        b'{"openapi":"3.2.0","info":null,"paths":{}}',
        b'{"openapi":"3.2.0","info":{"version":"1"},"paths":{"/a":[]}}',
        b"",
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(OutputUnreadable):
        openapi_document.parse(data)
