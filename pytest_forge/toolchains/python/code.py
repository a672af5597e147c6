"""The code of a Python project: its files, and which of its top-level names would ship."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from pytest_forge.conventions import unproductive_part

Part: TypeAlias = tuple[str, str]
"""A shipped package or module: the directory it is imported from, and its path below that."""

_SCRIPTS = frozenset(
    {"conftest", "dodo", "fabfile", "manage", "noxfile", "setup", "tasks", "toxfile", "versioneer"}
)
_NOT_SHIPPED = frozenset(
    {"build", "ci", "debian", "dist", "script", "tool", "tools", "typing_tests"}
)


@dataclass(frozen=True)
class Code:
    """The Python files (also stubs) of a project, relative to its directory."""

    files: frozenset[str]

    def holds(self, base: str, path: str) -> bool:
        """Tell whether there is code in the package, or a module, at `path` below `base`."""
        place = join(base, path)
        modules = {f"{place}.py", f"{place}.pyi"}
        return bool(modules & self.files) or any(one.startswith(f"{place}/") for one in self.files)

    def top_level(self, base: str) -> tuple[str, ...]:
        """Return the names of the directories with code and of the modules in `base` itself."""
        prefix = "" if base == "." else f"{base}/"
        below = (one.removeprefix(prefix) for one in self.files if one.startswith(prefix))
        names = {re.sub(r"\.pyi?$", "", one.split("/")[0]) for one in below}
        return tuple(sorted(name for name in names if name.isidentifier()))


def ships(base: str, name: str) -> bool:
    """Leave out scripts and tests; below `src` only what is certainly a test."""
    if name.startswith("test_") or name.endswith("_test") or name in ("test", "tests", "conftest"):
        return False
    if base == "src":
        return True
    return name not in _SCRIPTS | _NOT_SHIPPED and unproductive_part(f"{name}/_") is None


def join(base: str, path: str) -> str:
    """Return `path` below `base`, where "." is the project's directory."""
    return str(PurePosixPath(base) / path)
