"""Biome: the project's linter or formatter where it is configured, else forge's own linter.

Files are named one by one, so that those at which it looked can be counted: its own walk takes in
every package.json as well.
"""

from collections.abc import Mapping
from pathlib import Path

from pytest_forge import probes
from pytest_forge.errors import NothingMeasured
from pytest_forge.execution.slots import verbatim
from pytest_forge.model import Report
from pytest_forge.projects import Project
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript import looking

DEFAULTS = Path(probes.__file__).parent / "biome.json"
"""What it is configured by where the project has no linter of its own."""


def lint(context: Context) -> tuple[str, ...]:
    """Lint the files that somebody has written, less what the project's script leaves out."""
    # A configuration that stands above the project is not the project's.
    own = context.project.text("linter") == "biome"
    return _command("lint", linted(context.project), () if own else (f"--config-path={DEFAULTS}",))


def format_files(context: Context) -> tuple[str, ...]:
    """Ask Biome which of the project's files it would change."""
    return _command("format", context.project.words("code"), ())


def linted(project: Project) -> tuple[str, ...]:
    """Return the files to lint: the project's own, where its script names places those there."""
    targets = (one.removeprefix("./").rstrip("/") for one in project.words("lint_targets"))
    places = tuple(f"{one}/" for one in targets if one not in ("", "."))
    code = project.words("code")
    return tuple(path for path in code if f"{path}/".startswith(places)) if places else code


def counted(context: Context, inputs: Mapping[str, Report]) -> Report:
    """Return the findings, with a note if some of the files were left out.

    Raises `NothingMeasured` where these are more than half: a configuration for JavaScript alone
    passes over TypeScript without a word.
    """
    (report,) = inputs.values()
    mend = "see which files its configuration includes"
    return looking.counted(report, len(linted(context.project)), "the linter", mend)


def _command(name: str, files: tuple[str, ...], settings: tuple[str, ...]) -> tuple[str, ...]:
    if not files:
        raise NothingMeasured("there is no file in TypeScript or JavaScript", "exempt the check")
    shown = ("--reporter=json", "--max-diagnostics=none", "--no-errors-on-unmatched")
    return ("{tool}", name, *shown, *settings, *verbatim(files))
