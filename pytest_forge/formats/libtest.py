"""What the test binaries of Rust's own harness print, and so `cargo test` on standard output.

Each binary announces its tests (`running 3 tests`), names each with its result, and ends with a
sum. Whatever else stands there was printed by the tests.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pytest_forge.formats.reading import lines, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

_RUNNING = re.compile(r"running (?P<count>\d+) tests?$")
# Anywhere in the line, since what a test writes past the harness can stand before it.
_TEST = re.compile(r"test (?P<name>\S.*?) \.\.\. (?P<rest>.*)$")
_RESULT = re.compile(r"(?P<word>ok|FAILED|ignored|bench:)(?:$|[,\s<(])")
_LATE_RESULT = re.compile(r".*(?P<word>ok|FAILED)$")
_FAILURE = re.compile(r"---- (?P<name>\S.*?) (?:stdout )?----$")
_SUM = re.compile(
    r"test result: (?:ok|FAILED)\. (?P<passed>\d+) passed; (?P<failed>\d+) failed; "
    r"(?P<ignored>\d+) ignored; (?P<measured>\d+) measured; \d+ filtered out"
    r"(?:; finished in \d+\.\d+s)?$"
)
_KINDS = re.compile(r" - (?:should panic|compile fail|compile)$")
_OUTCOMES = {
    "ok": TestOutcome.PASSED,
    "bench:": TestOutcome.PASSED,
    "FAILED": TestOutcome.FAILED,
    "ignored": TestOutcome.SKIPPED,
}
_PANIC = re.compile(r"thread '.*' (?:\(\d+\) )?panicked at (?P<at>.*)$")


def parse(data: bytes) -> Report:
    """Return the tests, and `test.binaries`, the number of binaries that told their sum.

    Raises `OutputUnreadable`, also where a binary ended without its sum (it crashed, or left by
    `exit`), or names other tests than it counts.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("cargo test", "its last line is cut off")
    tests, binaries = read(text)
    if not binaries:
        raise unreadable("cargo test", "no test binary tells a sum")
    return Report(tests=tests, measures={"test.binaries": binaries})


def read(text: Sequence[str]) -> tuple[tuple[TestCase, ...], int]:
    """Return the tests of all binaries in `text`, and the number of binaries."""
    sections = list(_sections(text))
    return tuple(test for one in sections for test in _tests(one)), len(sections)


@dataclass
class _Section:
    """One binary's words: what it announced and, of each test, the result."""

    announced: int
    results: list[tuple[str, TestOutcome]] = field(default_factory=list)
    waiting: str = ""
    shown: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """Take the next line: a test's result, or what a failed test printed, shown behind them."""
        if self.shown or line == "failures:":
            self.shown.append(line)
        elif found := _TEST.search(line):
            self.waiting = found["name"]
            if result := _RESULT.match(found["rest"]):
                self._settle(result["word"])
        elif self.waiting and (late := _LATE_RESULT.match(line)):
            # With one thread the name comes first, and what the test prints stands between.
            self._settle(late["word"])

    def _settle(self, word: str) -> None:
        self.results.append((_KINDS.sub("", self.waiting), _OUTCOMES[word]))
        self.waiting = ""


def _sections(text: Sequence[str]) -> Iterator[_Section]:
    section: _Section | None = None
    for line in text:
        if found := _RUNNING.match(line):
            # A test can print the same words; a binary's own stand where none is running.
            section = section or _Section(int(found["count"]))
        elif told := _SUM.match(line):
            if section is None:
                raise unreadable("cargo test", "a sum stands behind no announcement of tests")
            _require_agreement(section, [int(count) for count in told.groups()])
            yield section
            section = None
        elif section:
            section.take(line)
    if section:
        raise unreadable("cargo test", "a test binary ended without its sum: it crashed or left")


def _require_agreement(section: _Section, told: Sequence[int]) -> None:
    passed, failed, ignored, measured = told
    found = [outcome for _, outcome in section.results]
    counted = [found.count(one) for one in TestOutcome]
    if counted != [passed + measured, failed, ignored] or section.announced != len(found):
        raise unreadable(
            "cargo test",
            f"a test binary announces {section.announced} tests, names {len(found)} with their "
            f"results and counts {sum(told)}; does one end the process, or print past the harness?",
        )


def _tests(section: _Section) -> Iterator[TestCase]:
    messages = _messages(section.shown)
    for name, outcome in section.results:
        message = messages.get(name, "") if outcome is TestOutcome.FAILED else ""
        yield TestCase(name, outcome, message=message)


def _messages(shown: Sequence[str]) -> dict[str, str]:
    """Return what each failed test printed, from its panic on."""
    blocks: dict[str, list[str]] = {}
    current: list[str] = []
    for line in shown:
        if found := _FAILURE.match(line):
            current = blocks.setdefault(found["name"], [])
        elif line == "failures:":
            current = []
        else:
            current.append(line)
    return {name: _message(block) for name, block in blocks.items()}


def _message(block: Sequence[str]) -> str:
    said: list[str] = []
    for line in block:
        if line.startswith(("note: run with", "stack backtrace:")):
            break
        if panic := _PANIC.match(line):
            said = [panic["at"]]
        elif line.strip():
            said.append(line.strip())
    return "\n".join(said)
