"""What a Python project ships: what its backend is told, else by the layouts that all know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pytest_forge.toolchains.python.backends import stated_parts
from pytest_forge.toolchains.python.code import Code, Part, join, ships
from pytest_forge.toolchains.python.declared import Declared


@dataclass(frozen=True)
class Layout:
    """What ships, relative to the project: paths, import names, and where these are found."""

    sources: tuple[str, ...]
    packages: tuple[str, ...]
    search_path: tuple[str, ...]


def layout(declared: Declared, code: Code, distribution: str) -> Layout:
    """Return what the project ships; what its configuration states but the tree has not is left."""
    stated = stated_parts(declared, code, distribution)
    parts = tuple(part for part in stated if code.holds(*part))
    return _layout(code, parts or _by_layout(code, distribution))


def _layout(code: Code, parts: Iterable[Part]) -> Layout:
    parts = tuple(dict.fromkeys(parts))
    names = [name for base, path in parts for name in _importable(code, base, path)]
    return Layout(
        sources=tuple(dict.fromkeys(_source(code, base, path) for base, path in parts)),
        packages=tuple(dict.fromkeys(name.replace("/", ".") for name in names)),
        search_path=tuple(dict.fromkeys(base for base, _ in parts)),
    )


def _by_layout(code: Code, distribution: str) -> tuple[Part, ...]:
    name = distribution.replace("-", "_")
    if code.top_level("src") and "src/__init__.py" not in code.files:
        return tuple(("src", one) for one in code.top_level("src") if ships("src", one))
    if name and code.holds(".", name):
        return ((".", name),)
    return tuple((".", one) for one in code.top_level(".") if ships(".", one))


def _source(code: Code, base: str, path: str) -> str:
    place = join(base, path)
    return next((one for one in (f"{place}.py", f"{place}.pyi") if one in code.files), place)


def _importable(code: Code, base: str, path: str) -> Iterator[str]:
    """Return the import names at `path`: of a namespace, those of the packages within."""
    place = join(base, path)
    below = [one.removeprefix(f"{place}/") for one in code.files if one.startswith(f"{place}/")]
    if not below or any("/" not in one for one in below):
        yield path
        return
    for name in sorted({one.split("/")[0] for one in below}):
        yield from _importable(code, base, f"{path}/{name}")
