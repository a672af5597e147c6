"""What sentences for people are put together of: numbers with nouns, names, and text cut short."""

from collections.abc import Collection

_FEW = 3


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return `1 check`, `2 checks`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def few(names: Collection[str]) -> str:
    """Return the first of many names, and how many more there are."""
    first = ", ".join(list(names)[:_FEW])
    return f"{first} and {len(names) - _FEW} more" if len(names) > _FEW else first


def clipped(text: str, most: int) -> str:
    """Return the beginning of `text` in `most` characters, "..." at its end if it is cut."""
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."
