"""The unit tests' report, made of what go has really printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from pytest_forge.errors import OutputUnreadable
from pytest_forge.execution.outputs import merge
from pytest_forge.formats import go_cover, go_cover_functions, go_packages, go_test
from pytest_forge.model import Report
from pytest_forge.projects import Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.testing import is_code, measure

GENERATED = "internal/names/names_gen.go"


@pytest.fixture
def printed() -> Report:
    recordings = Path(__file__).parents[2] / "recordings/go"
    (directory,) = recordings.glob("go-test-*/clean")
    formats = {
        "tests.json": go_test.parse,
        "packages.json": go_packages.parse,
        "cover.out": go_cover.parse,
        "functions.txt": go_cover_functions.parse,
    }
    return merge(parse((directory / name).read_bytes()) for name, parse in formats.items())


def context(root: Path, *generated: str) -> Context:
    (root / "go.mod").write_text("module example.com/shop\n", encoding="utf-8")
    facts = {"modules": (".",), "generated": generated}
    project = Project("go.mod", "go", "example.com/shop", facts)
    tree = Tree(root, ("go.mod",))
    return Context(project, ProjectSettings(), tree, root, root, root / "scratch")


def test_generated_files_are_left_out_of_the_coverage_with_a_note(
    printed: Report, tmp_path: Path
) -> None:
    report = measure(context(tmp_path, GENERATED), {"go-test": printed})

    assert (report.measures["coverage.line"], report.measures["coverage.function"]) == (100, 100)
    assert report.notes == ("1 generated file is left out of the coverage",)
    assert not any(one.path == GENERATED for one in report.samples)


def test_without_generated_files_the_coverage_is_gos(printed: Report, tmp_path: Path) -> None:
    report = measure(context(tmp_path), {"go-test": printed})

    assert (report.measures["coverage.line"], report.notes) == (90, ())


def test_a_package_that_was_not_tested_is_missed(printed: Report, tmp_path: Path) -> None:
    fewer = replace(printed, measures={**printed.measures, "packages.tested": 3})
    with pytest.raises(OutputUnreadable, match="names 3 packages, but there are 4"):
        measure(context(tmp_path), {"go-test": fewer})


def test_the_lines_of_blocks_are_covered_where_one_of_these_ran(
    printed: Report, tmp_path: Path
) -> None:
    lines = measure(context(tmp_path, GENERATED), {"go-test": printed}).lines

    assert set(lines) == {
        *("cmd/shop/main.go", "internal/names/names.go", "prices.go", "till/till.go"),
    }
    assert lines["prices.go"].covered == {13, 14, 15, 16, 17, 18, 20}
    assert not lines["prices.go"].uncovered
    uncovered = measure(context(tmp_path), {"go-test": printed}).lines[GENERATED].uncovered
    assert uncovered == {6}


@pytest.mark.parametrize(
    ("path", "source", "code"),
    [
        ("a.go", "package a\n\nfunc F() int { return 1 }\n", True),
        ("a.go", "package a\n\nfunc (t *T) F(\n\tx int,\n) {\n}\n", True),
        ("a.go", "package a\n\ntype F func() int\n", False),
        ("a_test.go", "package a\n\nfunc F() { }\n", False),
        ("a_gen.go", "package a\n\nfunc F() { }\n", False),
        ("other.go", "package a\n\nfunc F() { }\n", False),
    ],
)
def test_code_is_what_somebody_wrote_and_go_would_count(
    tmp_path: Path, path: str, source: str, code: bool
) -> None:
    (tmp_path / path).write_text(source, encoding="utf-8")
    facts = {"go_files": ("a.go", "a_test.go", "a_gen.go"), "test_files": ("a_test.go",)}
    project = Project("go.mod", "go", "a", {**facts, "generated": ("a_gen.go",)})

    assert is_code(project, Tree(tmp_path, (path,)), path) is code
