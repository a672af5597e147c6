"""The commands by which Gradle is told to do forge's part, and the copies they run in.

Gradle builds a copy of the tree below forge's directory, as Maven does: no `build/` or `.gradle/`
appears in the user's. What forge reads the init script has put into a directory of its own.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_forge.errors import NothingMeasured
from pytest_forge.execution.snapshot import release_snapshot, snapshot
from pytest_forge.toolchains.declarations import Context
from pytest_forge.toolchains.java.gradle import tools
from pytest_forge.toolchains.java.gradle.build import SETTINGS
from pytest_forge.toolchains.java.tools import probe

OUTPUT, BEFORE = "gradle", "gradle-before"
"""The directories of a run's scratch with what is read: of the tree, and of the last release."""

_PYTHON = ("{tool:gradle}", "-I")
_TOOLS = ",".join(f"{name}={value}" for name, value in tools.COORDINATES.items())
_OPTIONS = (
    *("--no-daemon", "--console=plain", "--continue", "--no-build-cache"),
    *("--init-script", tools.INIT_SCRIPT),
    f"-Dforge.tools={_TOOLS}",
    # The tasks of the init script know their project, and each run is a build of its own.
    "-Dorg.gradle.configuration-cache=false",
    "-Dorg.gradle.unsafe.configuration-cache=false",
    "-Dorg.gradle.unsafe.isolated-projects=false",
    "-Dorg.gradle.configureondemand=false",
)


def _gradle(mode: str, output: str = OUTPUT) -> tuple[str, ...]:
    return (
        *(*_PYTHON, probe("gradle"), *_OPTIONS),
        *("--project-cache-dir", f"{{scratch}}/{output}-cache"),
        *(f"-Dforge.mode={mode}", f"-Dforge.output={{scratch}}/{output}", "forge"),
    )


BUILD = _gradle("build")
"""Assemble everything, run the unit tests, and let the analysers look at it while it is there."""

LINT = _gradle("lint")
"""Compile once more, with every lint."""

PACKAGE = _gradle("package")
"""Make the jars, and nothing else."""

PACKAGE_BEFORE = _gradle("package", BEFORE)
"""Make those of the last release."""

COMPARE = (
    *_PYTHON,
    probe("japicmp"),
    *("{scratch}/gradle/japicmp", "{before}", "{member}", "{scratch}/japicmp.xml"),
)
"""Compare the jar of the released project with that of the last release."""


def integration_tests(context: Context) -> tuple[str, ...]:
    """Run what is no unit test; `NothingMeasured` where there is nothing."""
    project = context.project
    if not project.words("integration_tests") and not project.flag("integration"):
        raise NothingMeasured(
            "there is no integration test: no source set or task is called integrationTest, "
            "functionalTest or the like",
            'add one, or say why there is none: exempt.integration-tests = "..."',
        )
    return _gradle("integration")


@contextmanager
def copied(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the tree; the slots are `snapshot`, and `member` for what is left of what is released.

    A lone build gets settings of its own there, since Gradle would look for some further up.
    """
    with snapshot(context) as slots:
        settle(Path(slots["snapshot"]), context.project.name)
        yield {**slots, "member": _left(context, OUTPUT)}


@contextmanager
def copied_release(context: Context) -> Iterator[Mapping[str, str]]:
    """Copy the last release: `before_top` is the project in it.

    `before` is what is left of what is released.
    """
    with release_snapshot(context) as copy:
        top = copy / context.project.directory
        settle(top, context.project.name)
        yield {"before_top": str(top), "before": _left(context, BEFORE)}


def settle(directory: Path, name: str) -> None:
    """Give a build without settings some of its own, which only state its name."""
    if directory.is_dir() and not any((directory / one).is_file() for one in SETTINGS):
        plain = re.sub(r"[^\w.-]", "-", name)
        text = f"rootProject.name = '{plain}'\n"
        (directory / "settings.gradle").write_text(text, encoding="utf-8")


def _left(context: Context, output: str) -> str:
    top = Path(context.project.directory)
    return str(context.scratch / output / Path(context.released.directory).relative_to(top))
