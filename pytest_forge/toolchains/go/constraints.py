"""Build constraints of a Go file: `//go:build` and the old `// +build` lines.

An expression is evaluated to True, False, or None where the platform decides: discovery must not
depend on the machine it runs on. (https://pkg.go.dev/go/build/constraint)
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias

Truth: TypeAlias = bool | None
Expression: TypeAlias = Callable[[Collection[str]], Truth]
"""Tells for a set of tags whether they satisfy it; tags of the platform count as unknown."""

_PLATFORM = frozenset(
    # GOOS and GOARCH by go's internal/syslist, the compilers, and what flags of go itself set.
    (
        *("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios"),
        *("js", "linux", "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1"),
        *("windows", "zos", "unix", "386", "amd64", "amd64p32", "arm", "armbe"),
        *("arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le", "mips64p32"),
        *("mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x"),
        *("sparc", "sparc64", "wasm", "gc", "gccgo", "cgo", "race", "msan"),
        *("asan", "boringcrypto"),
    )
)
_TOKEN = re.compile(r"\|\||&&|[!()]|[\w.]+")
_OWN_LINE = re.compile(r"^[ \t]*//go:build[ \t]+(.*)$", re.MULTILINE)
_OLD_LINE = re.compile(r"^[ \t]*//[ \t]*\+build[ \t]+(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Constraint:
    """What a file asks for: the tags that it names, and whether a set of tags satisfies it."""

    tags: frozenset[str]
    expression: Expression

    def allows(self, *tags: str) -> bool:
        """Tell whether the file is built with `tags`, on some platform."""
        return self.expression(tags) is not False

    def is_behind(self, tag: str) -> bool:
        """Tell whether the file is built with `tag` and not without it."""
        return self.allows(tag) and not self.allows()


def constraint(header: str) -> Constraint:
    """Return the constraint in a file's header, which is what stands before its package clause.

    `//go:build` stands above the old form, which counts only with a blank line below it.
    """
    found = _OWN_LINE.search(header)
    if found:
        words = _TOKEN.findall(found[1])
        return Constraint(_names(words), _Parser(words).parsed())
    lines = _OLD_LINE.findall(header[: header.rfind("\n\n") + 1])
    parts = [_old(line) for line in lines]
    return Constraint(_names(re.findall(r"[\w.]+", " ".join(lines))), _all(parts))


class _Parser:
    """A parser by descent of `||`, `&&`, `!` and parentheses; what is no expression is unknown."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._whole = True

    def parsed(self) -> Expression:
        expression = self._either()
        return expression if self._whole and not self._words else _tag("")

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._take("||"):
            parts.append(self._both())
        return _any(parts)

    def _both(self) -> Expression:
        parts = [self._one()]
        while self._take("&&"):
            parts.append(self._one())
        return _all(parts)

    def _one(self) -> Expression:
        if self._take("!"):
            return _not(self._one())
        if self._take("("):
            inner = self._either()
            self._whole &= self._take(")")
            return inner
        word = self._words.pop(0) if self._words else ""
        self._whole &= re.match(r"\w", word) is not None
        return _tag(word)

    def _take(self, word: str) -> bool:
        if self._words[:1] != [word]:
            return False
        self._words.pop(0)
        return True


def _old(line: str) -> Expression:
    """Blanks mean or, commas and, `!` not; several lines must all hold."""
    return _any([_all([_literal(word) for word in clause.split(",")]) for clause in line.split()])


def _literal(word: str) -> Expression:
    return _not(_tag(word[1:])) if word.startswith("!") else _tag(word)


def _tag(name: str) -> Expression:
    def value(tags: Collection[str]) -> Truth:
        if name in tags:
            return True
        return None if not name or _is_platform(name) else False

    return value


def _not(part: Expression) -> Expression:
    def value(tags: Collection[str]) -> Truth:
        inner = part(tags)
        return None if inner is None else not inner

    return value


def _all(parts: list[Expression]) -> Expression:
    def value(tags: Collection[str]) -> Truth:
        values = [part(tags) for part in parts]
        return False if False in values else None if None in values else True

    return value


def _any(parts: list[Expression]) -> Expression:
    def value(tags: Collection[str]) -> Truth:
        values = [part(tags) for part in parts]
        return True if True in values else None if None in values else False

    return value


def _names(words: list[str]) -> frozenset[str]:
    return frozenset(word for word in words if re.match(r"\w", word) and not _is_platform(word))


def _is_platform(tag: str) -> bool:
    return tag in _PLATFORM or re.match(r"go\d+\.\d+$|goexperiment\.", tag) is not None
