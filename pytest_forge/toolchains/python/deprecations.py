"""Deprecated items in Python's sources, as PEP 702 and the usual ways before it mark them."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from pytest_forge.releases.deprecations import Mark

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_WARNINGS = ("DeprecationWarning", "PendingDeprecationWarning")
_WORD = "eprecat"
_DIRECTIVE = ".. deprecated::"


def marks(path: str, text: str) -> Iterator[Mark]:
    """Yield the public functions, classes and methods that are marked; ValueError if unreadable.

    A mark is a decorator `deprecated` of whatever module, the directive `.. deprecated::` in the
    docstring, or a `DeprecationWarning` that the body gives whenever it runs. Names with a leading
    underscore are private, and so is everything in a module of such a name.
    """
    names = (PurePosixPath(part).stem for part in PurePosixPath(path).parts)
    # Every mark holds the word: most files need not be parsed.
    if _WORD not in text or any(_is_private(name) for name in names):
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, RecursionError) as error:
        raise ValueError(f"no Python: {error}") from error
    yield from _in_body(tree.body, "")


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _in_body(body: list[ast.stmt], above: str) -> Iterator[Mark]:
    for node in body:
        if isinstance(node, Definition) and not _is_private(node.name):
            name = f"{above}{node.name}"
            mark = _mark(node, name)
            if mark:
                yield mark
            if isinstance(node, ast.ClassDef):
                yield from _in_body(node.body, f"{name}.")
        elif isinstance(node, ast.If | ast.Try):
            # Overloads and fallbacks for other interpreters.
            yield from _in_body([*node.body, *node.orelse], above)


def _mark(node: Definition, name: str) -> Mark | None:
    for decorator in node.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(call).rpartition(".")[2] == "deprecated":
            arguments = _arguments(decorator)
            return Mark(name, node.lineno, arguments.get("version", ""), arguments.get("", ""))
    for line in (ast.get_docstring(node) or "").splitlines():
        if line.strip().startswith(_DIRECTIVE):
            since, _, note = line.strip().removeprefix(_DIRECTIVE).strip().partition(" ")
            return Mark(name, node.lineno, since, note)
    return Mark(name, node.lineno) if any(map(_warns, node.body)) else None


def _arguments(decorator: ast.expr) -> dict[str, str]:
    """Return the texts that the decorator was given, by name, the first without one under ""."""
    if not isinstance(decorator, ast.Call):
        return {}
    given = [(one.arg or "*", one.value) for one in decorator.keywords]
    given += [("", one) for one in decorator.args[:1]]
    return {
        name: " ".join(value.value.split())
        for name, value in given
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def _warns(statement: ast.stmt) -> bool:
    """Tell whether a statement of a body is a call that names a `DeprecationWarning`."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    named = [*statement.value.args, *(one.value for one in statement.value.keywords)]
    return any(isinstance(one, ast.Name) and one.id in _WARNINGS for one in named)
