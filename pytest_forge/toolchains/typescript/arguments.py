"""The arguments that a project's script gives its test runner: which stay, and what they select."""

import re
from collections.abc import Iterator

# Options that would make a run no measurement: they watch, cover by themselves, run only what was
# changed or failed before, or nothing at all.
_DROPPED = re.compile(
    r"--?(?:test|watch|w|watchAll|coverage|no-coverage|collectCoverage|ui|reporter|R|reporters|run"
    r"|passWithNoTests|pass-with-no-tests|changed|changedSince|onlyChanged|o|lastCommit"
    r"|onlyFailures|only-failures|findRelatedTests|listTests|shard|dry-run|allowOnly|bail|b)"
    r"(?:[.=].*)?$"
)
_VALUED = frozenset({"reporter", "R", "reporters", "changedSince", "shard"})
_SELECTING = frozenset(
    {"-t", "--testNamePattern", "--test-name-pattern", "--test-skip-pattern"}
    | {"-g", "--grep", "--fgrep", "-i", "--invert", "-m", "--match", "--project", "--tags-filter"}
    | {"--selectProjects", "--ignoreProjects", "--testPathIgnorePatterns", "--exclude", "--ignore"}
)
_COMMANDS = ("run", "watch", "dev")


def kept(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the arguments that stay; the value of a dropped option goes with it.

    A value that stayed would be taken for the name of a file, which only a part of the tests has.
    """
    found = tuple(_kept(words))
    return found[1:] if found[:1] and found[0] in _COMMANDS else found


def _kept(words: tuple[str, ...]) -> Iterator[str]:
    dropped = ""
    for word in words:
        if dropped and _is_value(word, dropped):
            dropped = ""
        elif _DROPPED.match(word):
            dropped = "" if "=" in word else word.lstrip("-")
        else:
            dropped = ""
            yield word


def _is_value(word: str, option: str) -> bool:
    """Tell whether a word is the value of the option before: some have one only at times."""
    if word.startswith("-"):
        return False
    return option in _VALUED or word in ("true", "false") or (option == "bail" and word.isdigit())


def selections(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options, with their values, that keep tests from running by name or place."""
    found: list[str] = []
    for number, word in enumerate(words):
        name = word.partition("=")[0]
        if name not in _SELECTING:
            continue
        has_value = "=" not in word and name not in ("-i", "--invert")
        found += words[number : number + 2] if has_value else (word,)
    return tuple(found)
