"""A page of limited length: sections take lines while there is room, and what is left out counts.

Hosts refuse a comment above a number of characters, so a page is filled in order of importance
and ends with a sentence on what did not fit.
"""

from collections.abc import Iterable


class Page:
    """Text that never gets longer than `most` characters, with room kept for the last sentence."""

    _RESERVE = 1000

    def __init__(self, most: int) -> None:
        """Start an empty page of at most `most` characters."""
        self._most = most
        self._room = most - self._RESERVE
        self._blocks: list[str] = []
        self._left_out: dict[str, int] = {}

    def add(
        self, head: str, items: Iterable[str], noun: str, share: float = 1.0, tail: str = ""
    ) -> None:
        """Add a section: `head`, as many `items` as fit, in order, a line each, and `tail`.

        A section without items is not shown. At most `share` of the room that is left is taken;
        items that do not fit are counted as `noun`.
        """
        waiting = list(items)
        if not waiting:
            return
        room = int(self._room * share) - len(head) - len(tail) - 2
        taken: list[str] = []
        for item in waiting:
            if len(item) + 1 > room:
                break
            room -= len(item) + 1
            taken.append(item)
        if taken:
            block = head + "\n".join(taken) + "\n" + tail
            self._blocks.append(block)
            self._room -= len(block) + 1
        if len(taken) < len(waiting):
            self._left_out[noun] = self._left_out.get(noun, 0) + len(waiting) - len(taken)

    def text(self, whole: str) -> str:
        """Return the page; where something is left out it ends by saying what, and `whole`."""
        blocks = self._blocks
        if self._left_out:
            told = ", ".join(f"{count} {noun}" for noun, count in self._left_out.items())
            blocks = [*blocks, f"**Left out here for length:** {told}. {whole}\n"]
        return "\n".join(blocks)
