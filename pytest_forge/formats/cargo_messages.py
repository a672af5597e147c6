"""What cargo tells while it compiles (`--message-format=json`): a JSON document a line.

See "JSON messages" in the Cargo Book's chapter "External Tools". `build-finished` comes last; what
is missing after a cut would be missing errors, so it must be there, line end and all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pytest_forge.errors import ToolMissing
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Finding, Report, Severity

_TARGET_ABSENT = re.compile(r"the `([^`]+)` target may not be installed")
_NEEDS_NIGHTLY = "E0554"
# A sum at a compiler's end ("aborting due to 2 previous errors"), which has no place.
_SUM = re.compile(r"aborting due to |\d+ warnings? emitted")
_LEVELS = {
    "error": ("errors", Severity.HIGH),
    "error: internal compiler error": ("errors", Severity.HIGH),
    "warning": ("warnings", Severity.MEDIUM),
}
_HINTS = frozenset({"note", "help", "failure-note"})
# cargo itself says why (a build script, say), but only to people, on standard error.
_FAILED = Finding(
    measure="errors",
    rule="build-failed",
    message="the build failed without an error of the compiler: run it by hand to see why",
    severity=Severity.HIGH,
)


@dataclass(frozen=True)
class Build:
    """What one build told: its report, its test executables, and the targets that failed."""

    report: Report
    test_executables: int
    failed: tuple[str, ...]


def parse(data: bytes) -> Report:
    """Return `errors` and `warnings` as findings, and the number of `targets`.

    Targets are libraries, programs and tests of the project's own, as far as they were compiled, or
    failed to be. What comes from a registry or from somebody's repository is not counted.

    The rule is the compiler's code or the lint's name. A diagnostic that several targets share (a
    library, and the same for its tests) is told once. Raises `OutputUnreadable`, and `ToolMissing`
    where the standard library of a target is not installed, or code asks for a nightly compiler.
    """
    if not data.endswith(b"\n"):
        raise unreadable("cargo", "its last line is cut off")
    return build(data.decode("utf-8", "replace").splitlines()).report


def build(lines: Iterable[str]) -> Build:
    """Read the messages of a build, of which the last must be `build-finished`."""
    messages, succeeded = _messages(lines)
    made = _of(messages, "compiler-artifact")
    targets = set(map(_target, filter(_is_own, made)))
    executables = set(chain.from_iterable(map(_test_executable, made)))
    findings, failed = _said(_of(messages, "compiler-message"))
    if succeeded and failed:
        raise unreadable("cargo", "it tells errors, and success")
    if not succeeded and not failed:
        findings, failed = [*findings, _FAILED], [("a build script",)]
    report = Report(findings=tuple(findings), measures={"targets": len(targets.union(failed))})
    return Build(report, len(executables), tuple(" ".join(one[-2:]) for one in failed))


def _messages(lines: Iterable[str]) -> tuple[list[Value], bool]:
    """Return the messages before the last one, and whether that one tells success."""
    messages = [parse_json(line.encode(), "cargo") for line in lines if line.strip()]
    if not messages or _reason(messages[-1]) != "build-finished":
        raise unreadable("cargo", "it does not end with `build-finished`")
    return messages[:-1], messages[-1].key("success").flag()


def _of(messages: Iterable[Value], reason: str) -> list[Value]:
    return [one for one in messages if _reason(one) == reason]


def _said(messages: Iterable[Value]) -> tuple[list[Finding], list[tuple[str, ...]]]:
    """Return what the compiler said, each diagnostic once, and the targets that have an error."""
    findings: dict[tuple[object, ...], Finding] = {}
    failed: dict[tuple[str, ...], None] = {}
    for message in messages:
        for finding in _findings(message):
            findings.setdefault(_identity(finding), finding)
            if finding.measure == "errors":
                failed[_target(message)] = None
    return [*findings.values()], [*failed]


def _reason(message: Value) -> str:
    return message.key("reason").text()


def _is_own(message: Value) -> bool:
    return "path+file:" in message.key("package_id").text()


def _test_executable(message: Value) -> Iterator[str]:
    executable = message.optional("executable")
    if executable is not None and message.key("profile").key("test").flag():
        yield executable.text()


def _target(message: Value) -> tuple[str, str, str]:
    """Return the package, the target's name and its kind."""
    target = message.key("target")
    kinds = "/".join(kind.text() for kind in target.key("kind").items())
    return message.key("package_id").text(), target.key("name").text(), f"({kinds})"


def _findings(message: Value) -> Iterator[Finding]:
    diagnostic = message.key("message")
    level = diagnostic.key("level").text()
    if level in _HINTS:
        return
    _refuse_absent_target(diagnostic)
    measure, severity = _meaning(level)
    text = diagnostic.key("message").text()
    stated = diagnostic.optional("code")
    code = stated.key("code").text() if stated else ""
    path, line, column, last = _place(diagnostic)
    if code == _NEEDS_NIGHTLY:
        raise ToolMissing(
            f"{path}:{line} asks for a nightly compiler (#![feature]), here is another",
            'pin one in rust-toolchain.toml (channel = "nightly-<date>"), or take the feature out',
        )
    is_sum = path is None and _SUM.match(text)
    if is_sum or (measure == "warnings" and not _is_own(message)):
        return
    yield Finding(
        measure=measure,
        rule=code or level.split(":")[0],
        message=text,
        severity=severity,
        path=path,
        line=line,
        column=column,
        last_line=last,
    )


def _meaning(level: str) -> tuple[str, Severity]:
    if level not in _LEVELS:
        raise unreadable("cargo", f"a diagnostic has the level {level!r}")
    return _LEVELS[level]


def _refuse_absent_target(diagnostic: Value) -> None:
    for child in diagnostic.key("children").items():
        if found := _TARGET_ABSENT.search(child.key("message").text()):
            raise ToolMissing(
                f"the standard library for the target {found[1]} is not installed",
                f"install it: rustup target add {found[1]}",
            )


def _place(diagnostic: Value) -> tuple[str | None, int | None, int | None, int | None]:
    """Return path, line, column and last line; inside of a macro those of where it is called."""
    for span in diagnostic.key("spans").items():
        if not span.key("is_primary").flag():
            continue
        outer: Value | None = span
        while outer is not None and (expansion := outer.optional("expansion")) is not None:
            span = expansion.key("span")
            outer = span
        line, column = span.key("line_start").count(), span.key("column_start").count()
        return span.key("file_name").text(), line, column, span.key("line_end").count()
    return None, None, None, None


def _identity(finding: Finding) -> tuple[object, ...]:
    place = (finding.path, finding.line, finding.column)
    return (finding.measure, finding.rule, finding.message, *place)
