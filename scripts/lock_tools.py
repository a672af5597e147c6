"""Locks the distributions of PyPI that `pytest-forge install` fetches, with all files' hashes.

    python scripts/lock_tools.py            writes the locks that are missing, removes the unused
    python scripts/lock_tools.py --renew    writes all of them anew

A lock holds the distribution at its pinned version and all that it depends on, on every platform
and for every Python that forge supports. Which distributions these are is said by the modules
`tools` of the toolchains. It needs uv beside the interpreter.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

from pytest_forge import toolchains
from pytest_forge.execution.process import capture
from pytest_forge.provisioning.installers import lock_file
from pytest_forge.toolchains.declarations import Package, Tool

LOWEST_PYTHON = "3.11"


def pinned() -> list[Package]:
    """Return the packages of PyPI from which the tools of forge's own toolchains may come."""
    found: set[Package] = set()
    for module in pkgutil.walk_packages(toolchains.__path__, f"{toolchains.__name__}."):
        if module.name.endswith(".tools"):
            values = vars(importlib.import_module(module.name)).values()
            declared = (value for value in values if isinstance(value, Tool))
            found |= {one for tool in declared for one in tool.packages if one.installer == "pypi"}
    return sorted(found, key=lambda one: one.name)


def main(arguments: list[str]) -> int:
    """Write the locks; the status is 1 where one could not be made."""
    packages = pinned()
    locks = {lock_file(package): package for package in packages}
    for path in lock_file(Package("pypi", "any", "1")).parent.glob("*.txt"):
        if path not in locks:
            path.unlink()
    for path in locks:
        path.parent.mkdir(exist_ok=True)
    missing = [path for path in locks if "--renew" in arguments or not path.exists()]
    return int(not all([write(path, locks[path]) for path in missing]))


def write(path: Path, package: Package) -> bool:
    """Write one lock, and tell whether it could be made."""
    asked = path.with_suffix(".in")
    asked.write_text(f"{package.name}=={package.version}\n", encoding="utf-8")
    command = (
        *(str(Path(sys.executable).parent / "uv"), "pip", "compile", "--quiet", "--universal"),
        *("--python-version", LOWEST_PYTHON, "--generate-hashes", "--no-header", "--no-annotate"),
        *("--output-file", str(path), str(asked)),
    )
    try:
        done = capture(command, path.parent, 300.0)
    finally:
        asked.unlink()
    print(f"{path.name}: {done.stderr.strip() or 'locked'}")
    return done.status == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
