"""A Python project's name, version and Python, as its files state them without being run."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name

from pytest_forge.toolchains.python.declared import Declared
from pytest_forge.toolchains.reading import strings

_VERSION_NAME = re.compile(r"(?:__version__|VERSION|version)$")


@dataclass(frozen=True)
class Metadata:
    """What is stated of a distribution.

    `name` is normalised (PEP 503), "" where none is stated; `version` is "" where only the backend
    knows it. `version_files` are the files that hold it, relative to the project. `python` is the
    range of Python versions, `published` tells whether it can be uploaded at all.
    """

    name: str
    version: str
    version_files: tuple[str, ...]
    from_vcs: bool
    python: str
    published: bool


def metadata(declared: Declared, manifest: str) -> Metadata:
    """Return the metadata from pyproject.toml, else from setup.cfg and setup.py."""
    tables = tuple(_tables(declared))
    name = _first(tables, "name")
    files = _version_files(declared)
    stated = _first(tables, "version")
    version = stated if re.match(r"v?\d", stated) else ""
    python = next((one["python"] for one in tables if isinstance(one.get("python"), str)), "")
    return Metadata(
        name=canonicalize_name(name) if name else "",
        version=version or next(filter(None, (_held(declared, path) for path in files)), ""),
        version_files=(manifest,) if version else tuple(filter(declared.has, files)),
        from_vcs=_from_vcs(declared),
        python=python,
        published=_published(declared, tables),
    )


def _first(tables: Iterable[Mapping[str, Any]], key: str) -> str:
    return str(next((one[key] for one in tables if one.get(key)), ""))


def _tables(declared: Declared) -> Iterator[Mapping[str, Any]]:
    """Return the places that may hold metadata, under one set of names, best first."""
    project = declared.table("project")
    yield {**project, "python": project.get("requires-python")}
    poetry = declared.table("tool", "poetry")
    yield {**poetry, "python": _poetry_python(declared)}
    flit = declared.table("tool", "flit", "metadata")
    yield {"name": flit.get("dist-name", flit.get("module")), "python": flit.get("requires-python")}
    config = declared.ini("setup.cfg")
    if config.has_section("metadata"):
        python = config.get("options", "python_requires", fallback=None)
        yield {**config["metadata"], "python": python}
    script = declared.setup_py
    if script is not None:
        yield {**script.arguments, "python": script.arguments.get("python_requires")}


def _poetry_python(declared: Declared) -> str | None:
    """Only ranges that PEP 440 knows; poetry's carets are left to poetry."""
    python = declared.table("tool", "poetry", "dependencies").get("python")
    caret = re.fullmatch(r"\^(\d+)(\.\d+)*", python) if isinstance(python, str) else None
    if caret:
        return f">={caret[0][1:]},<{int(caret[1]) + 1}"
    return python if isinstance(python, str) and re.match(r"[<>=!~]", python) else None


def _version_files(declared: Declared) -> tuple[str, ...]:
    hatch = declared.table("tool", "hatch", "version")
    stated = [
        hatch.get("path") if hatch.get("source", "regex") in ("regex", "code") else None,
        declared.table("tool", "pdm", "version").get("path"),
        *_files_of_setuptools(declared),
    ]
    if "maturin" in str(declared.table("build-system").get("build-backend")):
        stated.append("Cargo.toml")
    return tuple(path for path in stated if isinstance(path, str) and declared.has(path))


def _files_of_setuptools(declared: Declared) -> Iterator[str]:
    """Yield what pyproject.toml and setup.cfg name after `file`, then what after `attr`."""
    dynamic = declared.table("tool", "setuptools", "dynamic", "version")
    configured = declared.ini("setup.cfg").get("metadata", "version", fallback="") or ""
    kind, _, place = configured.partition(":")
    directive = {kind: place.strip()}
    yield from strings(dynamic.get("file"))
    yield from strings(directive.get("file"))
    for attribute in filter(None, (dynamic.get("attr"), directive.get("attr"))):
        yield from _modules(str(attribute))


def _modules(attribute: str) -> Iterator[str]:
    """Return the files in which `package.module.attribute` may stand."""
    place = "/".join(attribute.split(".")[:-1])
    for base in ("src/", ""):
        yield f"{base}{place}.py"
        yield f"{base}{place}/__init__.py"


def _held(declared: Declared, path: str) -> str:
    """Return the version that a file holds as a literal."""
    text = declared.text(path)
    if path.endswith(".toml"):
        return str(declared.toml(path).get("package", {}).get("version", ""))
    if not path.endswith(".py"):
        return text.strip() if re.fullmatch(r"\s*v?\d\S*\s*", text) else ""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError):
        return ""
    values = (_assigned(statement) for statement in statements)
    return next(filter(None, values), "")


def _assigned(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return ""
    named = any(isinstance(one, ast.Name) and _VERSION_NAME.match(one.id) for one in targets)
    value = statement.value
    if named and isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return ""


def _from_vcs(declared: Declared) -> bool:
    tools = declared.table("tool")
    return (
        declared.table("tool", "hatch", "version").get("source") == "vcs"
        or declared.table("tool", "pdm", "version").get("source") == "scm"
        or "setuptools_scm" in tools
        or any("scm" in one for one in strings(declared.table("build-system").get("requires")))
    )


def _published(declared: Declared, tables: tuple[Mapping[str, Any], ...]) -> bool:
    """An upload is refused for any classifier that begins with "Private ::"."""
    classifiers = [line for one in tables for line in strings(one.get("classifiers"))]
    classifiers = [line.strip() for one in classifiers for line in one.splitlines()]
    private = any(line.startswith("Private ::") for line in classifiers)
    unpackaged = (
        declared.table("tool", "poetry").get("package-mode") is False
        or declared.table("tool", "uv").get("package") is False
    )
    return not (private or unpackaged)
