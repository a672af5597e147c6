"""JSON documents that last, read so that what is wrong in them is said with its line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pytest_forge.baselines.lines import Step, line_of, line_of_second
from pytest_forge.errors import ConfigurationError

_Value = TypeVar("_Value")


class Value:
    """A value of a document and the way to it; what is wrong with it is said in one line."""

    def __init__(self, raw: Any, name: str, text: str, way: tuple[Step, ...] = ()) -> None:
        self.raw = raw
        self._name, self._text, self._way = name, text, way

    def wrong(self, why: str, mend: str = "") -> NoReturn:
        """Raise the `ConfigurationError` that names the file, the line and the mend."""
        raise _unreadable(self._name, line_of(self._text, self._way), why, mend)

    def key(self, name: str) -> "Value":
        """Return the value of a key that must be there."""
        if name not in self._expected(dict, "an object"):
            self.wrong(f'the key "{name}" is missing')
        return self._below(name)

    def optional(self, name: str) -> "Value | None":
        """Return the value of a key, None where it is not there."""
        return self._below(name) if name in self._expected(dict, "an object") else None

    def members(self) -> "Iterator[tuple[str, Value]]":
        """Yield the keys of an object with their values."""
        for name in self._expected(dict, "an object"):
            yield name, self._below(name)

    def items(self) -> "Iterator[Value]":
        """Yield the items of a list."""
        for place in range(len(self._expected(list, "a list"))):
            yield self._below(place)

    def only(self, *names: str) -> None:
        """Refuse keys that are none of `names`."""
        for name in self._expected(dict, "an object"):
            if name not in names:
                self._below(name).wrong(f'the key "{name}" is unknown')

    def string(self) -> str:
        """Return a string."""
        return self._expected(str, "a string")

    def number(self) -> float:
        """Return a number that is finite."""
        if isinstance(self.raw, bool) or not isinstance(self.raw, int | float):
            self.wrong(f"a number was expected, not {_shown(self.raw)}")
        number: float = self.raw
        return number

    def _expected(self, kind: type[_Value], named: str) -> _Value:
        if not isinstance(self.raw, kind):
            self.wrong(f"{named} was expected, not {_shown(self.raw)}")
        return self.raw

    def _below(self, step: Step) -> "Value":
        return Value(self.raw[step], self._name, self._text, (*self._way, step))


def parse(data: bytes, name: str) -> Value:
    """Return the value that JSON text holds; `name` is the file's, for what is said of it.

    Raises `ConfigurationError` for text that is not UTF-8 or not JSON, and for a key that stands
    twice in one object, of which readers would silently keep the last.
    """
    try:
        text = data.decode("utf-8")
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unreadable(name, line, "not UTF-8") from error
    except json.JSONDecodeError as error:
        raise _unreadable(name, error.lineno, f"not JSON: {error.msg}") from error
    except _Twice as error:
        line = line_of_second(text, error.key)
        raise _unreadable(name, line, f'the key "{error.key}" stands twice') from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, 1, f"not JSON: {error}") from error
    return Value(raw, name, text)


def read(path: Path, name: str) -> Value | None:
    """Return what a file holds, None where there is no such file; else as `parse`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(f"{name}: can't be read: {error.strerror}") from error
    return parse(data, name)


class _Twice(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _unreadable(name: str, line: int, why: str, mend: str = "") -> ConfigurationError:
    mend = mend or f'mend it, or restore it with `git checkout -- "{name}"`'
    return ConfigurationError(f"{name}: line {line}: {why}; {mend}")


def _shown(raw: Any) -> str:
    return json.dumps(raw)[:40]
