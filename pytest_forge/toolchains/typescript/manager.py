"""Which package manager a project uses: `packageManager` first, then the lockfile.

See nodejs.org's Corepack for the field, and each manager's reference for its lockfile.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.reading import decoded
from pytest_forge.toolchains.typescript.packagefile import PackageFile
from pytest_forge.toolchains.typescript.workspace import PNPM_WORKSPACE, join

LOCKFILES: Mapping[str, str] = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
}
_STATED = re.compile(r"(?P<name>npm|pnpm|yarn)@(?P<version>\d[\w.-]*)")
_RANGE = re.compile(r"(?:>=|\^|~|=|v)?\s*v?(\d+(?:\.\d+){0,2})")
_PINS = (".nvmrc", ".node-version")


def manager_facts(tree: Tree, package: PackageFile) -> dict[str, FactValue]:
    """Return `manager`, the version that is stated of it, and the lockfile.

    `lockfile` is relative to the project's directory, "" without one.
    """
    stated = _STATED.match(package.text("packageManager"))
    locked = [name for name in LOCKFILES if tree.has(join(package.directory, name))]
    name = stated["name"] if stated else _unstated(tree, package, locked)
    return {
        "manager": name,
        "manager_version": stated["version"] if stated else "",
        "lockfile": next((one for one in locked if LOCKFILES[one] == name), ""),
        "yarn_modern": name == "yarn" and _is_modern(tree, package, stated),
        "lock_unwanted": _refuses_a_lock(tree, package),
    }


def _unstated(tree: Tree, package: PackageFile, locked: list[str]) -> str:
    if locked:
        return LOCKFILES[locked[0]]
    return "pnpm" if tree.has(join(package.directory, PNPM_WORKSPACE)) else "npm"


def node_facts(tree: Tree, package: PackageFile) -> dict[str, FactValue]:
    """Return `node_version`, the lowest of Node.js that `engines` accepts, and the `node_pin`.

    A pin that is no number (`lts/*`) pins nothing that can be told without asking the network.
    """
    stated = (_RANGE.match(one.strip()) for one in package.text("engines", "node").split("||"))
    lowest = [found[1] for found in stated if found]
    return {
        "node_version": min(lowest, key=_numbers, default=""),
        "node_pin": _pin(tree, package),
    }


def _pin(tree: Tree, package: PackageFile) -> str:
    for name in _PINS:
        path = join(package.directory, name)
        if tree.has(path):
            text = decoded(tree.read(path)).strip().removeprefix("v")
            return text if re.fullmatch(r"\d+(?:\.\d+)*", text) else ""
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_modern(tree: Tree, package: PackageFile, stated: re.Match[str] | None) -> bool:
    """Tell yarn 2 and later from yarn 1, whose options differ."""
    if stated:
        return not stated["version"].startswith("1.")
    return tree.has(join(package.directory, ".yarnrc.yml"))


def _refuses_a_lock(tree: Tree, package: PackageFile) -> bool:
    path = str(PurePosixPath(package.directory) / ".npmrc")
    lines = decoded(tree.read(path)).splitlines() if tree.has(path) else []
    return any(re.fullmatch(r"\s*package-lock\s*=\s*false\s*", line) for line in lines)
