"""What each build backend is told to ship, read from its own configuration.

Sources: hatch.pypa.io "Build configuration", setuptools' "Package Discovery", flit's
"pyproject.toml config", python-poetry.org "packages", pdm-backend "build configuration",
maturin.rs "Project layout", uv's "Build backend", scikit-build-core's "wheel.packages".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from configparser import ConfigParser
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from pytest_forge.toolchains.python.code import Code, Part, join, ships
from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings, table


def stated_parts(declared: Declared, code: Code, distribution: str) -> tuple[Part, ...]:
    """Return the packages and modules that the configuration names, () where it names none.

    Where no backend is named it is setuptools (PEP 517); of an unknown one nothing is read.
    """
    backend = str(declared.table("build-system").get("build-backend", "setuptools"))
    reader = next((read for name, read in _BACKENDS.items() if backend.startswith(name)), None)
    return tuple(reader(declared, code, distribution)) if reader else ()


def _placed(path: str) -> Part:
    """Split a path, cut off at its first wildcard, into the directory and the package."""
    parts = path.removeprefix("./").strip("/").split("/")
    whole = PurePosixPath(*takewhile(lambda part: "*" not in part, parts))
    return str(whole.parent), whole.name.removesuffix(".py")


def _hatch(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    build = declared.table("tool", "hatch", "build")
    wheel = {**build, **table(build, "targets", "wheel")}
    for key in ("packages", "only-include", "include"):
        found = [part for path in strings(wheel.get(key)) if (part := _placed(path))[1]]
        if found:
            yield from (one for part in found for one in _below_source(code, part))
            return


def _below_source(code: Code, part: Part) -> Iterator[Part]:
    """A stated directory `src` means what stands in it: it is no package itself."""
    if part == (".", "src") and "src/__init__.py" not in code.files:
        yield from (("src", name) for name in code.top_level("src"))
    else:
        yield part


def _setuptools(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    options = declared.table("tool", "setuptools")
    if "packages" in options or "py-modules" in options:
        yield from _setuptools_table(options, code)
        return
    script = declared.setup_py
    config = declared.ini("setup.cfg")
    if any(config.has_option("options", key) for key in ("packages", "py_modules")):
        yield from _setup_cfg(config, code)
    elif script is not None:
        yield from _setup_script(script.arguments, script.finds, code)


def _setup_cfg(config: ConfigParser, code: Code) -> Iterator[Part]:
    section = config["options"]
    where = config.get("options.packages.find", "where", fallback=None)
    base = where or _mapping(section.get("package_dir") or "").get("", ".")
    names = (section.get("packages") or "").split()
    if names[:1] in (["find:"], ["find_namespace:"]):
        yield from _found(code, base.strip(), (), ())
    else:
        yield from _named(names, {"": base})
    yield from ((base, name) for name in (section.get("py_modules") or "").split())


def _setuptools_table(options: Mapping[str, Any], code: Code) -> Iterator[Part]:
    directories = {str(key): str(value) for key, value in table(options, "package-dir").items()}
    packages = options.get("packages")
    if isinstance(packages, list):
        yield from _named(strings(packages), directories)
    else:
        find = table(options, "packages", "find")
        for base in strings(find.get("where")) or (directories.get("", "."),):
            yield from _found(
                code, base, strings(find.get("include")), strings(find.get("exclude"))
            )
    base = directories.get("", ".")
    yield from ((base, name) for name in strings(options.get("py-modules")))


def _setup_script(arguments: Mapping[str, Any], finds: str | None, code: Code) -> Iterator[Part]:
    given = arguments.get("package_dir")
    directories = given if isinstance(given, dict) else {}
    if finds is not None:
        yield from _found(code, finds, (), ())
    yield from _named(strings(arguments.get("packages")), directories)
    base = str(directories.get("", "."))
    yield from ((base, name) for name in strings(arguments.get("py_modules")))


def _named(names: Iterable[str], directories: Mapping[str, str]) -> Iterator[Part]:
    """Return the packages of a list, their subpackages left to them."""
    names = tuple(names)
    for name in names:
        if any(name.startswith(f"{other}.") for other in names):
            continue
        if name in directories:
            place = PurePosixPath(directories[name])
            yield str(place.parent), place.name
        else:
            yield directories.get("", "."), name.replace(".", "/")


def _found(
    code: Code, base: str, include: tuple[str, ...], exclude: tuple[str, ...]
) -> Iterator[Part]:
    for name in code.top_level(base):
        module = {join(base, f"{name}{end}") for end in (".py", ".pyi")} & code.files
        refused = any(fnmatchcase(name, one) for one in exclude)
        if not module and not refused and _is_included(base, name, include):
            yield base, name


def _is_included(base: str, name: str, include: tuple[str, ...]) -> bool:
    if not include:
        return ships(base, name)
    return any(fnmatchcase(name, one) or one.startswith(f"{name}.") for one in include)


def _mapping(text: str) -> dict[str, str]:
    """Read setup.cfg's `package_dir`: lines of `package = directory`, the root one without name."""
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line)
    return {name.strip(): place.strip() for name, place in pairs}


def _flit(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    module = declared.table("tool", "flit", "module").get("name")
    old = declared.table("tool", "flit", "metadata").get("module")
    name = str(module or old or distribution.replace("-", "_")).replace(".", "/")
    yield from _in_source_or_root(code, name)


def _poetry(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    stated = declared.table("tool", "poetry").get("packages")
    if not isinstance(stated, list):
        yield from _in_source_or_root(code, distribution.replace("-", "_"))
        return
    for one in stated:
        base = str(one.get("from", "."))
        path, name = _placed(str(one.get("include", "")))
        yield base, join(path, name)


def _pdm(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    build = declared.table("tool", "pdm", "build")
    included = [_placed(path) for path in strings(build.get("includes"))]
    yield from (part for part in included if part[1])
    if not included and "package-dir" in build:
        yield from _found(code, str(build["package-dir"]) or ".", (), ())


def _maturin(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    maturin = declared.table("tool", "maturin")
    base = str(maturin.get("python-source", "."))
    module = str(maturin.get("module-name", distribution.replace("-", "_")))
    for name in strings(maturin.get("python-packages")) or (module.split(".")[0],):
        yield base, name


def _uv(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    backend = declared.table("tool", "uv", "build-backend")
    base = str(backend.get("module-root", "src")) or "."
    for name in strings(backend.get("module-name")) or (distribution.replace("-", "_"),):
        yield base, name.replace(".", "/")


def _scikit_build(declared: Declared, code: Code, distribution: str) -> Iterator[Part]:
    for path in strings(declared.table("tool", "scikit-build", "wheel").get("packages")):
        yield _placed(path)


def _in_source_or_root(code: Code, name: str) -> Iterator[Part]:
    if name:
        yield ("src" if code.holds("src", name) else "."), name


_BACKENDS: Mapping[str, Callable[[Declared, Code, str], Iterator[Part]]] = {
    "hatchling": _hatch,
    "setuptools": _setuptools,
    "flit": _flit,
    "poetry": _poetry,
    "pdm": _pdm,
    "maturin": _maturin,
    "uv_build": _uv,
    "scikit_build_core": _scikit_build,
}
