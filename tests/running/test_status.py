"""The line that is written over."""

import pytest

from pytest_forge.running.status import draw


def test_a_line_takes_the_place_of_the_one_before(capsys: pytest.CaptureFixture[str]) -> None:
    draw("running 1: mypy 3 s")
    draw("")
    assert capsys.readouterr().out == "\r\x1b[2Krunning 1: mypy 3 s\r\x1b[2K"
