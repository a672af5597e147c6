"""Interpreters that are told to ignore the environment, by which they would find the other tree.

Which tree a Python process imports from is said by PYTHONPATH. With `-E` or `-I` it ignores that
(https://docs.python.org/3/using/cmdline.html), and both sides of a comparison run the same code.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

_INTERPRETER = re.compile(r"(?:python|pypy)[\d.]*(?:\.exe)?|\{python\}")
_WITH_VALUE = frozenset("WX")
_LONG_WITH_VALUE = "--check-hash-based-pycs"
_PROGRAM = frozenset("cm")


def isolating_option(command: Sequence[str]) -> str:
    """Return the option by which an interpreter in a command ignores the environment, else ""."""
    for place, word in enumerate(command):
        if _INTERPRETER.fullmatch(PurePosixPath(word).name):
            for option in _options(command[place + 1 :]):
                if set(option) & {"E", "I"}:
                    return f"-{option}"
    return ""


def _options(words: Sequence[str]) -> Iterator[str]:
    """Yield the letters of each word of options before the program, their values left out."""
    rest = iter(words)
    for word in rest:
        if word == _LONG_WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-") or word == "-":
            return
        elif not word.startswith("--"):
            letters = _letters(word[1:])
            yield letters
            if letters[-1] in _PROGRAM:
                return
            if letters[-1] in _WITH_VALUE and len(letters) == len(word) - 1:
                next(rest, None)


def _letters(cluster: str) -> str:
    """Return a word's options up to the one that takes the rest of the word as its value."""
    end = re.search("[cmWX]", cluster)
    return cluster[: end.end()] if end else cluster
