"""TRX, the test report of `dotnet test`: one file for each test project and framework.

The summary is held against the results: a host that was ended counts only tests that passed, and
says what happened in a `RunInfo` alone. `notExecuted` counts nothing: skipped tests are those that
were not `executed`.
"""

import re
from xml.etree.ElementTree import Element

from pytest_forge.errors import ToolCrashed, ToolMissing
from pytest_forge.formats.markup import attribute, child, count, parse_xml
from pytest_forge.formats.reading import plain, unreadable
from pytest_forge.model import Report, Sample, TestCase, TestOutcome

RUN = "test.run"
"""The measure of the one sample that each file gives."""

_TOOL = "dotnet test"
_OUTCOMES = {
    "Passed": TestOutcome.PASSED,
    "Failed": TestOutcome.FAILED,
    "Error": TestOutcome.FAILED,
    "Timeout": TestOutcome.FAILED,
    "Aborted": TestOutcome.FAILED,
    "NotExecuted": TestOutcome.SKIPPED,
}
# What `dotnet` says of a program whose framework is not installed (the host's own words).
_NO_RUNTIME = "You must install or update .NET to run this application"
_RUNTIME = re.compile(r"Framework: '(?P<name>[^']+)', version '(?P<version>[^']+)'")
_RUNTIMES = {
    "Microsoft.AspNetCore.App": "aspnetcore",
    "Microsoft.WindowsDesktop.App": "windowsdesktop",
}
_FAILED = ("failed", "error", "timeout", "aborted")


def parse(data: bytes) -> Report:
    """Return the tests; raises `OutputUnreadable`, and `ToolCrashed` where a host was ended."""
    root = parse_xml(data, _TOOL, "TestRun")
    summary = child(root, "ResultSummary", _TOOL)
    tests = tuple(_test(one) for one in root.iterfind("Results/UnitTestResult"))
    _require_all(child(summary, "Counters", _TOOL), tests)
    _require_end(summary, tests)
    return Report(tests=tests, samples=(Sample(RUN, 1, _assembly(root)),))


def _require_all(counters: Element, tests: tuple[TestCase, ...]) -> None:
    announced = {
        "total": count(counters, "total", _TOOL),
        "executed": count(counters, "executed", _TOOL),
        "failed": sum(count(counters, name, _TOOL) for name in _FAILED),
    }
    held = {
        "total": len(tests),
        "executed": sum(one.outcome is not TestOutcome.SKIPPED for one in tests),
        "failed": sum(one.outcome is TestOutcome.FAILED for one in tests),
    }
    for name, number in announced.items():
        # What is announced and not there is lost.
        if number > held[name]:
            raise unreadable(_TOOL, f"it announces {number} {name}, but holds {held[name]}")


def _require_end(summary: Element, tests: tuple[TestCase, ...]) -> None:
    outcome = attribute(summary, "outcome", _TOOL)
    if outcome == "Completed" or any(one.outcome is TestOutcome.FAILED for one in tests):
        return
    said = [
        plain(info.findtext("Text", ""))
        for info in summary.iterfind("RunInfos/RunInfo")
        if info.get("outcome") == "Error"
    ]
    if not said and not tests:
        # A run without a test, where that is an error (TreatNoTestsAsError).
        return
    _require_runtime(said)
    why = said[0].partition("\n")[0] if said else "it does not say why"
    raise ToolCrashed(
        f"the test run ended as {outcome!r}: {why}",
        "run `dotnet test --blame-hang-timeout 60s` by hand: it names the test",
    )


def _require_runtime(said: list[str]) -> None:
    for text in said:
        asked = _RUNTIME.search(text) if _NO_RUNTIME in text else None
        if asked:
            kind = _RUNTIMES.get(asked["name"], "dotnet")
            raise ToolMissing(
                f"the runtime {asked['name']} {asked['version']}, which tests are built for, "
                "is not there",
                f"dotnet-install.sh --runtime {kind} --version {asked['version']}, from"
                " https://dot.net/v1/dotnet-install.sh",
            )


def _test(result: Element) -> TestCase:
    name, said = attribute(result, "testName", _TOOL), attribute(result, "outcome", _TOOL)
    if said not in _OUTCOMES:
        raise unreadable(_TOOL, f"{name} has the outcome {said!r}")
    message = plain(result.findtext("Output/ErrorInfo/Message", ""))
    return TestCase(name, _OUTCOMES[said], _seconds(result.get("duration", "")), message)


def _seconds(duration: str) -> float:
    """Return hours, minutes and seconds as seconds; a test that did not run has no duration."""
    if not duration:
        return 0.0
    try:
        hours, minutes, seconds = duration.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError as error:
        raise unreadable(_TOOL, f"a duration is {duration!r}") from error


def _assembly(root: Element) -> str:
    method = root.find("TestDefinitions/UnitTest/TestMethod")
    return method.get("codeBase", "") if method is not None else ""
