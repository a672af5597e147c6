"""Damaged outputs, derived from what a tool really wrote in a clean run."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from false_pass.faults import Fault


@dataclass(frozen=True)
class Damage:
    """A damaged content; `at_line_end` and `partial` say which reasons may be given for it.

    `at_line_end`: nothing but whole lines of a text was lost. `partial`: only one name was changed,
    which the format need not read.
    """

    label: str
    content: bytes
    at_line_end: bool = False
    partial: bool = False


GARBAGE = {
    "binary": b"\x00\xff\xfe not what you think \x1b[31m\n" * 3,
    "a sentence": b"Everything is fine.\n",
    "an error page": b"<html><body>502 Bad Gateway</body></html>\n",
}
STRANGERS = {
    "an empty object": b"{}",
    "an empty list": b"[]",
    "null": b"null",
    "another object": b'{"version": "99", "unexpected": {"shape": [1, 2, 3]}}\n',
    "another list": b'[{"unexpected": 1}]\n',
    "another root": b'<?xml version="1.0"?>\n<report version="99"><case name="a"/></report>\n',
    "other lines": b"a.py;1;clean\nb.py;1;clean\n2 modules without a complaint\n",
}
_WORD = re.compile(rb"[A-Za-z]{2,}")


def derived(fault: Fault, data: bytes) -> Iterator[Damage]:
    """Yield every damage of one kind to `data`, the output of a clean run."""
    if fault is Fault.EMPTY:
        yield Damage("empty", b"")
    elif fault is Fault.TRUNCATED:
        yield from _truncated(data)
    elif fault is Fault.GARBAGE:
        yield from (Damage(label, content) for label, content in GARBAGE.items())
    elif fault is Fault.OTHER_SHAPE:
        yield from (one for one in _reshaped(data) if one.content != data)


def is_lines(data: bytes) -> bool:
    """Tell whether this is text in lines, and not one document that has an end of its own."""
    return not (_is_json(data) or data.startswith((b"PK", b"<?xml")))


def _truncated(data: bytes) -> Iterator[Damage]:
    end = len(data.rstrip())
    for label, at in (("a third", end // 3), ("half", end // 2), ("all but a byte", end - 1)):
        if at > 0:
            yield Damage(label, data[:at], _loses_lines_only(data, at))
    for label, near in (
        ("a third, at a line's end", end // 3),
        ("half, at a line's end", end // 2),
    ):
        at = data.find(b"\n", near) + 1
        if is_lines(data) and 0 < at < end:
            yield Damage(label, data[:at], at_line_end=True)


def _loses_lines_only(data: bytes, at: int) -> bool:
    return is_lines(data) and data[at - 1 : at] == b"\n"


def _reshaped(data: bytes) -> Iterator[Damage]:
    yield from (Damage(label, content) for label, content in STRANGERS.items() if content != data)
    if _is_json(data):
        yield from _renamed_keys(json.loads(data))
    elif data.startswith(b"<?xml"):
        yield from _renamed_elements(data)
    elif is_lines(data):
        yield from _renamed_words(data)


def _renamed_keys(document: Any) -> Iterator[Damage]:
    keys = sorted(_keys(document))
    yield from (
        Damage(f"key {key} renamed", json.dumps(_renamed(document, {key})).encode(), partial=True)
        for key in keys
    )
    if keys:
        yield Damage("all keys renamed", json.dumps(_renamed(document, set(keys))).encode())


def _keys(document: Any) -> set[str]:
    if isinstance(document, dict):
        return set(document).union(*map(_keys, document.values()))
    return set[str]().union(*map(_keys, document)) if isinstance(document, list) else set()


def _renamed(document: Any, keys: set[str]) -> Any:
    if isinstance(document, dict):
        return {
            f"x-{key}" if key in keys else key: _renamed(value, keys)
            for key, value in document.items()
        }
    return [_renamed(one, keys) for one in document] if isinstance(document, list) else document


def _renamed_elements(data: bytes) -> Iterator[Damage]:
    tags = sorted({element.tag for element in fromstring(data).iter()})
    for tag in tags:
        yield Damage(f"<{tag}> renamed", _with_elements(data, tag), partial=True)
    root = fromstring(data)
    for element in root.iter():
        element.tag = f"x-{element.tag}"
    yield Damage("all elements renamed", tostring(root))


def _with_elements(data: bytes, tag: str) -> bytes:
    root: Element = fromstring(data)
    for element in root.iter(tag):
        element.tag = f"x-{tag}"
    return tostring(root)


def _renamed_words(data: bytes) -> Iterator[Damage]:
    for word in sorted(set(_WORD.findall(data))):
        pattern = re.compile(rb"(?<![A-Za-z])" + word + rb"(?![A-Za-z])")
        content = pattern.sub(b"anders", data)
        yield Damage(f"word {word.decode()} renamed", content, partial=True)
    yield Damage("all words renamed", _WORD.sub(b"anders", data))


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict | list)
    except ValueError:
        return False
