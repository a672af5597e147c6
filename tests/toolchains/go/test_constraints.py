"""Build constraints, in their own form and in the old one."""

import pytest

from pytest_forge.toolchains.go.constraints import constraint


@pytest.mark.parametrize(
    ("line", "without", "behind"),
    [
        ("integration", False, True),
        ("integration && !windows", False, True),
        ("linux && (integration || e2e)", False, True),
        ("integration && e2e", False, False),
        ("integration || linux", True, False),
        ("!integration", True, False),
        ("!(integration)", True, False),
        ("ignore", False, False),
        ("linux && amd64", True, False),
        ("!linux", True, False),
        ("go1.21 && cgo", True, False),
        ("goexperiment.synctest", True, False),
    ],
)
def test_a_line_decides_unless_the_platform_does(line: str, without: bool, behind: bool) -> None:
    found = constraint(f"// Copyright\n\n//go:build {line}\n\n// Package x.\n")
    assert found.allows() is without
    assert found.is_behind("integration") is behind


@pytest.mark.parametrize("line", ["integration &&", "(integration", "integration)", "a b", "!"])
def test_what_is_no_expression_leaves_nothing_out(line: str) -> None:
    found = constraint(f"//go:build {line}\n\n")
    assert found.allows()
    assert not found.is_behind("integration")


def test_without_a_line_a_file_is_always_built() -> None:
    found = constraint("// Package x does a thing.\n")
    assert found.allows()
    assert not found.is_behind("integration")
    assert found.tags == frozenset()


@pytest.mark.parametrize(
    ("lines", "without", "behind"),
    [
        ("// +build integration\n\n", False, True),
        ("//+build integration\n\n", False, True),
        ("// +build integration,!windows\n\n", False, True),
        ("// +build integration e2e\n\n", False, True),
        ("// +build linux integration\n\n", True, False),
        ("// +build linux\n// +build integration\n\n", False, True),
        ("// +build !integration\n\n", True, False),
        ("// +build integration\n", True, False),  # part of the package's comment
        ("//go:build !integration\n// +build integration\n\n", True, False),
    ],
)
def test_the_old_form(lines: str, without: bool, behind: bool) -> None:
    found = constraint(lines)
    assert found.allows() is without
    assert found.is_behind("integration") is behind


def test_tags_of_the_platform_are_no_tags_of_the_project() -> None:
    line = "//go:build linux && go1.22 && (cgo || integration) && !fips\n\n"
    assert constraint(line).tags == {"integration", "fips"}
