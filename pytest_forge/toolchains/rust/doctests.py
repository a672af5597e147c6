"""Whether the doc comments of Rust code hold tests: fenced code that rustdoc takes for Rust."""

import re
from collections.abc import Iterator

_LINE = re.compile(r"\s*(?:///(?!/)|//!)(.*)")
_BLOCK = re.compile(r"/\*(?:\*(?![*/])|!)(.*?)\*/", re.DOTALL)
_FENCE = re.compile(r"[\s>*]*(`{3,}|~{3,})\s*([^`]*)")
_WORDS = re.compile(r"[\s,{}]+")
_RUST = re.compile(
    r"rust|should_panic|no_run|ignore(?:-.*)?|test_harness|compile_fail|standalone(?:_crate)?"
    r"|edition\d{4}|E\d{4}|custom"
)
_IGNORED = re.compile(r"ignore(?:-.*)?")
_INCLUDED = re.compile(r"#!?\[\s*doc\s*=\s*include_str!\(\s*\"([^\"]+)\"")


def holds_doc_tests(code: str) -> bool:
    """Tell whether the doc comments of a Rust file hold a fenced code block that is run."""
    return any(_holds_test(lines) for lines in _comments(code))


def holds_tests(markdown: str) -> bool:
    """Tell whether a Markdown text holds a fenced code block that rustdoc would run."""
    return _holds_test(markdown.splitlines())


def included(code: str) -> tuple[str, ...]:
    """Return the files, relative to the Rust file, that it takes in as documentation."""
    return tuple(_INCLUDED.findall(code))


def _comments(code: str) -> Iterator[list[str]]:
    lines = [match[1] for match in map(_LINE.fullmatch, code.splitlines()) if match]
    yield lines
    for block in _BLOCK.finditer(code):
        yield block[1].splitlines()


def _holds_test(lines: list[str]) -> bool:
    opened = ""
    for line in lines:
        match = _FENCE.fullmatch(line)
        if match is None:
            continue
        if opened:
            opened = "" if match[1].startswith(opened) and not match[2].strip() else opened
        elif _is_run(match[2]):
            return True
        else:
            opened = match[1]
    return False


def _is_run(words: str) -> bool:
    """Tell whether rustdoc runs a block with these words behind its fence (none means Rust).

    See "Documentation tests" in the rustdoc book. Any other word makes it another language.
    """
    named = [word.lstrip(".") for word in _WORDS.split(words) if word]
    if any(map(_IGNORED.fullmatch, named)):
        return False
    return "rust" in named or all(map(_RUST.fullmatch, named))
