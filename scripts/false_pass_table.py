"""Prints the false-pass matrix: every check, every fault, and the error that comes of it.

    python scripts/false_pass_table.py

Exits 1 where a fault passes. It takes about a minute; the tests in `tests/false_pass` hold the
same cells against the closed list of reasons.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from false_pass.matrix import HEAD, Bench, rows


def main() -> int:
    """Print the table as Markdown."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as name:
        table = list(rows(Bench(Path(name).resolve())))
    print(markdown(HEAD, table))
    return int(any("FALSE PASS" in row for row in table))


def markdown(head: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """Return an aligned Markdown table."""
    widths = [max(map(len, column)) for column in zip(head, *table, strict=True)]
    ruler = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in (head, ruler, *table)
    )


if __name__ == "__main__":
    sys.exit(main())
