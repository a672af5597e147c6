"""Recordings of Go's tools, cut at every byte."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.formats import FORMATS

Recorded = Callable[[str, str, str], bytes]

ENDED = {
    "go-cover-functions": ("go-test", "failures", "functions"),
    "go-version": ("modules", "clean", "version"),
    "go-export": ("apidiff", "breaking", "exported"),
    "gocyclo": ("gocyclo", "complex", "report"),
    "gofmt": ("gofmt", "unformatted", "findings"),
    "golangci-lint": ("golangci-lint", "findings", "report"),
    "gosec": ("gosec", "findings", "report"),
    "sarif": ("govulncheck", "vulnerable", "reached"),
}
"""What has an end of its own: no cut of it is a result."""

IN_PIECES = {
    "apidiff": ("apidiff", "breaking", "changes"),
    "apidiff-incompatible": ("apidiff", "breaking", "incompatible"),
    "go-build": ("go-build", "errors", "events"),
    "go-cover": ("go-test", "clean", "coverage"),
    "go-files": ("gofmt", "clean", "files"),
    "go-licenses": ("go-licenses", "clean", "report"),
    "go-modules": ("modules", "clean", "modules"),
    "go-packages": ("go-build", "clean", "packages"),
    "go-test": ("go-test", "failures", "tests"),
    "go-vet": ("go-vet", "findings", "findings"),
    "gofmt-errors": ("gofmt", "unparsed", "errors"),
    "gosec-log": ("gosec", "workspace", "log"),
    "govulncheck": ("govulncheck", "vulnerable", "modules"),
}
"""What is a list without an end: a cut between two pieces shows where another output is compared.

Those comparisons are tested in tests/toolchains/go.
"""


@pytest.mark.parametrize("name", ENDED)
def test_no_cut_is_a_result(recorded: Recorded, name: str) -> None:
    data = recorded(*ENDED[name])
    # Behind a JSON document a line's end is nothing.
    whole = data.rstrip() if data.startswith(b"{") else data

    for end in range(len(whole)):
        with pytest.raises(OutputUnreadable):
            FORMATS[name](whole[:end])


@pytest.mark.parametrize("name", IN_PIECES)
def test_a_cut_within_a_piece_is_no_result(recorded: Recorded, name: str) -> None:
    data = recorded(*IN_PIECES[name])
    whole = data.rstrip()

    # At every byte, but of what is long: each cut is read anew from the start.
    for end in range(1, len(whole), max(1, len(whole) ** 2 // 100_000_000)):
        if not _between_pieces(whole, end):
            with pytest.raises(OutputUnreadable):
                FORMATS[name](data[:end])


def _between_pieces(data: bytes, end: int) -> bool:
    """Tell whether the cut leaves nothing but whole lines, or whole JSON documents."""
    return data[end - 1 : end] == b"\n" or (data[end - 1 : end] == b"}" and _whole(data[:end]))


def _whole(data: bytes) -> bool:
    try:
        json.loads(b"[" + data.strip().replace(b"}\n{", b"},{") + b"]")
    except ValueError:
        return False
    return True


def test_a_cut_of_the_tests_shows_unless_all_that_began_have_ended(recorded: Recorded) -> None:
    lines = recorded("go-test", "clean", "tests").splitlines(keepends=True)
    whole = FORMATS["go-test"](b"".join(lines)).measures["packages.tested"]
    readable = []
    for end in range(1, len(lines)):
        try:
            report = FORMATS["go-test"](b"".join(lines[:end]))
        except OutputUnreadable:
            continue
        readable.append(report.measures["packages.tested"])

    # Each of these has fewer packages than go lists, which is an error of the check.
    assert all(packages < whole for packages in readable)


def test_every_recording_is_among_those_that_are_cut() -> None:
    directory = Path(__file__).parent.parent / "recordings" / "go"
    runs = {path.name.rsplit("-", 1)[0] for path in directory.iterdir()}
    cut = {run for run, _, _ in (*ENDED.values(), *IN_PIECES.values())}

    # The version of apidiff holds hyphens; the others have formats that are cut already.
    assert {run for run in runs if not run.startswith("apidiff")} - cut == {
        "go-integration-tests",
        "staticcheck",
    }
