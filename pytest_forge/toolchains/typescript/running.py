"""The commands of the test runners, for unit tests with coverage and for those of integration."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from pytest_forge import probes
from pytest_forge.errors import NothingMeasured, ToolMissing
from pytest_forge.execution.slots import verbatim
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Context

COPIES = "**/.forge/**"
"""A glob for copies of the project, such as the last release's, which are no part of it.

Node's tools look into directories whose names begin with a dot."""
_JEST_FILTER = str(Path(probes.__file__).parent / "jest_filter.cjs")
_COVERAGE = "{scratch}/coverage"
_WITH_VALUE = frozenset(
    {"--import", "--require", "-r", "--loader", "--experimental-loader", "--env-file", "--timeout"}
    | {"-t", "--config", "--spec"}
)
_NO_INTEGRATION = (
    "there is no integration test: no test file stands in a directory named integration or e2e, "
    "or ends in .integration.test or .e2e.test"
)


def vitest(context: Context) -> tuple[str, ...]:
    """Run all tests but integration ones, with the coverage of everything that ships.

    The project's own thresholds would make a run without a failed test end as one with findings.
    """
    project = context.project
    covered = verbatim(f"--coverage.include={one}" for one in project.words("coverage_patterns"))
    thresholds = ("lines", "functions", "branches", "statements")
    coverage = (
        *("--coverage.enabled", "--coverage.reportOnFailure", "--coverage.reporter=json"),
        *(f"--coverage.reportsDirectory={_COVERAGE}", *covered),
        *(f"--coverage.thresholds.{name}=0" for name in thresholds),
    )
    apart = verbatim(f"--exclude={path}" for path in project.words("integration_tests"))
    return ("{tool}", "run", "{test_arguments}", *_VITEST, *coverage, *apart)


# That there is no test is seen by what the report counts.
_VITEST = (
    *("--reporter=junit", "--outputFile={scratch}/tests.xml"),
    *("--watch=false", "--passWithNoTests", f"--exclude={COPIES}"),
)


def vitest_integration(context: Context) -> tuple[str, ...]:
    """Run the integration tests, by a configuration of their own where there is one."""
    chosen = _integration(context.project, "--config")
    return ("{tool}", "run", *_VITEST, "--coverage.enabled=false", *chosen)


def jest(context: Context) -> tuple[str, ...]:
    """Run all tests but integration ones, with the coverage of everything that ships."""
    project = context.project
    patterns = project.words("coverage_patterns")
    covered = verbatim(f"--collectCoverageFrom={one}" for one in patterns)
    coverage = ("--coverage", "--coverageReporters=json", f"--coverageDirectory={_COVERAGE}")
    return ("{tool}", "{test_arguments}", *_JEST, *coverage, *covered, "--coverageThreshold={}")


_JEST = ("--ci", "--json", "--outputFile={scratch}/tests.json", f"--filter={_JEST_FILTER}")


@contextmanager
def integration_left_out(context: Context) -> Iterator[Mapping[str, str]]:
    """Write down, for jest's filter, the tests of integration; its slot is `left_out`."""
    listed = context.scratch / "left-out"
    files = "".join(f"{path}\n" for path in context.project.words("integration_tests"))
    listed.write_text(files, encoding="utf-8")
    yield {"left_out": str(listed)}


def jest_integration(context: Context) -> tuple[str, ...]:
    """Run the integration tests."""
    project = context.project
    if project.text("integration_config"):
        return ("{tool}", *_JEST, *_integration(project, "--config"))
    return ("{tool}", *_JEST, "--runTestsByPath", *_integration(project, ""))


def _covered(context: Context) -> tuple[str, ...]:
    """Return c8 and its options, behind which the command stands whose coverage it measures."""
    project = context.project
    included = verbatim(f"--include={one}" for one in project.words("coverage_patterns"))
    return (
        *("{tool:c8}", "--reporter=json", f"--reports-dir={_COVERAGE}", "--clean=false"),
        *("--temp-directory={scratch}/v8", "--all", "--check-coverage=false", *included),
        *("--exclude=**/node_modules/**", "--exclude-after-remap"),
    )


def node_test(context: Context) -> tuple[str, ...]:
    """Run the test files with Node.js's own runner."""
    project = context.project
    files = project.words("unit_tests")
    if not files and project.words("integration_tests"):
        raise NothingMeasured("every test file is one of integration", "add unit tests")
    # Tests that are known by nothing but the script stand where it says.
    places = files or _places(project.words("test_arguments"))
    return (*_covered(context), *_node(project), *verbatim(places))


def node_integration(context: Context) -> tuple[str, ...]:
    """Run the integration tests with Node.js's own runner."""
    return (*_node(context.project), *_integration(context.project, ""))


def _node(project: Project) -> tuple[str, ...]:
    report = ("--test-reporter=junit", "--test-reporter-destination={scratch}/tests.xml")
    return ("{tool:node}", "--test", *report, *_options(project.words("test_arguments")))


def mocha(context: Context) -> tuple[str, ...]:
    """Run what the project's script gives mocha, or what its configuration does."""
    apart = verbatim(f"--ignore={path}" for path in context.project.words("integration_tests"))
    return (*_covered(context), "{tool}", "{test_arguments}", *_MOCHA, *apart)


_MOCHA = (
    *("--reporter=json", "--reporter-option=output={scratch}/tests.json"),
    # A forgotten `.only` would keep the others from running.
    *("--forbid-only", f"--ignore={COPIES}"),
)


def mocha_integration(context: Context) -> tuple[str, ...]:
    """Run the integration tests."""
    options = _options(context.project.words("test_arguments"))
    return ("{tool}", *options, *_MOCHA, *_integration(context.project, "--config"))


def ava(context: Context) -> tuple[str, ...]:
    """Run what the project's configuration gives ava."""
    return (*_covered(context), "{tool}", "{test_arguments}", "--tap")


def ava_integration(context: Context) -> tuple[str, ...]:
    """Run the integration tests."""
    return ("{tool}", "--tap", *_integration(context.project, "--config"))


def _options(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options with their values, without the files."""
    return tuple(word for number, word in enumerate(words) if _is_option(words, number))


def _places(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files and directories, without the options."""
    return tuple(word for number, word in enumerate(words) if not _is_option(words, number))


def _is_option(words: tuple[str, ...], number: int) -> bool:
    return words[number].startswith("-") or (number > 0 and words[number - 1] in _WITH_VALUE)


def _integration(project: Project, option: str) -> tuple[str, ...]:
    config, files = project.text("integration_config"), project.words("integration_tests")
    if config and option:
        return (option, config)
    if not files:
        raise NothingMeasured(
            _NO_INTEGRATION, 'add one, or say why there is none: exempt.integration-tests = "..."'
        )
    return verbatim(files)


@contextmanager
def coverage_provider(context: Context) -> Iterator[Mapping[str, str]]:
    """See that vitest has what it measures coverage with; `ToolMissing` where it has not."""
    for above in (context.directory, *context.directory.parents):
        if any((above / "node_modules/@vitest").glob("coverage-*/package.json")):
            yield {}
            return
    raise ToolMissing(
        "vitest measures coverage only with a package of its own version, which is not there",
        "install it: npm install --save-dev @vitest/coverage-v8",
    )


Around = Callable[[Context], AbstractContextManager[Mapping[str, str]]]
AROUND: Mapping[str, tuple[tuple[Around, ...], Mapping[str, str]]] = {
    "vitest": ((coverage_provider,), {}),
    "jest": ((integration_left_out,), {"FORGE_LEFT_OUT": "{left_out}"}),
}
"""What is around the runs of unit tests by their names, and the variables that it is for."""
