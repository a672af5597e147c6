"""The line that says what is running, and since when."""

from collections.abc import Sequence

from pytest_forge.reports.escape import columns, cut, one_line


def duration(seconds: float) -> str:
    """Return a duration as people say it: `31 s`, `1 m 12 s`, `1 h 2 m`."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} m {rest} s"
    return f"{minutes // 60} h {minutes % 60} m"


def status_line(running: Sequence[tuple[str, float]], width: int) -> str:
    """Return `running 2: pytest 1 m 12 s, mypy 31 s`, at most `width` columns wide.

    `running` holds labels with the seconds for which each has been running; the longest comes
    first, and what does not fit is counted. "" where nothing runs.
    """
    if not running:
        return ""
    parts = [
        f"{one_line(label)} {duration(seconds)}"
        for label, seconds in sorted(running, key=lambda one: -one[1])
    ]
    for shown in range(len(parts), 0, -1):
        more = [f"{len(parts) - shown} more"] if shown < len(parts) else []
        line = f"running {len(parts)}: " + ", ".join(parts[:shown] + more)
        if columns(line) <= width:
            return line
    return cut(f"running {len(parts)}: {parts[0]}", width)
