"""TOML files as tables; what is wrong with one is said in one line with its name."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pytest_forge.errors import ConfigurationError

_LINE = re.compile(r"^(.*) \(at line (\d+), column \d+\)$", re.DOTALL)


def content(path: Path) -> bytes:
    """Return what a file holds; raises `ConfigurationError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path.name}: can't be read: {error.strerror}") from error


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Read TOML, with a byte order mark or without; `name` is what its errors call it."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{name}: line {line}: not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        message = " ".join(str(error).split())
        found = _LINE.match(message)
        at = f"line {found[2]}: {found[1]}" if found else message
        raise ConfigurationError(f"{name}: {at}") from error
