"""The two trees whose API is compared: this one, and that of the last release."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pytest_forge.model import Report
from pytest_forge.releases.comparing import COMPARED
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.typescript.compiling import lend_modules


@contextmanager
def lent_modules(context: Context) -> Iterator[Mapping[str, str]]:
    """Show the installed packages to the last release's tree; yields `package`, the released one's.

    Types of packages that the release was built on may have changed since; what comes of them is
    seen as a change, which it is to users.
    """
    below = PurePosixPath(context.project.directory)
    origin, release = context.directory, Path(context.slots["release"]) / below
    lend_modules(context, origin, release)
    yield {"package": str(context.root / context.released.directory)}


def compared(report: Report) -> Report:
    """Return the report of a comparison, and of a first release its note once."""
    if COMPARED in report.unavailable:
        return replace(report, notes=tuple(dict.fromkeys(report.notes)))
    return report
