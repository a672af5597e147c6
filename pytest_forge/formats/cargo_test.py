"""Standard output of `cargo test --message-format=json`: the build's messages, then the tests'.

The build names the test binaries that it made, so that one which tells no sum is missed. Doc
tests have none; where they are asked for, only their sums count.
"""

from pytest_forge.formats import cargo_messages, libtest
from pytest_forge.formats.reading import lines, plain, unreadable
from pytest_forge.model import Finding, Report, TestCase, TestOutcome


def parse(data: bytes) -> Report:
    """Return the tests, and `test.binaries`; targets that do not compile are tests that failed.

    Raises `OutputUnreadable`, also where the binaries that were built are not those that ran.
    """
    text = lines(data)
    if text[-1]:
        raise unreadable("cargo test", "its last line is cut off")
    end = next((n for n, line in enumerate(text) if '"reason":"build-finished"' in line), None)
    if end is None:
        raise unreadable("cargo test", "the build does not end with `build-finished`")
    built = cargo_messages.build(text[: end + 1])
    if built.failed:
        return Report(tests=tuple(_failed(target, built.report) for target in built.failed))
    tests, binaries = libtest.read(text[end + 1 :])
    if built.test_executables and built.test_executables != binaries:
        raise unreadable(
            "cargo test",
            f"{built.test_executables} test binaries were built, but {binaries} tell their sums; "
            "those with `harness = false` need cargo-nextest",
        )
    return Report(tests=tests, measures={"test.binaries": binaries})


def _failed(target: str, report: Report) -> TestCase:
    errors = [_told(one) for one in report.findings if one.measure == "errors"]
    message = plain("it does not compile: " + "; ".join(errors))
    return TestCase(f"{target} of the tests", TestOutcome.FAILED, message=message)


def _told(error: Finding) -> str:
    place = f"{error.path}:{error.line}: " if error.path else ""
    return f"{place}{error.message} ({error.rule})"
