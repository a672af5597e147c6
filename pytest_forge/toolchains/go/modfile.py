"""Reading go.mod and go.work by their grammar (https://go.dev/ref/mod#go-mod-file-lexical).

There is no kept library for it in Python; the files are lines of words, some in parentheses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pytest_forge.errors import ConfigurationError

_TOKEN = re.compile(
    r"""[ \t\r]*(?:
        (?P<comment>//.*)
      | (?P<quoted>"(?:[^"\\]|\\.)*"|`[^`]*`)
      | (?P<mark>[()\[\]{},])
      | (?P<word>(?:(?!//|/\*)[^\s()\[\]{},"`])(?:(?!//|/\*)[^\s()\[\]{},])*)
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Line:
    """One statement: its verb, the words behind it, its comment without the slashes, its line."""

    verb: str
    words: tuple[str, ...]
    comment: str
    number: int


@dataclass(frozen=True)
class ModuleFile:
    """The lines of one go.mod or go.work, those of blocks with their block's verb."""

    lines: tuple[Line, ...]

    def first(self, verb: str) -> str:
        """Return the word behind the first `verb` ("go", "toolchain", "module"), "" without one."""
        return next((line.words[0] for line in self.of(verb) if line.words), "")

    def of(self, verb: str) -> tuple[Line, ...]:
        """Return the lines of `verb`."""
        return tuple(line for line in self.lines if line.verb == verb)

    def paths(self, verb: str) -> tuple[str, ...]:
        """Return the first word of each line of `verb` (use, ignore, tool, require, exclude)."""
        return tuple(line.words[0] for line in self.of(verb) if line.words)

    @property
    def direct(self) -> tuple[str, ...]:
        """Return the modules that are required and not marked `// indirect`."""
        return tuple(
            line.words[0]
            for line in self.of("require")
            if line.words and not _is_indirect(line.comment)
        )

    @property
    def replaced(self) -> tuple[tuple[str, str], ...]:
        """Return pairs of what is replaced ("path" or "path version") and by what."""
        pairs = []
        for line in self.of("replace"):
            before, arrow, after = " ".join(line.words).partition(" => ")
            if arrow:
                pairs.append((before, after))
        return tuple(pairs)


def parse(data: bytes, path: str) -> ModuleFile:
    """Read a go.mod or go.work; `path` is for messages.

    Directives that are not known are kept as they are. Raises `ConfigurationError` with the line
    where go itself would refuse the form: a string or a block without its end, `/*`.
    """
    text = data.decode("utf-8-sig", "replace")
    return ModuleFile(tuple(_statements(text.split("\n"), path)))


def _statements(lines: list[str], path: str) -> Iterator[Line]:
    verb, opened = "", 0
    for number, text in enumerate(lines, start=1):
        words, comment = _words(text, path, number)
        if not words:
            continue
        if opened and words == [")"]:
            opened = 0
        elif opened:
            yield Line(verb, tuple(words), comment, number)
        elif words[1:] == ["("]:
            verb, opened = words[0], number
        elif words[1:] != ["(", ")"]:
            yield Line(words[0], tuple(words[1:]), comment, number)
    if opened:
        raise _unreadable(path, opened, "a block without its closing parenthesis")


def _words(text: str, path: str, number: int) -> tuple[list[str], str]:
    words: list[str] = []
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None:
            raise _unreadable(path, number, f"{text[place:].strip()[:20]!r} can't be read")
        place = found.end()
        if found["comment"] is not None:
            return words, found["comment"][2:].strip()
        words.append(_unquoted(found["quoted"]) if found["quoted"] else found[found.lastgroup or 0])
    return words, ""


def _unquoted(text: str) -> str:
    return text[1:-1] if text[0] == "`" else _ESCAPE.sub(r"\1", text[1:-1])


def _is_indirect(comment: str) -> bool:
    """By go's own rule: the comment is `indirect` alone, or `indirect;` with more behind it."""
    words = comment.split()
    return words == ["indirect"] or (len(words) > 1 and words[0] == "indirect;")


def _unreadable(path: str, line: int, what: str) -> ConfigurationError:
    return ConfigurationError(
        f"{path}:{line}: {what}; mend it, or take it out of the run with `exclude`"
    )
