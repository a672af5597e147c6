import pytest

from pytest_forge.reports.progress import duration, status_line


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0 s"),
        (-1, "0 s"),
        (59.9, "59 s"),
        (60, "1 m 0 s"),
        (72, "1 m 12 s"),
        (3725, "1 h 2 m"),
    ],
)
def test_durations_are_said_as_people_do(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_the_longest_running_stands_first() -> None:
    line = status_line([("mypy", 31), ("pytest", 72)], 80)
    assert line == "running 2: pytest 1 m 12 s, mypy 31 s"


def test_what_does_not_fit_is_counted() -> None:
    running = [("pytest", 72.0), ("mypy", 31.0), ("ruff", 2.0)]
    assert status_line(running, 35) == "running 3: pytest 1 m 12 s, 2 more"


@pytest.mark.parametrize("width", [0, 1, 10, 20])
def test_the_line_is_never_wider_than_it_may_be(width: int) -> None:
    assert len(status_line([("a-very-long-name-of-a-run", 72)] * 3, width)) <= width


def test_nothing_running_shows_nothing() -> None:
    assert status_line([], 80) == ""


def test_a_label_cannot_move_the_cursor() -> None:
    assert status_line([("a\x1b[2Jb\nc", 1)], 80) == "running 1: ab c 1 s"
