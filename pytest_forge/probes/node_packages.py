"""Prints, as JSON, which packages are installed in node_modules for a project's packages, and why.

    python -I node_packages.py ROOT PACKAGE ...

ROOT is the directory above which nothing is looked for, PACKAGE a directory with a package.json. A
package is sought as Node.js does it: in node_modules of the directory and of those above. What
package.json says stands as it is: which dependencies ship, and which license is meant, the format
decides.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

_KINDS = ("dependencies", "optionalDependencies", "peerDependencies")


def main() -> None:
    """Read the command line, print the document."""
    root, *places = (os.path.realpath(one) for one in sys.argv[1:])
    if not places:
        sys.exit("error: no package is given")
    own = [_described(place, root) for place in places]
    found = _installed(own, set(places), root)
    document = {
        "schema": "node-packages-1",
        "own": own,
        "packages": [found[place] for place in sorted(found)],
    }
    sys.stdout.write(json.dumps(document, indent=1) + "\n")


def _installed(own: list[dict[str, Any]], inside: set[str], root: str) -> dict[str, dict[str, Any]]:
    """Return by their places the packages that the own ones, which stand inside, depend on."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [place for one in own for place in _places(one)]
    while waiting:
        place = waiting.pop()
        if place not in found and place not in inside:
            found[place] = _described(place, root)
            waiting += _places(found[place])
    return found


def _described(place: str, root: str) -> dict[str, Any]:
    data = _manifest(place)
    peers = data.get("peerDependenciesMeta") or {}
    return {
        "place": os.path.relpath(place, root),
        "name": data.get("name") or "",
        "version": data.get("version") or "",
        "license": data.get("license") or data.get("licenses") or "",
        **{kind: _resolved(data.get(kind), place, root) for kind in (*_KINDS, "devDependencies")},
        "optional_peers": sorted(name for name, one in peers.items() if one.get("optional")),
        "_root": root,
    }


def _manifest(place: str) -> dict[str, Any]:
    with open(os.path.join(place, "package.json"), encoding="utf-8-sig") as file:
        data = json.load(file)
    return data if isinstance(data, dict) else {}


def _resolved(stated: Any, place: str, root: str) -> dict[str, str]:
    """Return where each dependency is installed, "" where it is not."""
    names = stated if isinstance(stated, dict) else {}
    return {name: _find(name, place, root) for name in names}


def _find(name: str, place: str, root: str) -> str:
    for above in _above(place, root):
        directory = os.path.join(above, "node_modules", *name.split("/"))
        if os.path.isfile(os.path.join(directory, "package.json")):
            return os.path.relpath(os.path.realpath(directory), root)
    return ""


def _above(place: str, root: str) -> Iterator[str]:
    while True:
        yield place
        parent = os.path.dirname(place)
        if place == root or parent == place:
            return
        place = parent


def _places(one: dict[str, Any]) -> list[str]:
    """Return the directories of what a package depends on; what only develops it is its own."""
    root = one.pop("_root")
    kinds = (*_KINDS, "devDependencies") if not _is_installed(one) else _KINDS
    found = {place for kind in kinds for place in one[kind].values() if place}
    if _is_installed(one):
        one["devDependencies"] = {}
    return [os.path.realpath(os.path.join(root, place)) for place in found]


def _is_installed(one: dict[str, Any]) -> bool:
    return "node_modules" in one["place"].split(os.sep)


if __name__ == "__main__":
    main()
