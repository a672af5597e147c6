"""The kinds of value that the configuration knows: each reads a TOML value or refuses it.

Every refusal is one line that names the file and the key, and what would be right there.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pytest_forge.errors import ConfigurationError

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DURATION = re.compile(r"(\d+)([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_NOUNS: tuple[tuple[type, str], ...] = (
    (bool, "a boolean"),
    (str, "a string"),
    (int, "an integer"),
    (float, "a number"),
    (list, "a list"),
    (dict, "a table"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (time, "a time"),
)


@dataclass(frozen=True)
class Place:
    """Where a value stands: the file's name and the key path, quoted as TOML wants it."""

    file: str
    path: str = ""

    def key(self, name: str) -> "Place":
        """Return the place of the key `name` in the table that stands here."""
        quoted = name if _BARE_KEY.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        return Place(self.file, f"{self.path}.{quoted}" if self.path else quoted)

    def item(self, index: int) -> "Place":
        """Return the place of an item, counted from 0, of the list that stands here."""
        return Place(self.file, f"{self.path}[{index}]")

    def wrong(self, message: str) -> ConfigurationError:
        """Return the error that says `message` of this place."""
        return ConfigurationError(
            ": ".join(part for part in (self.file, self.path, message) if part)
        )

    def expected(self, what: str, value: object) -> ConfigurationError:
        """Return the error for a value of the wrong type."""
        return self.wrong(f"expected {what}, found {_noun(value)}")


@dataclass(frozen=True)
class Known:
    """The names that a configuration may use; `checks` gives each gate's check names.

    `runs` are the runs that checks share; their time can be limited as well.
    `measures` may be limited, `proofs` prove that a tool has measured. `root` is the directory
    against which relative directories are resolved. A language is not looked up where none is
    known.
    """

    root: Path
    gates: Sequence[str] = ()
    checks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    runs: Sequence[str] = ()
    measures: Sequence[str] = ()
    proofs: Sequence[str] = ()
    formats: Sequence[str] = ()
    languages: Sequence[str] = ()

    @property
    def timed(self) -> tuple[str, ...]:
        """Return the names of all checks and runs."""
        return tuple(
            sorted({*self.runs, *(name for names in self.checks.values() for name in names)})
        )


Read = Callable[[object, Place, Known], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of value: what the reference calls it, and the function that reads one."""

    name: str
    read: Read


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that `name` is no known `what`, with the nearest name, else with all of them."""
    names = sorted(known)
    near = get_close_matches(name, names, 1)
    if near:
        return f'unknown {what}; did you mean "{near[0]}"?'
    return f"unknown {what}; known: {', '.join(names)}" if names else f"unknown {what}"


def read_text(value: object, place: Place, known: Known) -> str:
    """Read a string that is not blank."""
    if not isinstance(value, str):
        raise place.expected("a string", value)
    if not value.strip():
        raise place.wrong("must not be empty")
    return value


def read_texts(value: object, place: Place, known: Known) -> tuple[str, ...]:
    """Read a list of strings that are not blank."""
    if not isinstance(value, list):
        raise place.expected("a list of strings", value)
    return tuple(read_text(one, place.item(at), known) for at, one in enumerate(value))


def read_words(value: object, place: Place, known: Known) -> tuple[str, ...]:
    """Read a command: a list with at least its program."""
    words = read_texts(value, place, known)
    if not words:
        raise place.wrong("must not be empty")
    return words


def read_glob(value: object, place: Place, known: Known) -> str:
    """Read a glob over relative paths."""
    glob = read_text(value, place, known)
    if glob.startswith("/") or ".." in glob.split("/"):
        raise place.wrong(f"{json.dumps(glob)} must be relative, without ..")
    return glob


def read_globs(value: object, place: Place, known: Known) -> tuple[str, ...]:
    """Read a list of globs."""
    if not isinstance(value, list):
        raise place.expected("a list of strings", value)
    return tuple(read_glob(one, place.item(at), known) for at, one in enumerate(value))


def read_flag(value: object, place: Place, known: Known) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise place.expected("true or false", value)
    return value


def read_statuses(value: object, place: Place, known: Known) -> tuple[int, ...]:
    """Read a list of exit statuses."""
    if not isinstance(value, list):
        raise place.expected("a list of exit statuses", value)
    for at, one in enumerate(value):
        if isinstance(one, bool) or not isinstance(one, int):
            raise place.item(at).expected("an integer", one)
        if not 0 <= one <= 255:
            raise place.item(at).wrong(f"{one} is no exit status (0 to 255)")
    return tuple(value)


def read_duration(value: object, place: Place, known: Known) -> timedelta:
    """Read a duration such as "90s", "10m", "2h", "30d" or "4w"."""
    if not isinstance(value, str):
        raise place.expected('a duration such as "10m" or "30d"', value)
    found = _DURATION.fullmatch(value)
    if found is None or int(found[1]) == 0:
        raise place.wrong(f'{json.dumps(value)} is no duration; write one such as "90s" or "30d"')
    try:
        return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])
    except OverflowError as error:
        raise place.wrong("the duration is too long") from error


def read_date(value: object, place: Place, known: Known) -> date:
    """Read a TOML date, which has no quotes and no time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise place.expected("a date such as 2027-01-31, without quotes", value)
    return value


def read_number(value: object, place: Place, known: Known) -> float:
    """Read a number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise place.expected("a number", value)
    if not math.isfinite(value) or value < 0:
        raise place.wrong(f"{value} is not a number from 0 upwards")
    return value


def read_directory(value: object, place: Place, known: Known) -> Path:
    """Read a directory, relative to forge's root; whether it is there is seen when it is used."""
    return known.root / Path(read_text(value, place, known)).expanduser()


def _noun(value: object) -> str:
    return next((noun for kind, noun in _NOUNS if isinstance(value, kind)), "something else")


TEXT = Kind("string", read_text)
COMMAND = Kind("list of strings", read_words)
GLOB = Kind("glob", read_glob)
GLOBS = Kind("list of globs", read_globs)
NAMES = Kind("list of names", read_texts)
FLAG = Kind("true or false", read_flag)
STATUSES = Kind("list of exit statuses", read_statuses)
NUMBER = Kind("number", read_number)
DURATION = Kind("duration", read_duration)
DATE = Kind("date", read_date)
DIRECTORY = Kind("directory", read_directory)
