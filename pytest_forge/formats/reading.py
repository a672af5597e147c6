"""What the formats share: strict access to JSON values, and text without terminal escapes."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pytest_forge.errors import OutputUnreadable

# ECMA-48: CSI sequences, OSC strings (ended by BEL or ST), and the two-character escapes.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|\x9b[0-?]*[ -/]*[@-~]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Return `text` without terminal escapes and control characters, blanks at its ends dropped."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text.replace("\r\n", "\n"))).strip()


def lines(data: bytes) -> list[str]:
    """Return the lines of a text output, decoded as UTF-8 (what is not is replaced)."""
    text = _ESCAPES.sub("", data.decode("utf-8", errors="replace"))
    return [_CONTROLS.sub("", line) for line in text.replace("\r\n", "\n").split("\n")]


def unreadable(tool: str, what: str) -> OutputUnreadable:
    """Return the error for output of `tool` that is not what its format says."""
    return OutputUnreadable(
        f"the output of {tool} is unreadable: {' '.join(plain(what).split())}",
        f"run {tool} by hand and check that its version is a supported one",
    )


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value with the place at which it stands; every access checks the type.

    All methods raise `OutputUnreadable`, naming tool and place, where the value has another shape.
    """

    raw: Any
    tool: str
    at: str = "$"

    def key(self, name: str) -> "Value":
        """Return the member `name` of an object, which must be there."""
        found = self.optional(name)
        if found is None:
            raise unreadable(self.tool, f"{self.at} has no {name!r}")
        return found

    def optional(self, name: str) -> "Value | None":
        """Return the member `name` of an object, None where it is absent or null."""
        if not isinstance(self.raw, dict):
            raise self._not("an object")
        raw = self.raw.get(name)
        return None if raw is None else Value(raw, self.tool, f"{self.at}.{name}")

    def members(self) -> Iterator[tuple[str, "Value"]]:
        """Yield the names and values of an object."""
        if not isinstance(self.raw, dict):
            raise self._not("an object")
        for name, raw in self.raw.items():
            yield name, Value(raw, self.tool, f"{self.at}.{name}")

    def items(self) -> Iterator["Value"]:
        """Yield the items of a list."""
        if not isinstance(self.raw, list):
            raise self._not("a list")
        for index, raw in enumerate(self.raw):
            yield Value(raw, self.tool, f"{self.at}[{index}]")

    def text(self) -> str:
        """Return a string, terminal escapes stripped."""
        if not isinstance(self.raw, str):
            raise self._not("a string")
        return plain(self.raw)

    def integer(self) -> int:
        """Return a whole number."""
        if not isinstance(self.raw, int) or isinstance(self.raw, bool):
            raise self._not("a whole number")
        return self.raw

    def count(self) -> int:
        """Return a whole number that is not negative."""
        number = self.integer()
        if number < 0:
            raise self._not("a count")
        return number

    def flag(self) -> bool:
        """Return a boolean."""
        if not isinstance(self.raw, bool):
            raise self._not("a boolean")
        return self.raw

    def _not(self, kind: str) -> OutputUnreadable:
        return unreadable(self.tool, f"{self.at} is not {kind}")


def parse_json(data: bytes, tool: str) -> Value:
    """Return the one JSON document that `data` holds; raises `OutputUnreadable`."""
    if not data.strip():
        raise unreadable(tool, "it is empty")
    try:
        return Value(json.loads(data.decode("utf-8-sig")), tool)
    except (ValueError, RecursionError) as error:
        raise unreadable(tool, f"it is not JSON ({error})") from error


def parse_json_lines(data: bytes, tool: str) -> Iterator[Value]:
    """Yield the JSON document of each line that is not blank; raises `OutputUnreadable`."""
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            yield Value(parse_json(line, tool).raw, tool, f"line {number}")


def parse_json_stream(data: bytes, tool: str) -> Iterator[Value]:
    """Yield JSON documents that follow each other without a separator, as go prints them.

    Raises `OutputUnreadable`. A cut between two documents cannot be seen here.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(tool, f"it is not UTF-8 ({error})") from error
    decoder, place, number = json.JSONDecoder(), _next_place(text, 0), 0
    while place < len(text):
        number += 1
        try:
            raw, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise unreadable(tool, f"its document {number} is not JSON ({error})") from error
        yield Value(raw, tool, f"document {number}")
        place = _next_place(text, end)


def _next_place(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
