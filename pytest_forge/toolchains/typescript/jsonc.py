"""JSON as JavaScript's tools read it: package.json, and configurations with comments.

tsconfig.json, biome.jsonc and .eslintrc may hold comments and a comma behind the last item.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pytest_forge.errors import ConfigurationError
from pytest_forge.projects import Tree
from pytest_forge.toolchains.reading import decoded, read

_STRING = r'"(?:[^"\\\n]|\\.)*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
_LAST_COMMA = re.compile(rf"({_STRING})|,(?=\s*[\]}}])")


def read_json(tree: Tree, path: str, comments: bool = True) -> Mapping[str, Any]:
    """Return the object that a file of the tree holds; a byte-order mark is dropped.

    Raises `ConfigurationError` with path and place where it holds none.
    """
    text = decoded(read(tree, path))
    if comments:
        text = _LAST_COMMA.sub(_kept, _COMMENT.sub(_kept, text))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"{path}: not JSON: {error}; mend it, or take it out of the run with `exclude`"
        ) from error
    if not isinstance(data, Mapping):
        raise ConfigurationError(f"{path}: it holds no object; mend it, or `exclude` it")
    return data


def _kept(match: re.Match[str]) -> str:
    """Return a string as it is, and for anything else as many lines as it had."""
    return match[1] if match[1] is not None else "\n" * match[0].count("\n")
