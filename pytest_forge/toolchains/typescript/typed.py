"""What TypeScript's compiler is given: the project's tsconfig files, as its scripts name them."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any

from pytest_forge.projects import FactValue, Tree
from pytest_forge.toolchains.reading import strings, table
from pytest_forge.toolchains.typescript import scripts
from pytest_forge.toolchains.typescript.jsonc import read_json
from pytest_forge.toolchains.typescript.packagefile import PackageFile
from pytest_forge.toolchains.typescript.sources import TYPED, Files, is_declaration
from pytest_forge.toolchains.typescript.workspace import join, relative

_SCRIPTS = (
    *("typecheck", "type-check", "check-types", "types", "check:types", "tsc", "compile"),
    *("build", "prebuild", "test", "lint"),
)
_NAMES = ("tsconfig.json", "jsconfig.json")


def type_facts(
    tree: Tree, root: PackageFile, packages: tuple[PackageFile, ...], files: Files
) -> dict[str, FactValue]:
    """Return whether and how the project is typed; paths are relative to its directory.

    - `typescript`: some source that ships is TypeScript, or the compiler is told to check
      JavaScript. `tsconfigs`: the configurations to compile by; `references`: those of them that
      hold references, which only `tsc --build` follows; `unchecked`: those that say `noCheck`.
      `types_ignored`: what package.json tells type-coverage to pass over.
    """
    read = _configurations(tree, root, packages)
    if not _has_typed(files) and not any(_says(data, "checkJs") for data in read.values()):
        none = dict.fromkeys(("tsconfigs", "references", "unchecked", "types_ignored"), ())
        return {"typescript": False, **none}
    return {
        "typescript": True,
        "tsconfigs": tuple(read),
        "references": tuple(path for path, data in read.items() if data.get("references")),
        "unchecked": tuple(path for path, data in read.items() if _says(data, "noCheck")),
        "types_ignored": _ignored(root),
    }


def _configurations(
    tree: Tree, root: PackageFile, packages: tuple[PackageFile, ...]
) -> dict[str, Mapping[str, Any]]:
    stated = dict.fromkeys(path for one in packages for path in _configs(tree, one))
    return {relative(path, root.directory): _read(tree, path) for path in stated}


def _ignored(root: PackageFile) -> tuple[str, ...]:
    return tuple(key for key in root.table("typeCoverage") if key.startswith("ignore"))


def _has_typed(files: Files) -> bool:
    own = (path for path in files.sources if not is_declaration(path))
    return any(PurePosixPath(path).suffix in TYPED for path in own)


def _says(config: Mapping[str, Any], option: str) -> bool:
    return table(config, "compilerOptions").get(option) is True


def ships_types(package: PackageFile, typescript: bool) -> bool:
    """Tell whether users get types: package.json names declarations, or they are built."""
    named = package.text("types") or package.text("typings")
    return bool(named) or typescript or _names_types(package.data.get("exports"))


def _names_types(value: Any) -> bool:
    if isinstance(value, Mapping):
        return "types" in value or any(map(_names_types, value.values()))
    return isinstance(value, str) and value.endswith(".d.ts")


def _configs(tree: Tree, package: PackageFile) -> tuple[str, ...]:
    """Return the configurations of the first script that compiles, else the package's own one."""
    for name in _SCRIPTS:
        if named := tuple(dict.fromkeys(_called(tree, package, name))):
            return named
    places = (join(package.directory, name) for name in _NAMES)
    return tuple(path for path in places if tree.has(path))[:1]


def _called(tree: Tree, package: PackageFile, script: str) -> Iterator[str]:
    for program in ("tsc", "vue-tsc"):
        for words in scripts.arguments(package.scripts, script, program):
            for stated in _projects(words):
                path = normpath(join(package.directory, stated))
                found = path if tree.has(path) else join(path, _NAMES[0])
                if tree.has(found):
                    yield found


def _projects(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the projects that a call of tsc names; without any it is the directory's own."""
    if {"-b", "--build", "-build"} & {*words}:
        return scripts.operands(words) or (".",)
    for number, word in enumerate(words[:-1]):
        if word in ("-p", "--project", "-project"):
            return (words[number + 1],)
    return () if scripts.operands(words) else (".",)


def _read(tree: Tree, path: str) -> Mapping[str, Any]:
    """Return a configuration with what it takes over from others in this repository."""
    merged: dict[str, Any] = {}
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in seen or not tree.has(one):
            continue
        seen.add(one)
        data = read_json(tree, one)
        options = {**table(data, "compilerOptions"), **merged.get("compilerOptions", {})}
        references = merged.get("references") or (data.get("references") if one == path else None)
        merged = {**data, **merged, "compilerOptions": options, "references": references}
        above = str(PurePosixPath(one).parent)
        for base in strings(data.get("extends")):
            if base.startswith("."):
                place = normpath(join(above, base))
                waiting.append(place if place.endswith(".json") else f"{place}.json")
    return merged
