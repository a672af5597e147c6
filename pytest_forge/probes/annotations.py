"""Prints, as JSON, how many parameters and returns of Python sources are annotated.

    python -I annotations.py PATH ...

The rules, which are those of the completeness that type checkers ask of a typed package:

- every parameter counts, also `*args` and `**kwargs`; the first parameter of a method (`self`,
  `cls`) does not, unless the method is static;
- every return counts; that of `__init__` counts as annotated where a parameter is (PEP 484);
- a lambda cannot be annotated and does not count, nor do its parameters;
- of an overloaded function the overloads count; its implementation, which no caller sees, does not;
- a function marked `@no_type_check` is left out, one inside of another function counts.

A `.pyi` file stands for the `.py` file beside it. Exit status 3: a file is not valid Python.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

SYNTAX_ERROR = 3
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

if TYPE_CHECKING:
    Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Read every path of the command line, print the document."""
    files = python_files(sys.argv[1:])
    functions: list[dict[str, Any]] = []
    for path in files:
        try:
            module = ast.parse(path.read_bytes(), str(path))
        except (SyntaxError, ValueError) as error:
            sys.stderr.write(f"{path}: {error}\n")
            sys.exit(SYNTAX_ERROR)
        functions += [{"path": path.as_posix(), **one} for one in counted(module.body, "", False)]
    document = {
        "schema": "annotations-1",
        "files": len(files),
        "total": sum(one["total"] for one in functions),
        "annotated": sum(one["annotated"] for one in functions),
        "incomplete": [one for one in functions if one["annotated"] < one["total"]],
    }
    json.dump(document, sys.stdout, indent=1)
    sys.stdout.write("\n")


def python_files(arguments: list[str]) -> list[Path]:
    """Return the sources below the given paths; a stub in place of the module that it types."""
    found: set[Path] = set()
    for argument in arguments:
        path = Path(argument)
        if not path.exists():
            sys.exit(f"{path} is not there")
        found.update(path.rglob("*.py") if path.is_dir() else [path])
        found.update(path.rglob("*.pyi") if path.is_dir() else [])
    return sorted(path for path in found if path.with_suffix(".pyi") not in found - {path})


def counted(body: list[ast.stmt], prefix: str, in_class: bool) -> Iterator[dict[str, Any]]:
    """Yield name, line, places and annotated places of each function below `body`."""
    overloaded = overloaded_names(body)
    for node in body:
        if isinstance(node, FUNCTIONS):
            implements = node.name in overloaded and not has_decorator(node, "overload")
            if not implements and not has_decorator(node, "no_type_check"):
                yield function(node, prefix, in_class)
            yield from counted(node.body, prefix + node.name + ".", False)
        elif isinstance(node, ast.ClassDef):
            yield from counted(node.body, prefix + node.name + ".", True)
        else:
            # if, try, with, for, match: their blocks belong to the same scope.
            for block in blocks(node):
                yield from counted(block, prefix, in_class)


def overloaded_names(body: list[ast.stmt]) -> set[str]:
    """Return the names of the functions in `body` that have overloads."""
    functions = [node for node in body if isinstance(node, FUNCTIONS)]
    return {node.name for node in functions if has_decorator(node, "overload")}


def function(node: Function, prefix: str, in_class: bool) -> dict[str, Any]:
    """Return the counts of one function."""
    arguments = node.args
    positional = getattr(arguments, "posonlyargs", []) + arguments.args
    if in_class and not has_decorator(node, "staticmethod"):
        positional = positional[1:]
    parameters = positional + arguments.kwonlyargs
    parameters += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    annotated = sum(one.annotation is not None for one in parameters)
    has_return = node.returns is not None or (
        node.name == "__init__" and in_class and annotated > 0
    )
    return {
        "name": prefix + node.name,
        "line": node.lineno,
        "total": len(parameters) + 1,
        "annotated": annotated + has_return,
    }


def blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the lists of statements that a compound statement holds."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block
    for part in getattr(node, "handlers", []) + getattr(node, "cases", []):
        yield part.body


def has_decorator(node: Function, name: str) -> bool:
    """Tell whether a function has the decorator `name`, or `module.name`."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == name:
            return True
        if isinstance(decorator, ast.Attribute) and decorator.attr == name:
            return True
    return False


if __name__ == "__main__":
    main()
