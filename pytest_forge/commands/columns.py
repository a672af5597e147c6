"""Text in columns, for people to read."""

import textwrap
from collections.abc import Sequence

from pytest_forge.reports import escape

WIDTH = 100


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; every column but the last is as wide as its widest cell."""
    cells = [[escape.one_line(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(map(escape.columns, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - escape.columns(cell))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def paragraph(text: str, indent: str = "") -> list[str]:
    """Return text as lines of at most `WIDTH` columns."""
    return textwrap.wrap(
        escape.one_line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
