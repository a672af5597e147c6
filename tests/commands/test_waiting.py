"""The line that says what a command waits for."""

import io
import sys
import threading

import pytest

from pytest_forge.commands.waiting import Waiting


class Terminal(io.StringIO):
    """A stream that tells when something was written to it."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.written = threading.Event()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


def shown(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, quiet: float = 0.01) -> str:
    monkeypatch.setattr(sys, "stdout", terminal)
    with Waiting(60, quiet) as waiting:
        waiting.begin("gadget 1.2 from go")
        assert terminal.written.wait(60)
    return terminal.getvalue()


def test_on_a_terminal_one_line_is_kept_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(Terminal(True), monkeypatch)
    assert text.startswith("\r\x1b[2Krunning 1: gadget 1.2 from go 0 s")
    assert text.endswith("\r\x1b[2K")
    assert "\n" not in text


@pytest.mark.parametrize("is_terminal", [True, False])
def test_elsewhere_lines_are_printed(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    text = shown(Terminal(is_terminal), monkeypatch)
    assert text.startswith("running 1: gadget 1.2 from go 0 s\n")
    assert "\x1b" not in text


def test_nothing_is_printed_before_something_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(False)
    monkeypatch.setattr(sys, "stdout", terminal)
    with Waiting(60, 0.001):
        assert not terminal.written.wait(0.1)
