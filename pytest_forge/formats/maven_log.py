"""What Maven tells of a build: the compiler's errors and warnings, and the goals that failed.

It is told nowhere but in this text. A build ends with one of two lines; behind a failure Maven says
again what has failed. A dependency that can't be had, and a JDK that is too old for the sources,
are no errors of the code: they are raised as what they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from pytest_forge.errors import NothingMeasured, NotPrepared, ToolMissing
from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Sample, Severity
from pytest_forge.phrases import clipped

COMPILED = "files.compiled"
"""The measure of the files that the compiler was given."""
GOALS_FAILED = "goals.failed"
"""The measure of the findings about goals that failed and stand on the command line."""
SKIPPED = "modules.skipped"
"""The measure of a sample for each module that Maven never came to build."""

_END = re.compile(r"\[INFO\] BUILD (SUCCESS|FAILURE)$")
_PLACE = re.compile(
    r"\[(?P<level>WARNING|ERROR)\] (?P<path>(?:/|[A-Za-z]:[\\/]).*?\.\w+):"
    r"\[(?P<line>\d+)(?:,(?P<column>\d+))?\] (?P<message>.*)"
)
_CATEGORY = re.compile(r"\[(?P<rule>[\w.-]+)\] (?P<message>.*)")
_OPTIONS = re.compile(r"\[WARNING\] \[(?P<rule>options|path)\] (?P<message>.*)")
_COMPILING = re.compile(r"\[INFO\] Compiling (\d+) (?:\w+ )?source files?\b")
_IN_PROCESS = re.compile(r"\[INFO\] Compiling .* with javac \[(?!forked\b)")
_ANNOUNCED = re.compile(r"\[INFO\] (?P<count>\d+) errors?\s*$")
_FAILED = re.compile(
    r"\[ERROR\] Failed to execute goal (?P<goal>\S+?) \((?P<execution>[^)]*)\) on project "
    r"(?P<project>[^:]+): (?P<message>.*)"
)
_GOAL = re.compile(
    r"\[INFO\] --- \S+ \((?P<execution>[^)]*)\) @ (?P<project>\S+) ---|"
    # Later versions of the plugin (4.10.3 is one) go on then, and say that they found no bug.
    r"\[ERROR\] (?P<bugs>SpotBugs execution failed.*)"
)
_UNBUILT = re.compile(r"\[INFO\] (\S.*?) \.* ?SKIPPED$")
_UNRESOLVED = re.compile(
    r"Could not resolve dependencies|Non-resolvable|could not be resolved|Could not find artifact|"
    r"Could not transfer artifact|Unresolveable build extension|in offline mode"
)
_TOO_OLD = re.compile(
    r"release version \S+ not supported|invalid target release: \S+|invalid source release: \S+|"
    r"class file has wrong version \S+|No toolchain found|Detected JDK \S* ?[Vv]ersion"
)
_OLD_MAVEN = re.compile(
    r"requires Maven version \S+|Detected Maven Version: \S+ is not in the allowed range \S+"
)
_UNREAD = re.compile(r"\[ERROR\] The (?:build|project) could not|\[ERROR\] Some problems were")
# Said again behind the project that it is wrong with.
_WRONG = re.compile(r"\[ERROR\] {5}(?P<what>\S.*)")
# Some versions of Maven reset the colours at the end, whatever they are told of styles.
_LAST = re.compile(rb"\n(?:\x1b\[\d*m)*\Z")
_COMPILER = re.compile(r"maven-compiler-plugin:[^:]+:(?:testC|c)ompile$")
_ON_COMMAND_LINE = "default-cli"
_LONGEST = 300
_RETRY = "the network or the repositories of the project's settings; then run again"


def parse(data: bytes) -> Report:
    """Return `errors` and `warnings` as findings, the goals that failed, and `files.compiled`.

    A module that Maven skipped, since another one failed that it needs, is a sample of `SKIPPED`.
    Raises `NotPrepared` for what can't be resolved, `ToolMissing` for a JDK that is too old, and
    `OutputUnreadable`.
    """
    text = lines(data)
    if not any(map(_END.match, text)) and any(map(_UNREAD.match, text)):
        _demand_means(text)
        return Report(findings=tuple(_unread(text)), measures={COMPILED: 0})
    before, after = parts(data)
    placed = tuple(dict.fromkeys(_placed(before)))
    _demand_all(before, placed)
    failed = tuple(dict.fromkeys(_failed(after, placed)))
    if after[0].endswith("FAILURE") and not failed and not any(map(_is_error, placed)):
        raise unreadable("Maven", "the build failed, but nothing tells why")
    return Report(
        findings=(*placed, *failed, *_passed_in_silence(before)),
        measures={COMPILED: sum(int(files) for files in _told_by(_COMPILING, before))},
        samples=tuple(Sample(SKIPPED, 1, module) for module in _told_by(_UNBUILT, before)),
    )


def _told_by(pattern: re.Pattern[str], text: Iterable[str]) -> Iterator[str]:
    """Yield the first group of each line that fits."""
    return (found[1] for found in map(pattern.match, text) if found)


def parse_linted(data: bytes) -> Report:
    """Return what `parse` does, of a build whose lints reach only a compiler that is forked.

    Before version 3.11 the compiler's plugin does not tell whether it forks.
    """
    report = parse(data)
    if any(_IN_PROCESS.match(line) for line in lines(data)):
        raise NothingMeasured(
            "the build does not fork the compiler, which then takes no further lints",
            "take `fork` out of the executions of maven-compiler-plugin",
        )
    return report


def parts(data: bytes) -> tuple[list[str], list[str]]:
    """Return the lines before the one that tells how the build ended, and those from it on.

    Raises `NotPrepared`, `ToolMissing` and `OutputUnreadable`, as `parse` does.
    """
    text = lines(data)
    ends = [number for number, line in enumerate(text) if _END.match(line)]
    _demand_means(text)
    if not ends:
        raise unreadable("Maven", "it does not tell how the build ended")
    after = text[ends[0] :]
    finished = any(line.startswith("[INFO] Finished at") for line in after)
    if not finished or not _LAST.search(data):
        raise unreadable("Maven", "it is cut off")
    return text[: ends[0]], after


def _demand_means(text: Iterable[str]) -> None:
    """Demand that everything was there that the build needs."""
    for line in text:
        if not line.startswith("[ERROR]"):
            continue
        if _UNRESOLVED.search(line):
            what = plain(line.removeprefix("[ERROR]")).partition(" -> ")[0]
            raise NotPrepared(clipped(what, _LONGEST), f"see that Maven can reach {_RETRY}")
        if found := _TOO_OLD.search(line):
            raise ToolMissing(
                f"the JDK is not the one that the project asks for: {found[0]}",
                "set JAVA_HOME to a JDK of that version or later",
            )
        if found := _OLD_MAVEN.search(line):
            raise ToolMissing(
                f"Maven is not the one that the project asks for: {plain(found[0])}",
                "install that version, or add a wrapper: mvn wrapper:wrapper -Dmaven=VERSION",
            )


def _placed(text: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(text):
        if found := _PLACE.match(line):
            yield _told(found, (text[after] for after in range(number + 1, len(text))))
        elif options := _OPTIONS.match(line):
            yield Finding("warnings", options["rule"], plain(options["message"]), Severity.MEDIUM)


def _told(found: re.Match[str], further: Iterable[str]) -> Finding:
    """Return an error or a warning; what is said of an error stands indented behind it."""
    rule, message = _ruled(found["message"])
    error = found["level"] == "ERROR"
    said = takewhile(lambda one: error and one.startswith("  "), further)
    return Finding(
        measure="errors" if error else "warnings",
        rule=rule or found["level"].lower(),
        message="; ".join((message, *(" ".join(one.split()) for one in said))),
        severity=Severity.HIGH if error else Severity.MEDIUM,
        path=found["path"],
        line=int(found["line"]),
        column=int(found["column"]) if found["column"] else None,
    )


def _ruled(text: str) -> tuple[str, str]:
    """Return the category of a lint, or the name of Error Prone's check, and the message."""
    found = _CATEGORY.match(text)
    return (found["rule"], plain(found["message"])) if found else ("", plain(text))


def _is_error(finding: Finding) -> bool:
    return finding.measure == "errors"


def _demand_all(text: Iterable[str], found: Iterable[Finding]) -> None:
    """Demand that the errors that the compiler counts are all read, those without a place too."""
    announced = sum(int(one["count"]) for one in map(_ANNOUNCED.match, text) if one)
    told = sum(map(_is_error, found))
    if announced and not told:
        raise unreadable("Maven", f"it counts {announced} errors of the compiler, but tells none")


def _failed(text: Iterable[str], placed: Sequence[Finding]) -> Iterator[Finding]:
    for line in text:
        found = _FAILED.match(line)
        if not found:
            continue
        if _COMPILER.search(found["goal"]) and any(map(_is_error, placed)):
            continue
        goal = ":".join(found["goal"].split(":")[1::2])
        own = found["execution"] == _ON_COMMAND_LINE
        yield Finding(
            measure=GOALS_FAILED if own else "errors",
            rule=goal,
            message=f"{found['project']}: {clipped(plain(found['message']), _LONGEST)}",
            severity=Severity.HIGH,
        )


def _passed_in_silence(text: Iterable[str]) -> Iterator[Finding]:
    """Yield each failure of SpotBugs' that its goal on the command line has not passed on."""
    execution = project = ""
    for found in filter(None, map(_GOAL.match, text)):
        if not found["bugs"]:
            execution, project = found["execution"], found["project"]
        elif execution == _ON_COMMAND_LINE:
            yield Finding(
                measure=GOALS_FAILED,
                rule="spotbugs-maven-plugin:spotbugs",
                message=f"{project}: {clipped(plain(found['bugs']), _LONGEST)}",
                severity=Severity.HIGH,
            )


def _unread(text: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with a pom that Maven could not read."""
    told = [found["what"] for found in map(_WRONG.match, text) if found]
    for one in dict.fromkeys(told or ["it could not be read"]):
        what = clipped(plain(one).partition(" -> ")[0], _LONGEST)
        yield Finding("errors", "pom", what, Severity.HIGH)
