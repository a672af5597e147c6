"""The events of `go test -json` (see `go doc test2json`, and `go help buildjson` for builds).

A test is what was run: functions, their subtests, examples and seeds of fuzz tests. A package that
fails without a failed test of its own (it does not build, a `TestMain` fails, a test ends the
process) is a failed test that has the package's name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pytest_forge.formats.reading import Value, parse_json_lines, plain, unreadable
from pytest_forge.model import Report, TestCase, TestOutcome

_OUTCOMES = {
    "pass": TestOutcome.PASSED,
    "fail": TestOutcome.FAILED,
    "skip": TestOutcome.SKIPPED,
}
_OTHERS = frozenset({"start", "run", "pause", "cont", "bench", "output", "artifacts", "attr"})
_BUILD = frozenset({"build-output", "build-fail"})
_FRAMES = ("=== ", "--- ")
_SHOWN = 4000


@dataclass
class _Item:
    """A package, or a test of one: what it said, and how it ended ("" while it has not)."""

    package: str
    test: str = ""
    output: list[str] = field(default_factory=list)
    end: str = ""
    seconds: float = 0.0
    failed_build: str = ""


def parse(data: bytes) -> Report:
    """Return the tests, and `packages.tested`, the number of packages that have ended.

    A package whose process ended before any test began, as if all were well, is a skipped test.
    Raises `OutputUnreadable`, also where a package or one of its tests never ends.
    """
    if not data.endswith(b"\n"):
        raise unreadable("go test", "its last line is cut off" if data else "it is empty")
    items, builds = _read(parse_json_lines(data, "go test"))
    packages = [item for item in items.values() if not item.test]
    tests = [item for item in items.values() if item.test and not _is_printed(item, items)]
    cases = [*_of_tests(tests, items), *_of_packages(packages, tests, builds)]
    return Report(tests=tuple(cases), measures={"packages.tested": len(packages)})


def _read(events: Iterable[Value]) -> tuple[dict[tuple[str, str], _Item], dict[str, list[str]]]:
    """Return the packages and tests by both their names, and what builds said by the package."""
    items: dict[tuple[str, str], _Item] = {}
    builds: dict[str, list[str]] = {}
    for event in events:
        action = event.key("Action").text()
        if action in _BUILD:
            said = event.optional("Output")
            builds.setdefault(event.key("ImportPath").text(), []).append(_raw(said))
        else:
            _note(event, action, items)
    return items, builds


def _raw(value: Value | None) -> str:
    return "" if value is None else str(value.raw)


def _note(event: Value, action: str, items: dict[tuple[str, str], _Item]) -> None:
    package = event.key("Package").text()
    named = event.optional("Test")
    test = named.text() if named else ""
    items.setdefault((package, ""), _Item(package))
    item = items.setdefault((package, test), _Item(package, test))
    if action in _OUTCOMES:
        elapsed, failed = event.optional("Elapsed"), event.optional("FailedBuild")
        # What a test prints of another with its name takes no failure back.
        item.end = item.end if item.end == "fail" else action
        item.seconds = float(elapsed.raw) if elapsed else 0.0
        item.failed_build = failed.text() if failed else ""
    elif action == "output":
        item.output.append(_raw(event.key("Output")))
    elif action not in _OTHERS:
        raise unreadable("go test", f"{event.at} has the action {action!r}")


def _of_tests(tests: Iterable[_Item], items: dict[tuple[str, str], _Item]) -> Iterator[TestCase]:
    for item in tests:
        # A test that ends the process never ends itself; its package has failed then.
        end = item.end or ("fail" if items[item.package, ""].end == "fail" else "")
        if not end:
            raise unreadable("go test", f"{item.package} {item.test} never ended")
        passed = end == "pass"
        yield TestCase(
            name=f"{item.package}.{item.test}",
            outcome=_OUTCOMES[end],
            seconds=item.seconds,
            message="" if passed else _message(item.output),
        )


def _is_printed(item: _Item, items: dict[tuple[str, str], _Item]) -> bool:
    """Tell whether a failure was only printed: a test that fails fails those above it too.

    A test that runs others of its own making prints their results, which go takes for its own. The
    exit status does not tell: a TestMain may hide that tests have failed. The testing package does.
    """
    if item.end != "fail":
        return False
    package = items[item.package, ""]
    said = package.output
    if package.end == "pass" and "PASS\n" in said and "FAIL\n" not in said:
        return True
    parts = item.test.split("/")
    above = (items.get((item.package, "/".join(parts[:end]))) for end in range(1, len(parts)))
    return any(one is not None and one.end == "pass" for one in above)


def _of_packages(
    packages: Iterable[_Item], tests: Iterable[_Item], builds: dict[str, list[str]]
) -> Iterator[TestCase]:
    ends: dict[str, set[str]] = {}
    for test in tests:
        ends.setdefault(test.package, set()).add(test.end)
    for item in packages:
        if not item.end:
            raise unreadable("go test", f"{item.package} never ended")
        of_tests = ends.get(item.package, set())
        if item.end == "fail" and of_tests.isdisjoint(("fail", "")):
            said = [*builds.get(item.failed_build, ()), *item.output]
            yield TestCase(item.package, TestOutcome.FAILED, item.seconds, _message(said))
        elif _ended_early(item) and not of_tests:
            why = "its process ended before any test began, as an os.Exit in TestMain makes it"
            yield TestCase(item.package, TestOutcome.SKIPPED, item.seconds, why)


def _ended_early(item: _Item) -> bool:
    """Tell whether a test binary ran, and ended well without a word of the testing package."""
    said = "".join(item.output)
    return item.end == "pass" and "ok  \t" in said and "PASS\n" not in said


def _message(output: Iterable[str]) -> str:
    lines = "".join(output).splitlines()
    return plain("\n".join(line for line in lines if not line.startswith(_FRAMES)))[:_SHOWN]
