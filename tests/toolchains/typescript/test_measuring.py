"""What is made of the coverage, of what was linted, and of what is installed."""

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import istanbul, jest
from pytest_forge.model import Component, Report, Sample, TestCase, TestOutcome
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.measuring import (
    COVERAGE,
    dependencies_alone,
    is_code,
    licensed,
    unit_tests,
)

SOURCES = ("src/a.ts", "src/b.ts")


def context(manifest: str = "package.json", **facts: FactValue) -> Context:
    project = Project(manifest, "typescript", "kit", {"sources": SOURCES, **facts})
    root = Path("/kit")
    return Context(project, ProjectSettings(), Tree(root, ()), root, root, root, {})


def covered(path: str, hit: int = 3, total: int = 4, kind: str = "line") -> list[Sample]:
    return [
        Sample(f"{istanbul.TOTAL}.{kind}", total, path, path),
        Sample(f"{istanbul.HIT}.{kind}", hit, path, path),
    ]


def ran(*samples: Sample, outcome: TestOutcome = TestOutcome.PASSED) -> Report:
    return Report(tests=(TestCase("it adds up", outcome),), samples=samples)


def judged(report: Report, manifest: str = "package.json") -> Report:
    return unit_tests(context(manifest), {"vitest": report})


def test_the_coverage_is_that_of_what_ships() -> None:
    report = judged(ran(*covered("src/a.ts", 3), *covered("src/b.ts", 4), *covered("test/c.ts", 0)))
    assert report.measures["coverage.line"] == 100 * 7 / 8
    assert report.notes == ()
    assert not report.samples


def test_the_files_are_those_of_the_projects_own_directory() -> None:
    with pytest.raises(NothingMeasured, match="no file that ships"):
        judged(ran(*covered("src/a.ts")), "sdk/package.json")
    assert judged(ran(*covered("sdk/src/a.ts")), "sdk/package.json").measures


def test_files_that_the_coverage_leaves_out_are_named() -> None:
    assert judged(ran(*covered("src/a.ts"))).notes == (
        "the coverage does not mention 1 file that ship: src/b.ts",
    )


def test_coverage_that_knows_of_no_code_of_a_member_is_none(tmp_path: Path) -> None:
    sources = ("packages/a/index.ts", "packages/b/index.ts", "packages/types/index.ts")
    texts = ("const one = 1;\n", "const two = 2;\n", "export interface Till {}\n")
    for path, text in zip(sources, texts, strict=True):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    packages = (".", "packages/a", "packages/b", "packages/types")
    asked = replace(
        context(sources=sources, packages=packages), tree=Tree(tmp_path, sources), root=tmp_path
    )
    every = ran(*covered(sources[0]), *covered(sources[1]))
    assert unit_tests(asked, {"vitest": every}).measures["coverage.line"] == 75
    with pytest.raises(NothingMeasured, match="the coverage holds no file of packages/b"):
        unit_tests(asked, {"vitest": ran(*covered(sources[0]))})


def test_test_files_that_did_not_run_are_named() -> None:
    report = ran(
        *covered("src/a.ts"), *covered("src/b.ts"), Sample(jest.RAN, 1, "a.test.ts", "a.test.ts")
    )
    found = unit_tests(context(unit_tests=("a.test.ts", "b.test.ts")), {"jest": report})
    assert found.notes == ("1 test file did not run: b.test.ts",)
    assert not found.samples


def test_what_the_code_does_not_have_is_unavailable() -> None:
    report = judged(ran(*covered("src/a.ts"), *covered("src/b.ts")))
    assert report.unavailable == {
        "coverage.branch": "the code has no branches",
        "coverage.function": "the code has no functions",
    }


def test_coverage_of_no_line_is_none() -> None:
    with pytest.raises(NothingMeasured, match="no file that ships"):
        judged(ran(*covered("src/a.ts", 0, 0), *covered("test/c.ts")))


def test_tests_that_fail_early_are_what_is_told() -> None:
    report = judged(ran(outcome=TestOutcome.FAILED))
    assert set(report.unavailable) == {*COVERAGE}
    assert report.value("tests.failed") == 1


def test_without_a_test_the_proof_is_missing_and_not_the_coverage() -> None:
    assert judged(ran(outcome=TestOutcome.SKIPPED)).value("tests.executed") == 0


def test_dependencies_must_be_installed() -> None:
    with pytest.raises(NothingMeasured, match="1 dependencies are declared"):
        licensed(context(dependencies=("nanoid",)), {"packages": Report()})
    there = Report(components=(Component("nanoid", "5.1.6", "npm"),))
    assert licensed(context(dependencies=("nanoid",)), {"packages": there}) == there
    assert licensed(context(dependencies=()), {"packages": Report()}) == Report()


def test_what_nobody_looks_for_is_told() -> None:
    report = dependencies_alone(Report(notes=("advisories: local database",)))
    assert report.notes[0] == "advisories: local database"
    assert "no tool looks for weaknesses in the code itself" in report.notes[1]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("src/a.ts", "export const one = (): number => 1;\n", True),
        ("src/a.ts", "let one = 1;\n", True),
        ("src/a.ts", "export interface Till {\n  sum: number;\n}\n", False),
        ("src/b.ts", 'export * from "./a.js";\n', False),
        ("test/a.ts", "const one = 1;\n", False),
    ],
)
def test_code_is_what_holds_statements(
    path: str, text: str, expected: bool, tmp_path: Path
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert is_code(context().project, Tree(tmp_path, (path,)), path) is expected
