"""What the scripts of a package.json call: programs with their arguments.

A script may call others (`npm run test:unit`), and a program stands behind others (`npx`,
`cross-env NAME=value`, `node some-hook.js`). No shell is asked: words are taken as they are.
"""

import re
import shlex
from collections.abc import Iterator, Mapping

_OPERATORS = frozenset({"&&", "||", ";", "|", "&"})
_RUNNERS = frozenset({"npm", "pnpm", "yarn", "bun", "run", "npm-run-all", "run-s", "run-p"})
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")

Words = tuple[str, ...]


def node_options(scripts: Mapping[str, str], name: str) -> str:
    """Return the NODE_OPTIONS that the script `name`, or one that it calls, sets; "" for none."""
    text = scripts.get(name, "")
    found = re.search(r"""\bNODE_OPTIONS=(?:'([^']*)'|"([^"]*)"|(\S+))""", text)
    if found:
        return next(filter(None, found.groups()), "")
    called = (other for words in _simple(text) for other in _called_scripts(words, scripts))
    inner = (node_options(scripts, other) for other in called if other != name)
    return next(filter(None, inner), "")


def commands(scripts: Mapping[str, str], name: str) -> Iterator[Words]:
    """Yield the simple commands of the script `name`, those of scripts that it calls in place."""
    yield from _commands(scripts, name, frozenset())


def arguments(scripts: Mapping[str, str], name: str, program: str) -> Iterator[Words]:
    """Yield the arguments of each call of `program` in the script `name`."""
    for words in commands(scripts, name):
        if program in words:
            yield words[words.index(program) + 1 :]


def called(scripts: Mapping[str, str], names: tuple[str, ...], program: str) -> Words | None:
    """Return the arguments of the first call of `program`, scripts of `names` first.

    None where no script calls it.
    """
    ordered = (*(name for name in names if name in scripts), *scripts)
    for name in ordered:
        for found in arguments(scripts, name, program):
            return found
    return None


def operands(words: Words) -> Words:
    """Return what is no option; the value of one is taken for an operand, unless `=` joins it."""
    return tuple(word for word in words if not word.startswith("-"))


def _commands(scripts: Mapping[str, str], name: str, above: frozenset[str]) -> Iterator[Words]:
    for words in _simple(scripts.get(name, "")):
        others = _called_scripts(words, scripts)
        if not others:
            yield words
        for other in others:
            if other != name and other not in above:
                yield from _commands(scripts, other, above | {name})


def _simple(text: str) -> Iterator[Words]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars="&|;")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        tokens = list(lexer)
    except ValueError:
        tokens = text.split()
    words: list[str] = []
    for token in (*tokens, ";"):
        if token not in _OPERATORS:
            words.append(token)
            continue
        while words and _ASSIGNMENT.match(words[0]):
            words.pop(0)
        if words:
            yield tuple(words)
        words = []


def _called_scripts(words: Words, scripts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the scripts that a package manager is asked to run."""
    if words[0] not in _RUNNERS:
        return ()
    several = words[0].startswith(("npm-run-all", "run-"))
    found: dict[str, None] = {}
    for word in words[1:]:
        if word in ("--", "exec") or (found and not several):
            break
        fits = re.compile(re.escape(word).replace(r"\*", "[^:]*"))
        found |= dict.fromkeys(filter(fits.fullmatch, scripts))
    return tuple(found)
