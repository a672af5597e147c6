"""What became of a Gradle build's tasks, as forge's own init script writes it down.

Gradle calls a task whose work it did not do "up to date", "from cache" or "skipped", and a build of
such tasks alone successful: the outcome of each is what shows that something was done.
"""

from collections.abc import Iterator

from pytest_forge.formats.maven_log import COMPILED
from pytest_forge.formats.reading import Value, parse_json, unreadable
from pytest_forge.model import Report, Sample

TASK = "gradle."
"""How the measures of the samples begin that each stand for one task: `gradle.<kind>.<outcome>`."""
UNLINTED = "gradle.unlinted"
"""The measure of the samples of tasks whose javac was not given every lint."""

OUTCOMES = frozenset(
    {"EXECUTED", "FAILED", "NOT-RUN", "UP-TO-DATE", "FROM-CACHE", "SKIPPED", "NO-SOURCE"}
)
_TOOL = "forge's init script for Gradle"


def parse(data: bytes) -> Report:
    """Return a sample for each task (its subject is the path), and `files.compiled`.

    The value of a sample is the number of files that the task was given, where it compiles. Raises
    `OutputUnreadable`.
    """
    document = parse_json(data, _TOOL)
    if document.key("forge").integer() != 1:
        raise unreadable(_TOOL, "it is of another version of forge")
    document.key("failed").flag()
    samples = tuple(one for task in document.key("tasks").items() for one in _samples(task))
    # Also a compiler that refuses its files has looked at them: the log tells what it found.
    given = {f"{TASK}compile.{outcome}" for outcome in ("EXECUTED", "FAILED")}
    compiled = sum(int(one.value) for one in samples if one.measure in given)
    return Report(samples=samples, measures={COMPILED: compiled})


def _samples(task: Value) -> Iterator[Sample]:
    outcome, path = task.key("outcome").text(), task.key("path").text()
    if outcome not in OUTCOMES:
        raise unreadable(_TOOL, f"{path} is {outcome!r}")
    kind, files = task.key("kind").text(), task.key("files").count()
    yield Sample(f"{TASK}{kind}.{outcome}", files, path)
    java, linted = task.key("java").flag(), task.key("linted").flag()
    if java and not linted:
        yield Sample(UNLINTED, files, path)
