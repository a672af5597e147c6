"""What `dotnet build` and `dotnet test` print: MSBuild's console text.

Errors and warnings of the compiler and the analyzers stand in its logs; here are those of MSBuild,
the SDK and NuGet. Each is printed twice, the second time in the summary. NuGet's audit warnings are
left to security.
"""

import re

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
_LEVELS = {"error": ("errors", Severity.HIGH), "warning": ("warnings", Severity.MEDIUM)}
_AUDIT = re.compile(r"NU190\d$")
_RESTORE = re.compile(r"NETSDK100[45]$|NU1\d\d\d$")
# Errors that say what the SDK does not bring, and the command that brings it.
_GAPS = {
    "NETSDK1045": "dotnet-install.sh --channel <the version that it asks for>, from"
    " https://dot.net/v1/dotnet-install.sh",
    "NETSDK1147": "dotnet workload restore",
}
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
    makes is not there, and `ToolMissing` where a workload, a newer SDK or the tests' collector of
    coverage is not.
    """
    text = lines(data)
    _require_collector(text)
    built, said = _built(text), _said(text)
    if not built and not said:
        raise unreadable(_TOOL, "it names nothing that was built, and no error")
    _require_brought(said)
    return Report(
        findings=tuple(filter(_is_of_the_build, said)), samples=(*built, *_of_compiler(said))
    )


def _built(text: list[str]) -> list[Sample]:
    paths = dict.fromkeys(found["path"] for line in text if (found := _RESULT.match(line)))
    return [Sample(BUILT, 1, path) for path in paths]


def _said(text: list[str]) -> list[Finding]:
    """Return the errors and warnings, each once: the summary repeats them."""
    every = dict.fromkeys(line.rstrip() for line in text)
    return [_finding(found) for line in every if (found := _SAID.match(line))]


def _is_of_the_build(finding: Finding) -> bool:
    return finding.subject != _COMPILER and not _AUDIT.match(finding.rule)


def _of_compiler(said: list[Finding]) -> list[Sample]:
    own = (one for one in said if one.subject == _COMPILER)
    return [Sample(COMPILED, 1, one.rule, one.path, one.line) for one in own]


def _require_brought(said: list[Finding]) -> None:
    for finding in said:
        what = f"{finding.rule}: {finding.message}"
        if finding.rule in _GAPS:
            raise ToolMissing(what, _GAPS[finding.rule])
        if finding.measure == "errors" and _RESTORE.match(finding.rule):
            raise NotPrepared(what, "run `dotnet restore`")


def _finding(said: re.Match[str]) -> Finding:
    measure, severity = _LEVELS[said["level"]]
    return Finding(
        measure=measure,
        rule=said["code"],
        message=said["message"],
        severity=severity,
        # "MSBUILD : error ..." is of no file.
        path=said["origin"] if _is_path(said["origin"]) else None,
        line=_number(said["line"]),
        column=_number(said["column"]),
        subject=_COMPILER if _is_of_compiler(said["code"], said["origin"]) else "",
    )


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _is_path(origin: str) -> bool:
    return "/" in origin or "\\" in origin


def _is_of_compiler(code: str, origin: str) -> bool:
    if _OF_MSBUILD.match(code) or origin.lower().endswith(_MSBUILD_FILES):
        return False
    return origin == _COMPILER or _is_path(origin)


def _require_collector(text: list[str]) -> None:
    if any(_NO_COLLECTOR in line for line in text):
        raise ToolMissing(
            "coverlet.collector is not there: some test project does not refer to it",
            "dotnet add <test project> package coverlet.collector",
        )
