"""Every tool that forge installs is pinned, and what can be locked is locked."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from pytest_forge import toolchains
from pytest_forge.provisioning.installers import INSTALLERS, lock_file
from pytest_forge.toolchains import builtin_toolchains
from pytest_forge.toolchains.declarations import Package, Run, Tool


def declared() -> Iterator[Tool]:
    """Yield the tools that the toolchains' modules `tools` hold."""
    for module in pkgutil.walk_packages(toolchains.__path__, f"{toolchains.__name__}."):
        if module.name.endswith(".tools"):
            values = vars(importlib.import_module(module.name)).values()
            yield from (value for value in values if isinstance(value, Tool))


def used() -> Iterator[Tool]:
    for toolchain in builtin_toolchains():
        if toolchain.preparation is not None:
            yield from toolchain.preparation.needs
        for run in toolchain.runs:
            yield from run.needs if isinstance(run, Run) else ()


PINNED = sorted({tool for tool in (*declared(), *used()) if tool.packages}, key=str)
DISTRIBUTIONS = [
    package for tool in PINNED for package in tool.packages if package.installer == "pypi"
]


@pytest.mark.parametrize("tool", PINNED, ids=lambda tool: tool.name)
def test_a_pin_is_exact_and_of_a_known_installer(tool: Tool) -> None:
    for package in tool.packages:
        assert package.installer in INSTALLERS
        assert package.version.removeprefix("v")[:1].isdigit()
        assert package.version.startswith("v") is (package.installer == "go")
        assert not set(package.version) & set("<>=~^* ,/")


@pytest.mark.parametrize("package", DISTRIBUTIONS, ids=lambda package: package.name)
def test_a_distribution_has_a_lock(package: Package) -> None:
    assert lock_file(package).is_file(), "run python scripts/lock_tools.py"
    lock = lock_file(package).read_text(encoding="utf-8")
    assert f"{package.name.partition('[')[0]}=={package.version} " in lock


def test_no_lock_is_left_of_an_older_pin() -> None:
    locks = {lock_file(package) for package in DISTRIBUTIONS}
    assert set(lock_file(Package("pypi", "any", "1")).parent.glob("*.txt")) == locks
