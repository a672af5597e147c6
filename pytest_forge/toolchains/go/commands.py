"""The commands of Go's column that depend on the project's facts, and what stands around them.

go itself is told to change nothing (`-mod`); it and every tool get what it looks at by the variable
GOWORK (see `workspace`).
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pytest_forge.errors import NothingMeasured
from pytest_forge.formats import go_modules, go_packages
from pytest_forge.formats.gofmt import SENTINEL
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.go.modules import pattern
from pytest_forge.toolchains.go.vetting import key_of_its_own
from pytest_forge.toolchains.places import placed

_TEST = ("-json", "-count=1", "-vet=off")
_UNFORMATTED = "package  last\n"


def _tags(context: Context, *further: str) -> tuple[str, ...]:
    project = context.project
    own = (tag for tag in project.words("build_tags") if tag != project.text("integration_tag"))
    tags = (*own, *further)
    return (f"-tags={','.join(tags)}",) if tags else ()


def _unchanged(context: Context) -> str:
    return "-mod=vendor" if context.project.flag("vendored") else "-mod=readonly"


def build(context: Context) -> tuple[str, ...]:
    """Build every package, and link the commands, without a file in the tree.

    Without -o the command of a lone package would be written beside its sources.
    """
    options = ("-json", f"-o={os.devnull}", "-buildvcs=false", _unchanged(context))
    return ("{tool}", "build", *options, *_tags(context), "{patterns}")


def packages(context: Context) -> tuple[str, ...]:
    """List the packages, those that don't build too."""
    options = ("-e", f"-json={go_packages.FIELDS}", _unchanged(context))
    return ("{tool:go}", "list", *options, *_tags(context), "{patterns}")


def vet(context: Context) -> tuple[str, ...]:
    """Vet packages and tests; go type-checks both for that."""
    options = ("-json", key_of_its_own(context.project), _unchanged(context))
    return ("{tool}", "vet", *options, *_tags(context), "{patterns}")


def unit_tests(context: Context) -> tuple[str, ...]:
    """Run all tests that need no tag for integration tests, with the coverage of all packages.

    vet is a check of its own, and a result of the cache would be no run.
    """
    everything = f"-coverpkg={','.join(context.project.words('patterns'))}"
    options = (*_TEST, _unchanged(context), everything, "-coverprofile={scratch}/cover.out")
    return ("{tool}", "test", *options, *_tags(context), "{patterns}")


def integration_tests(context: Context) -> tuple[str, ...]:
    """Run the tests behind the tag for integration tests; `NothingMeasured` where there is none."""
    project = context.project
    names = project.words("integration_tests")
    if not names:
        raise NothingMeasured(
            "there is no integration test: no test file has `//go:build integration`",
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )
    chosen = "|".join(re.escape(name) for name in names)
    options = (*_TEST, _unchanged(context), f"-run=^({chosen})$")
    tags = _tags(context, project.text("integration_tag"))
    return ("{tool}", "test", *options, *tags, "{integration_patterns}")


def gofmt(context: Context) -> tuple[str, ...]:
    """List the files that gofmt would change, with the one that it has to name last."""
    return ("{tool:gofmt}", "-l", *own_files(context), f"{{scratch}}/{SENTINEL}")


def own_files(context: Context) -> tuple[str, ...]:
    """Return the Go files that somebody has written."""
    project = context.project
    generated = frozenset(project.words("generated"))
    return tuple(path for path in project.words("go_files") if path not in generated)


def shipped_files(context: Context) -> tuple[str, ...]:
    """Return those of them that are no tests."""
    tests = frozenset(context.project.words("test_files"))
    return tuple(path for path in own_files(context) if path not in tests)


def shipped_places(context: Context) -> tuple[str, ...]:
    """Return the shipped files as paths below forge's root."""
    return placed(context.project, shipped_files(context))


def staticcheck(context: Context) -> tuple[str, ...]:
    """Analyse by staticcheck's own configuration; SARIF is the one format whose end can be seen."""
    return ("{tool}", "-f=sarif", *_tags(context), "{patterns}")


def golangci_lint(context: Context) -> tuple[str, ...]:
    """Analyse by the project's configuration, but for what it says of the output.

    None of the findings is left out, which golangci-lint does from the fourth of a kind on.
    """
    report = ("--output.json.path={scratch}/golangci-lint.json", "--show-stats=false")
    whole = ("--issues-exit-code=1", "--max-issues-per-linter=0", "--max-same-issues=0")
    return ("{tool}", "run", *report, *whole, "--allow-parallel-runners", "{patterns}")


def gocyclo(context: Context) -> tuple[str, ...]:
    """Measure the functions that ship."""
    files = shipped_files(context)
    if not files:
        raise NothingMeasured("every Go file is a test or generated", "exempt the check")
    return ("{tool}", "-avg", *files)


def govulncheck_modules(context: Context) -> tuple[str, ...]:
    """Ask the database about the modules alone, which is quick."""
    return ("{tool}", "-format=json", "-scan=module", *_tags(context))


def govulncheck(context: Context) -> tuple[str, ...]:
    """Look which vulnerable functions the code calls."""
    return ("{tool}", "-format=sarif", *_tags(context), "{patterns}")


def gosec(context: Context) -> tuple[str, ...]:
    """Scan the packages that ship: of `./...` gosec also takes directories that go leaves out.

    A relative place it takes for one from the package's own module, and finds nothing there.
    """
    report = ("-fmt=json", "-out={scratch}/gosec.json", "-exclude-generated")
    places = (f"{{directory}}/{place}" for place in context.project.words("packages"))
    return ("{tool}", *report, *_tags(context), *places)


def shipped_packages(context: Context) -> tuple[str, ...]:
    """List the packages that ship, those that no file of this platform belongs to as well."""
    places = map(pattern, context.project.words("packages"))
    return (*packages(context)[:-1], *places)


def modules(context: Context) -> tuple[str, ...]:
    """List the packages behind the project's own and their tests, with their modules."""
    options = ("-deps", "-test", f"-json={go_modules.FIELDS}", _unchanged(context))
    return ("{tool}", "list", *options, *_tags(context), "{patterns}")


def go_licenses(context: Context) -> tuple[str, ...]:
    """Look for the licenses of everything that the packages and their tests need."""
    return ("{tool}", "report", "--include_tests", "{patterns}")


@contextmanager
def listed_files(context: Context) -> Iterator[Mapping[str, str]]:
    """Write down what gofmt is given, and the file that it has to name last."""
    files = "".join(f"{path}\n" for path in own_files(context))
    (context.scratch / "files").write_text(files, encoding="utf-8")
    (context.scratch / SENTINEL).write_text(_UNFORMATTED, encoding="utf-8")
    yield {}
