"""Progress of long work: one line on stderr, where that is a terminal, once the work has taken a second.

The line is drawn by hand: Rich would delay the work by its import, and hide the cursor from a user who interrupts it.
Code that writes to the terminal calls `end` first, which removes the line.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread  # Typer imports it anyway

from oir_cli.console import terminal

PATIENCE, PAUSE = 1.0, 0.2  # seconds before the line appears, and between its drawings
_ERASE_REST = "\x1b[K"


# Takes a report: what is being done, to which one of how many; zeros where nothing is counted.
Report = Callable[[str, int, int], None]


def ignore(what: str, number: int, of: int) -> None:
    """A Report for nobody."""


class _Line:
    """The line, drawn again and again by its own thread."""

    def __init__(self, doing: str) -> None:
        self._doing, self._at = doing, ("", 0, 0)
        self._begun = time.monotonic()
        self._over = Event()
        self._thread = Thread(target=self._draw, daemon=True)
        self._thread.start()

    def report(self, what: str, number: int, of: int) -> None:
        self._at = what, number, of

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _draw(self) -> None:
        if self._over.wait(PATIENCE):
            return
        with suppress(OSError, ValueError):  # the terminal is gone
            while not self._over.is_set():
                sys.stderr.write(f"\r{self._text()[: terminal.size().columns - 1]}{_ERASE_REST}")
                sys.stderr.flush()
                self._over.wait(PAUSE)
            sys.stderr.write(f"\r{_ERASE_REST}")
            sys.stderr.flush()

    def _text(self) -> str:
        what, number, of = self._at
        counted = f" {number:,} of {of:,}" if of else ""
        return f"oir: {self._doing}: {what}{counted}, {time.monotonic() - self._begun:.0f} s"


_line: _Line | None = None  # a terminal has room for only one


def start(doing: str) -> Report:
    """Begin to show the progress of the work `doing`; returns the function that takes its reports. See `end`."""
    global _line
    end()
    if not terminal.redraws(sys.stderr):
        return ignore
    _line = _Line(doing)
    return _line.report


def end() -> None:
    """Remove the line, if there is one."""
    global _line
    if _line:
        _line.end()
        _line = None
