"""Make text that tools and file names brought along harmless where it is shown.

Nothing that a tool prints is trusted: it may hold terminal escapes, markup, mentions, the
annotation commands of CI systems, or text that reorders what stands beside it.
"""

import re
import unicodedata
from html import escape

_ESCAPES = re.compile(
    r"""
      (?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?                       # CSI: colours, cursor, erasing
    | (?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?  # OSC: titles, links
    | (?:\x1b[PX^_])[^\x1b\n]*(?:\x1b\\)?                     # DCS, SOS, PM, APC strings
    | \x1b[ -/]*[0-~]?                                        # any other escape
    """,
    re.VERBOSE,
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls but for tab and newline, the marks that turn the direction of writing, the
# invisible marks, and the byte order mark.
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
# `##[error]`, `##vso[...]` and `##teamcity[...]` are commands wherever they stand in a line of a
# CI log; `::error::` only where it begins one.
_LOG_COMMAND = re.compile(r"##(?=\w*\[)")
_WORKFLOW_COMMAND = re.compile(r"\A::")
_MARKUP = re.compile(r"[\\`*_\[\]|~$#]")
_BREAK = "<!-- -->"


def plain(text: str) -> str:
    """Return `text` without escapes and control characters; newlines and tabs stay.

    Half characters (lone surrogates), which no file can hold, become U+FFFD.
    """
    text = _ESCAPES.sub("", text)
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def columns(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_column, text))


def cut(text: str, width: int) -> str:
    """Return the beginning of `text` that fits in `width` columns, "…" at its end if it is cut."""
    if columns(text) <= width:
        return text
    taken, used = [], 1
    for character in text:
        used += _column(character)
        if used > width:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…" if width > 0 else ""


def one_line(text: str, width: int | None = None) -> str:
    """Return `text` as one plain line that no CI system takes for a command.

    It is cut at `width` columns where that is given.
    """
    line = " ".join(plain(text).split())
    line = _WORKFLOW_COMMAND.sub(": :", _LOG_COMMAND.sub("# #", line))
    return line if width is None else cut(line, width)


def markdown(text: str, width: int | None = None) -> str:
    """Return `text` as one line of Markdown that shows exactly `text`.

    Markup is escaped. Mentions, references and bare addresses are broken by an empty comment,
    since hosts look for them in the rendered text, where an escape is no longer seen.
    """
    line = one_line(text, width)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKUP.sub(lambda match: "\\" + match.group(), line)
    for mark in ("@", "#", "://", "www."):
        line = line.replace(mark, mark[0] + _BREAK + mark[1:])
    return re.sub(r"\bGH-(?=\d)", f"GH{_BREAK}-", line)


def code(text: str, width: int | None = None) -> str:
    """Return `text` as a Markdown code span, in which nothing is markup or a mention.

    In a table the caller must escape `|` as well, see `cell`.
    """
    line = one_line(text, width)
    if not line:
        return ""
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def cell(markup: str) -> str:
    """Return finished markup with its bars escaped, as a cell of a table needs it."""
    return re.sub(r"(?<!\\)\|", r"\\|", markup)


def html(text: str, width: int | None = None) -> str:
    """Return `text` as code in a line of HTML, where neither Markdown nor mentions are read."""
    return f"<code>{escape(one_line(text, width))}</code>"


def _column(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
