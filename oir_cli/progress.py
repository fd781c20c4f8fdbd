"""How far long work has come: one line on stderr, where that is a terminal, once the work has taken a second.

The line is drawn by hand: Rich would take its import from the very work that is waited for, and hide the cursor from
whoever interrupts it. Whoever writes to the terminal calls `end` first, which takes the line away.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread  # Typer imports it anyway

from oir_cli import terminal

PATIENCE, PAUSE = 1.0, 0.2  # seconds before the line appears, and between its drawings
_ERASE_REST = "\x1b[K"


# Takes word of what the work is at: `what`, and where it is one of many, which one of how many.
Tell = Callable[..., None]


def untold(what: str, number: int = 0, of: int = 0) -> None:
    """A Tell for nobody."""


class _Line:
    """The line, drawn over and over by a thread of its own."""

    def __init__(self, doing: str) -> None:
        self._doing, self._at = doing, ("", 0, 0)
        self._begun = time.monotonic()
        self._over = Event()
        self._thread = Thread(target=self._draw, daemon=True)
        self._thread.start()

    def tell(self, what: str, number: int = 0, of: int = 0) -> None:
        self._at = what, number, of

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _draw(self) -> None:
        if self._over.wait(PATIENCE):
            return
        with suppress(OSError, ValueError):  # the terminal is gone, and with it whoever waited
            while not self._over.is_set():
                sys.stderr.write(f"\r{self._said()[: terminal.size().columns - 1]}{_ERASE_REST}")
                sys.stderr.flush()
                self._over.wait(PAUSE)
            sys.stderr.write(f"\r{_ERASE_REST}")
            sys.stderr.flush()

    def _said(self) -> str:
        what, number, of = self._at
        counted = f" {number:,} of {of:,}" if of else ""
        return f"oir: {self._doing}: {what}{counted}, {time.monotonic() - self._begun:.0f} s"


_line: _Line | None = None  # a terminal has room for one


@contextmanager
def shown(doing: str) -> Iterator[Tell]:
    """Show how far the work within has come, as it tells."""
    global _line
    if not terminal.redraws(sys.stderr):
        yield untold
        return
    _line = line = _Line(doing)
    try:
        yield line.tell
    finally:
        end()


def end() -> None:
    """Take the line away, if there is one, for good."""
    global _line
    if _line:
        _line.end()
        _line = None
