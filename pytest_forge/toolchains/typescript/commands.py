"""The commands of TypeScript's column that depend on the project's facts, but those of tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_forge import probes
from pytest_forge.errors import NoReference, NothingMeasured
from pytest_forge.execution.slots import verbatim
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.running import COPIES

_PROBES = Path(probes.__file__).parent
PRETTIER_FILES = str(_PROBES / "prettier_files.cjs")
_API = str(_PROBES / "typescript_api.cjs")
_PACKAGES = str(_PROBES / "node_packages.py")


def eslint(context: Context) -> tuple[str, ...]:
    """Lint what the project's script lints, by the project's configuration."""
    report = ("--format=json", "--output-file={scratch}/eslint.json")
    return ("{tool}", *report, f"--ignore-pattern={COPIES}", "{lint_targets}")


def prettier(context: Context) -> tuple[str, ...]:
    """Ask prettier about each of the project's files."""
    return ("{tool:node}", PRETTIER_FILES, "{tool:prettier}", "{scratch}/files")


def oxfmt(context: Context) -> tuple[str, ...]:
    """Ask oxfmt about each of the project's files."""
    files = context.project.words("code")
    if not files:
        raise NothingMeasured("there is no file in TypeScript or JavaScript", "exempt the check")
    return ("{tool}", "--check", *verbatim(files))


@contextmanager
def listed_files(context: Context) -> Iterator[Mapping[str, str]]:
    """Write down the files that somebody has written."""
    files = "".join(f"{path}\n" for path in context.project.words("code"))
    (context.scratch / "files").write_text(files, encoding="utf-8")
    yield {}


def npm_audit(context: Context) -> tuple[str, ...]:
    """Ask the registry about what npm's lockfile holds; `NoReference` for other managers'."""
    manager = context.project.text("manager")
    if manager != "npm":
        raise NoReference(
            f"npm audits what its own lockfile holds, and the project is {manager}'s",
            'give advisory data with `advisories = { database = "DIR" }` or FORGE_ADVISORIES',
        )
    return ("{tool}", "audit", "--json")


def packages(context: Context) -> tuple[str, ...]:
    """List what is installed for the packages of the project."""
    places = (f"{{directory}}/{one}" for one in context.project.words("packages"))
    return ("{forge-python}", "-I", _PACKAGES, "{root}", *places)


def api(context: Context) -> tuple[str, ...]:
    """Compare what the released package exports with what the last release did.

    The package's own directory is that of the run.
    """
    return ("{tool:node}", _API, "{tool:tsc}", "{package}", "{release_directory}", ".")
