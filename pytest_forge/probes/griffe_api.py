"""Prints, as JSON, the public API of a project's packages and how it differs from a release's.

    python -I griffe_api.py [--declared VERSION] [--previous VERSION] [--tag TAG]
                            --search DIR ... [--release DIR ...] PACKAGE ...

The versions and the tag are only passed on. Packages are sought in the `--search` directories,
those of the release in the `--release` ones. griffe reads the sources without importing them, and
its rules say what is public: names without a leading underscore, those of `__all__` where there is
one; a module whose name starts with an underscore is private, whatever is in it, and so is what a
module only imports.

A changed value of an attribute is not reported (a version number changes with each release);
griffe itself drops this kind in its next major version.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import griffe
from griffe import AliasResolutionError, Breakage, BreakageKind, CyclicAliasError

Node = griffe.Object | griffe.Alias
Surface = dict[str, dict[str, str]]


def main() -> None:
    """Read the command line, print the document."""
    parser = argparse.ArgumentParser()
    for name in ("--declared", "--previous", "--tag"):
        parser.add_argument(name, default="")
    parser.add_argument("--search", action="append", default=[])
    parser.add_argument("--release", action="append", default=[])
    parser.add_argument("packages", nargs="+")
    options = parser.parse_args()
    now = load(options.packages, options.search)
    absent = [name for name in options.packages if name not in now]
    if absent:
        sys.exit(f"no package {', '.join(absent)} in {', '.join(options.search)}")
    surface = surface_of(now.values())
    document: dict[str, Any] = {
        "schema": "griffe-api-1",
        "packages": options.packages,
        "surface": [surface[name] for name in sorted(surface)],
        "release": {name: getattr(options, name) for name in ("declared", "previous", "tag")},
        "compared": bool(options.release),
        "absent": [],
        "additions": [],
        "breakages": [],
    }
    if options.release:
        document |= compare(now, surface, options.release)
    json.dump(document, sys.stdout, indent=1)
    sys.stdout.write("\n")


def compare(now: dict[str, Node], surface: Surface, release: Sequence[str]) -> dict[str, Any]:
    """Return what was added, what broke, and which packages the release does not have."""
    before = load(list(now), release)
    old = surface_of(before.values())
    broken = {
        (one["name"], one["kind"], one["message"]): one
        for name, package in before.items()
        for one in map(described, griffe.find_breaking_changes(package, now[name]))
        if one["kind"] != kind_name(BreakageKind.ATTRIBUTE_CHANGED_VALUE)
    }
    return {
        "absent": [name for name in now if name not in before],
        "additions": [name for name in sorted(surface) if name not in old],
        "breakages": [broken[key] for key in sorted(broken)],
    }


def load(names: Sequence[str], directories: Sequence[str]) -> dict[str, Node]:
    """Return the packages that are there, as their sources say.

    One loader reads them all, since they may export each other's names. Where a package's stubs
    need another package, it is read after that.
    """
    loader = griffe.GriffeLoader(search_paths=directories, allow_inspection=False)
    loaded: dict[str, Node] = {}
    waiting = list(names)
    while waiting:
        later = []
        for name in waiting:
            try:
                loaded[name] = loader.load(name, try_relative_path=False)
            except ImportError:
                continue
            except AliasResolutionError:
                later.append(name)
        if later == waiting:
            loader.load(later[0], try_relative_path=False)
        waiting = later
    loader.resolve_aliases(external=False)
    return loaded


def surface_of(packages: Any) -> Surface:
    """Return the public items of packages by their dotted names."""
    return {
        item["name"]: item
        for package in packages
        for item in public_items(package, package.path, frozenset())
    }


def public_items(node: Node, path: str, above: frozenset[str]) -> Iterator[dict[str, str]]:
    """Yield the item `path` and the public ones in it; `above` are the objects that hold it."""
    target = resolved(node)
    if target is None:
        yield {"name": path, "kind": "alias", "signature": ""}
        return
    yield {"name": path, "kind": target.kind.value, "signature": signature(target)}
    if target.path in above or not (target.is_module or target.is_class):
        return
    for name, member in target.members.items():
        if member.is_public:
            yield from public_items(member, f"{path}.{name}", above | {target.path})


def resolved(node: Node) -> griffe.Object | None:
    """Return what an alias stands for, None where that is outside of the loaded packages."""
    try:
        return node.final_target if isinstance(node, griffe.Alias) else node
    except (AliasResolutionError, CyclicAliasError):
        return None


def signature(target: griffe.Object) -> str:
    """Return the signature of a function or the type of an attribute, "" for everything else."""
    if isinstance(target, griffe.Function):
        return str(target.signature())
    annotation = getattr(target, "annotation", None)
    return str(annotation) if isinstance(target, griffe.Attribute) and annotation else ""


def described(breakage: Breakage) -> dict[str, Any]:
    """Return a breakage as plain values; what was removed has no place any more."""
    target = breakage.obj
    change = " -> ".join(filter(None, map(value, (breakage.old_value, breakage.new_value))))
    removed = breakage.kind is BreakageKind.OBJECT_REMOVED
    shown = f" ({change})" if change and not removed else ""
    place = None if removed else target
    return {
        "name": target.path,
        "kind": kind_name(breakage.kind),
        "message": f"{target.path}: {breakage.kind.value}{shown}",
        "path": None if place is None else str(place.filepath),
        "line": None if place is None else place.lineno,
    }


def value(side: Any) -> str:
    """Return one side of a change as text, on one line."""
    return "" if side is None else " ".join(str(side).split())


def kind_name(kind: BreakageKind) -> str:
    """Return the rule's name for a kind of breakage: PARAMETER_MOVED is `parameter-moved`."""
    return kind.name.lower().replace("_", "-")


if __name__ == "__main__":
    main()
