"""What Gradle's log tells of a build: javac's errors and warnings, and why tasks failed.

A build ends with one of two lines, behind what went wrong. A dependency that can't be had, and a
JDK that is too old for the sources, are no errors of the code: they are raised as what they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from pytest_forge.errors import NotPrepared, ToolMissing
from pytest_forge.formats.maven_log import GOALS_FAILED
from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, Severity
from pytest_forge.phrases import clipped

_TOOL = "Gradle"
_END = re.compile(r"BUILD (SUCCESSFUL|FAILED) in (?:\d+(?:h|m|s|ms) ?)+$")
# Before version 4.7 the name of the task stands right before the first line that it prints.
_JAVAC = re.compile(
    r"\s*(?::[\w:.-]*?)??(?:(?P<path>(?:/|[A-Za-z]:[\\/]).*?\.\w+):(?P<line>\d+): )?"
    r"(?P<level>error|warning): (?:\[(?P<rule>[\w.-]+)\] )?(?P<message>.*)"
)
_ANNOUNCED = re.compile(r"(?P<count>\d+) errors?$")
_HEADER = re.compile(r"(?:> Task )?(?P<task>:[\w:.-]+)")
# What these print may have the same form as what javac does.
_NO_COMPILER = re.compile(r"(?!.*[cC]ompile).*(?:[jJ]avadoc|[tT]est(?![a-z]))")
_DETAIL = re.compile(r"\s+(?:symbol|location|required|found|reason): ")
_WRONG = "* What went wrong:"
_TASK = re.compile(r"Execution failed for task '(?P<task>[^']+)'\.?")
_UNRESOLVED = re.compile(
    r"Could not (?:resolve|find|get|download|GET|HEAD|transfer) |Plugin \[?.* was not found|"
    r"No cached version of "
)
_TOO_OLD = re.compile(
    r"release version \S+ not supported|invalid (?:target|source) release: \S+|"
    r"(?:source|target) release \S+ requires|class file has wrong version \S+|"
    r"Unsupported class file major version \S+|Could not determine java version from \S+|"
    r"(?:No matching|Cannot find a matching) .*toolchain|"
    r"Gradle requires JVM \S+|Dependency requires at least JVM runtime version \S+"
)
_LONGEST = 300
_OWN_TASKS = ("forge", "forgeJacoco", "forgeSpotbugs", "forgeNeeds")
_COMPILES = re.compile(r"(?:^|:)compile\w*Java$")


def parse(data: bytes) -> Report:
    """Return `errors` and `warnings` as findings, and forge's own tasks that failed.

    Raises `NotPrepared` for what can't be resolved, `ToolMissing` for a JDK that is too old, and
    `OutputUnreadable`.
    """
    text = lines(data)
    wrong = [one for one in _blocks(text) if one]
    _demand_means(text, wrong)
    end = next(filter(None, map(_END.match, text)), None)
    if end is None or not data.endswith(b"\n"):
        raise unreadable(_TOOL, "it does not tell how the build ended")
    placed = tuple(dict.fromkeys(_placed(text)))
    _demand_all(text, placed)
    failed = tuple(dict.fromkeys(_failed(wrong, placed)))
    if end[1] == "FAILED" and not failed and not any(map(_is_error, placed)):
        raise unreadable(_TOOL, "the build failed, but nothing tells why")
    return Report(findings=(*placed, *failed))


def _blocks(text: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph that tells what went wrong."""
    for number, line in enumerate(text):
        if line.startswith(_WRONG):
            said = takewhile(lambda one: not one.startswith("* "), text[number + 1 :])
            yield [one for one in map(plain, said) if one]


def _demand_means(text: Iterable[str], wrong: Iterable[list[str]]) -> None:
    """Demand that everything was there that the build needs."""
    for block in wrong:
        found = [one for one in block if _UNRESOLVED.search(one)]
        if found:
            # The first line names the configuration, the next one what could not be had.
            what = found[1] if len(found) > 1 else found[0]
            raise NotPrepared(
                clipped(what.removeprefix("> "), _LONGEST),
                "see that Gradle can reach the network or the repositories of the build; "
                "then run again",
            )
    for line in text:
        if found_old := _TOO_OLD.search(line):
            raise ToolMissing(
                f"the JDK is not the one that the project asks for: {found_old[0]}",
                "set JAVA_HOME to a JDK that fits both the project and its Gradle",
            )


def _placed(text: Sequence[str]) -> Iterator[Finding]:
    task = ""
    for number, line in enumerate(text):
        header = _HEADER.match(line)
        # Later versions tell the compiler's errors once more behind this line.
        task = header["task"] if header else "" if line.startswith("FAILURE: ") else task
        found = _JAVAC.match(line)
        if found and not _NO_COMPILER.match(task):
            yield _finding(found, text[number + 1 : number + 8])


def _finding(found: re.Match[str], behind: Sequence[str]) -> Finding:
    said = takewhile(lambda one: not _JAVAC.match(one), behind)
    details = (" ".join(one.split()) for one in said if _DETAIL.match(one))
    error = found["level"] == "error"
    return Finding(
        measure="errors" if error else "warnings",
        rule=found["rule"] or found["level"],
        message="; ".join((plain(found["message"]), *details)),
        severity=Severity.HIGH if error else Severity.MEDIUM,
        path=found["path"],
        line=int(found["line"]) if found["line"] else None,
    )


def _is_error(finding: Finding) -> bool:
    return finding.measure == "errors"


def _demand_all(text: Iterable[str], found: Iterable[Finding]) -> None:
    """Demand that the errors that javac counts are all read, those without a place too."""
    announced = max((int(one["count"]) for one in map(_ANNOUNCED.match, text) if one), default=0)
    told = sum(map(_is_error, found))
    if announced > told:
        raise unreadable(_TOOL, f"javac counts {announced} errors, but it tells {told}")


def _failed(wrong: Iterable[list[str]], placed: Sequence[Finding]) -> Iterator[Finding]:
    told = any(map(_is_error, placed))
    for block in wrong:
        found = _TASK.match(block[0])
        task = found["task"] if found else ""
        if not (told and _COMPILES.search(task)):
            yield _failure(task, block[1:] if found and len(block) > 1 else block)


def _failure(task: str, said: Iterable[str]) -> Finding:
    own = task.rpartition(":")[2] in _OWN_TASKS
    return Finding(
        measure=GOALS_FAILED if own else "errors",
        rule=task or "build",
        message=clipped(" ".join(one.removeprefix("> ") for one in said), _LONGEST),
        severity=Severity.HIGH,
    )
