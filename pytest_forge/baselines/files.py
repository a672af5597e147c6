"""How documents get to the disk: one row on each line, and the whole of them at once."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pytest_forge.errors import ConfigurationError


def render(document: Mapping[str, Any]) -> str:
    """Return a document as JSON of which each row stands on a line, so that diffs are small.

    A row is an object or a list of plain values. Keys are sorted, the first level's aside.
    """
    lines = [f" {json.dumps(key)}: {_rendered(value, 1)}" for key, value in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write(path: Path, text: str, scratch: Path) -> None:
    """Put `text` in the place of what the file held: a reader sees the old or the new, never less.

    The text is on the disk before it takes the place, so that this holds for a crash of the machine
    too. The temporary file lies in the directory `scratch`, on the same file system: whoever kills
    this process leaves nothing beside the file. Raises `ConfigurationError`.
    """
    temporary = scratch / f"{path.name}.tmp"
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync(path.parent)
    except OSError as error:
        raise ConfigurationError(f"{path}: can't be written: {error.strerror or error}") from error


def remove(path: Path) -> None:
    """Remove a file that may be gone already."""
    with suppress(FileNotFoundError):
        path.unlink()
        _sync(path.parent)


def _sync(directory: Path) -> None:
    # Not every file system lets a directory be synchronised; the file itself is safe by then.
    with suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _rendered(value: Any, depth: int) -> str:
    if not isinstance(value, dict | list) or _is_row(value):
        return json.dumps(value, sort_keys=True, allow_nan=False)
    inner, outer = " " * (depth + 1), " " * depth
    if isinstance(value, list):
        lines = [inner + _rendered(one, depth + 1) for one in value]
        return "[\n" + ",\n".join(lines) + f"\n{outer}]"
    lines = [
        f"{inner}{json.dumps(key)}: {_rendered(one, depth + 1)}"
        for key, one in sorted(value.items())
    ]
    return "{\n" + ",\n".join(lines) + f"\n{outer}}}"


def _is_row(value: dict[str, Any] | list[Any]) -> bool:
    members = value.values() if isinstance(value, dict) else value
    return not any(isinstance(one, dict | list) for one in members)
