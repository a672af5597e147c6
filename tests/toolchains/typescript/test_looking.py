"""At which of the project's files a tool has looked."""

from pathlib import Path

import pytest

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import eslint, tsc
from pytest_forge.model import Report, Sample
from pytest_forge.projects import FactValue, Project, Tree
from pytest_forge.settings import ProjectSettings
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.looking import compiled, counted, formatted, linted

SOURCES = ("src/a.ts", "src/b.ts")


def context(place: str = ".", variant: str = "", **facts: FactValue) -> Context:
    project = Project(f"{place}/package.json", "typescript", "kit", {"sources": SOURCES, **facts})
    root = Path("/kit")
    return Context(
        project, ProjectSettings(), Tree(root, ()), root, root, root, {}, variant=variant
    )


def told(measure: str, *paths: str) -> Report:
    return Report(
        measures={"files.checked": len(paths)},
        samples=tuple(Sample(measure, 1, path, path) for path in paths),
    )


def compile_of(asked: Context, *paths: str) -> Report:
    return compiled(asked, {"tsc": told(tsc.LOOKED_AT, *paths)})


def lint_of(asked: Context, *paths: str) -> Report:
    return linted(asked, {"eslint": told(eslint.LINTED, *paths)})


def test_a_configuration_that_includes_no_source_has_compiled_nothing() -> None:
    asked = context(tsconfigs=("tsconfig.json",))
    with pytest.raises(NothingMeasured, match="the compiler looked at 0 of 2 files") as caught:
        compile_of(asked, "tools/x.ts", "test/a.test.ts")
    assert "see tsconfig.json" in caught.value.mend


def test_sources_that_were_not_compiled_are_told() -> None:
    asked = context(tsconfigs=("tsconfig.json",), sources=("src/a.d.ts", *SOURCES))
    report = compile_of(asked, "src/a.ts", "test/a.ts")
    assert report.notes == ("the compiler did not look at 1 of 2 files that ship: src/b.ts",)
    assert (report.samples, report.measures) == ((), {"files.checked": 2})
    assert compile_of(asked, *SOURCES).notes == ()


def test_javascript_beside_typescript_is_not_compiled_without_a_word() -> None:
    asked = context(tsconfigs=("tsconfig.json",), sources=("a.ts", "b.js", "c.js"))
    with pytest.raises(NothingMeasured, match="1 of 3 files") as caught:
        compile_of(asked, "a.ts")
    assert "allowJs" in caught.value.mend


MEMBERS = ("tsconfig.json", "packages/a/tsconfig.json", "packages/a/src/tsconfig.json")
IN_MEMBERS = ("one.ts", "packages/a/two.ts", "packages/a/src/three.ts")


@pytest.mark.parametrize(("variant", "own"), [*zip(MEMBERS, IN_MEMBERS, strict=True)])
def test_each_configuration_answers_for_what_is_nearest(variant: str, own: str) -> None:
    asked = context(variant=variant, tsconfigs=MEMBERS, sources=IN_MEMBERS)
    assert compile_of(asked, own).notes == ()
    others = {*IN_MEMBERS} - {own}
    with pytest.raises(NothingMeasured, match="0 of 1 files") as caught:
        compile_of(asked, *others)
    assert variant in caught.value.mend


def test_of_several_configurations_none_must_look_at_launchers() -> None:
    # vite: packages/vite/tsconfig.json includes one file that ships, beside bin/*.js.
    launchers = ("bin/a.js", "bin/b.js", "bin/c.js")
    asked = context(
        variant="tsconfig.json",
        tsconfigs=("tsconfig.json", "src/tsconfig.json"),
        sources=("plugin.ts", "src/a.ts", *launchers),
    )
    assert compile_of(asked, "plugin.ts").notes == (
        "the compiler did not look at 3 of 4 files that ship: bin/a.js",
    )
    with pytest.raises(NothingMeasured, match="0 of 1 files"):
        compile_of(asked, "src/a.ts", *launchers)


def test_configurations_in_one_directory_share_its_files() -> None:
    several = ("tsconfig.json", "tsconfig.test.json")
    asked = context(variant="tsconfig.test.json", tsconfigs=several)
    assert compile_of(asked, "test/a.test.ts").notes == (
        "the compiler did not look at 2 of 2 files that ship: src/a.ts",
    )


def test_the_files_are_those_of_the_projects_own_directory() -> None:
    asked = context("sdk", tsconfigs=("tsconfig.json",))
    assert compile_of(asked, "sdk/src/a.ts", "sdk/src/b.ts").notes == ()
    with pytest.raises(NothingMeasured):
        compile_of(asked, *SOURCES)


def test_linted_sources_need_no_note() -> None:
    assert lint_of(context(), *SOURCES, "eslint.config.js").notes == ()


def test_sources_that_are_not_linted_are_told() -> None:
    assert lint_of(context(), "src/a.ts").notes == (
        "the linter did not look at 1 of 2 files that ship",
    )


def test_a_linter_for_javascript_alone_has_not_linted_typescript() -> None:
    with pytest.raises(NothingMeasured, match=r"none of 2 files like src/a\.ts") as caught:
        lint_of(context(), "eslint.config.js")
    assert '"**/*.ts"' in caught.value.mend


def test_less_than_half_of_the_sources_is_no_linting() -> None:
    several = tuple(f"src/{name}.ts" for name in "abcde")
    with pytest.raises(NothingMeasured, match="the linter looked at 2 of 5 files"):
        lint_of(context(sources=several), *several[:2])
    assert lint_of(context(sources=several), *several[:3]).notes


def test_of_two_languages_at_least_one_is_linted() -> None:
    with pytest.raises(NothingMeasured, match="the linter looked at 0 of 2 files"):
        lint_of(context(sources=("a.ts", "b.js")), "eslint.config.js")


def test_a_formatter_that_ignores_most_files_has_checked_nothing() -> None:
    asked = context(code=("a.ts", "b.ts", "c.ts", "d.ts"))
    some = formatted(asked, {"prettier": Report(measures={"files.checked": 2})})
    assert some.notes == ("the formatter did not look at 2 of 4 files",)
    with pytest.raises(NothingMeasured, match="the formatter looked at 1 of 4 files"):
        formatted(asked, {"prettier": Report(measures={"files.checked": 1})})


def test_that_nothing_was_looked_at_is_left_to_the_proof() -> None:
    report = counted(Report(measures={"files.checked": 0}), 4, "the linter", "see it")
    assert report.value("files.checked") == 0
