"""What `dotnet build` and `dotnet test` print: MSBuild's console text.

Errors and warnings of the compiler and the analyzers stand in its logs; here are those of MSBuild,
the SDK and NuGet. Each is printed twice, the second time in the summary. NuGet's audit warnings are
left to security.
"""

import re
from collections.abc import Iterator

from pytest_forge.errors import NotPrepared, ToolMissing
from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity

BUILT = "dotnet.built"
"""The measure of a sample for each assembly that was built, or was up to date."""
COMPILED = "dotnet.compiler"
"""The measure of a sample for each result of the compiler, which stands in its logs too."""

_TOOL = "dotnet"
_END = re.compile(r"Time Elapsed \d\d:\d\d:\d\d|MSBUILD : error ")
_RESULT = re.compile(r"^  (?P<project>\S.*?) -> (?P<path>.+\.(?:dll|exe|winmd|netmodule))$")
_SAID = re.compile(
    r"^\s*(?P<origin>[^:(]*?[^:(\s])(?:\((?P<line>\d+)(?:,(?P<column>\d+))?[\d,]*\))?\s*: "
    r"(?P<level>error|warning) (?P<code>[A-Za-z]+\d+)\s*: (?P<message>.*?)"
    r"(?: \[(?P<project>[^\[\]]+)\])?$"
)
# What MSBuild, the SDK and NuGet say is of their own files, or of none.
_OF_MSBUILD = re.compile(r"(?:MSB|NETSDK|NU)\d+$")
_MSBUILD_FILES = ("proj", ".props", ".targets", ".sln", ".slnx", ".json", ".config")
_COMPILER = "CSC"
_AUDIT = re.compile(r"NU190\d$")
_RESTORE = re.compile(r"NETSDK100[45]$|NU1\d\d\d$")
_NO_COLLECTOR = "Unable to find a datacollector with friendly name"


def parse(data: bytes) -> Report:
    """Return what a build says, which ends with the time that it took; see `parse_test`."""
    text = lines(data)
    if not any(_END.match(line) for line in text):
        raise unreadable(_TOOL, "the build does not come to its end")
    return parse_test(data)


def parse_test(data: bytes) -> Report:
    """Return MSBuild's own errors and warnings, and what was built before the tests ran.

    Raises `OutputUnreadable` for a text that names neither; `NotPrepared` where what a restore
    makes is not there, and `ToolMissing` where the tests have no collector of coverage.
    """
    text = lines(data)
    _require_collector(text)
    built = [found["path"] for line in text if (found := _RESULT.match(line))]
    said = list(_said(text))
    if not built and not said:
        raise unreadable(_TOOL, "it names nothing that was built, and no error")
    for finding in said:
        if finding.measure == "errors" and _RESTORE.match(finding.rule):
            raise NotPrepared(f"{finding.rule}: {finding.message}", "run `dotnet restore`")
    of_compiler = [one for one in said if one.subject == _COMPILER]
    return Report(
        findings=tuple(
            one for one in said if one not in of_compiler and not _AUDIT.match(one.rule)
        ),
        samples=(
            *(Sample(BUILT, 1, path) for path in dict.fromkeys(built)),
            *(Sample(COMPILED, 1, one.rule, one.path, one.line) for one in of_compiler),
        ),
    )


def _said(text: list[str]) -> Iterator[Finding]:
    for line in dict.fromkeys(line.rstrip() for line in text):
        found = _SAID.match(line)
        if found is None:
            continue
        is_error = found["level"] == "error"
        # "MSBUILD : error ..." is of no file.
        origin = found["origin"] if "/" in found["origin"] or "\\" in found["origin"] else None
        yield Finding(
            measure="errors" if is_error else "warnings",
            rule=found["code"],
            message=found["message"],
            severity=Severity.HIGH if is_error else Severity.MEDIUM,
            path=origin,
            line=int(found["line"]) if found["line"] else None,
            column=int(found["column"]) if found["column"] else None,
            subject=_COMPILER if _is_of_compiler(found["code"], found["origin"]) else "",
        )


def _is_of_compiler(code: str, origin: str) -> bool:
    if _OF_MSBUILD.match(code) or origin.lower().endswith(_MSBUILD_FILES):
        return False
    return origin == _COMPILER or "/" in origin or "\\" in origin


def _require_collector(text: list[str]) -> None:
    if any(_NO_COLLECTOR in line for line in text):
        raise ToolMissing(
            "coverlet.collector is not there: some test project does not refer to it",
            "dotnet add <test project> package coverlet.collector",
        )
