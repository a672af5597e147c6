"""Recordings of Rust's tools, cut at every byte."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from pytest_forge.errors import MeasurementError
from pytest_forge.formats import (
    cargo_audit,
    cargo_deny,
    cargo_messages,
    cargo_metadata,
    cargo_test,
    junit,
    lizard,
    rust_coverage,
    rustfmt,
    semver_checks_log,
)

Recorded = Callable[[str, str, str], bytes]


@pytest.mark.parametrize(
    ("run", "case", "output", "parse"),
    [
        ("cargo-build", "warnings", "messages", cargo_messages.parse),
        ("rustfmt", "unformatted", "report", rustfmt.parse),
        ("lizard", "complex", "report", lizard.parse),
        ("cargo-audit", "vulnerable", "report", cargo_audit.parse),
        ("cargo-deny", "refused", "report", cargo_deny.parse),
        ("cargo-metadata", "clean", "metadata", cargo_metadata.parse),
        ("cargo-semver-checks", "breaking", "log", semver_checks_log.parse),
        ("cargo-llvm-cov", "failures", "tests", cargo_test.parse),
        ("cargo-llvm-cov", "compile-error", "tests", cargo_test.parse),
        ("cargo-llvm-cov", "clean", "coverage", rust_coverage.parse),
        ("cargo-nextest", "failures", "tests", junit.parse),
    ],
)
def test_a_cut_at_any_byte_is_never_a_result(
    recorded: Recorded,
    run: str,
    case: str,
    output: str,
    parse: Callable[[bytes], object],
) -> None:
    data = recorded(run, case, output)
    whole = parse(data)

    for end in range(len(data)):
        with suppress(MeasurementError):
            assert parse(data[:end]) == whole, f"cut at {end}"
