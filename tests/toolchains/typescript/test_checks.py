"""What TypeScript's checks say of what they do not look at."""

from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Check
from pytest_forge.toolchains.typescript.checks import CHECKS

PLAIN = Project("package.json", "typescript", "kit", {})


def named(gate: str, name: str) -> Check:
    (check,) = (one for one in CHECKS if (one.gate, one.name) == (gate, name))
    return check


def test_tests_that_the_script_leaves_out_are_told() -> None:
    left_out = ("the script test runs a part of the tests: -t adds",)
    project = Project("package.json", "typescript", "kit", {"tests_left_out": left_out})
    for runner in ("vitest", "jest", "mocha", "ava", "node-test"):
        remarks = named("unit-tests", runner).remarks
        assert (remarks(project), remarks(PLAIN)) == (left_out, ())


def test_what_type_coverage_passes_over_is_told() -> None:
    remarks = named("types", "type-coverage").remarks
    project = Project("package.json", "typescript", "kit", {"types_ignored": ("ignoreFiles",)})
    assert remarks(project) == ("package.json tells type-coverage: ignoreFiles",)
    assert remarks(PLAIN) == ()
