"""The terminal, if there is one: its size, whether it shows colours, and the user's pager.

The only module that asks whether a stream is a terminal.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import Any

_OFF = ("", "0")
_COLOUR_PAGERS = ("bat", "batcat", "moar", "moor", "ov")  # these show colours without being asked; less is asked
_ESCAPES = re.compile(rb"\x1b\[[0-9;]*m")


def is_terminal(stream: Any) -> bool:
    """Whether `stream` (None where it is closed) is a terminal."""
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):
        return False


def redraws(stream: Any) -> bool:
    """Whether `stream` is a terminal on which a line can be drawn over."""
    return is_terminal(stream) and not _dumb()


def coloured(stream: Any) -> bool:
    """Whether to send colours (and bold, dim and underlined text) to `stream`.

    NO_COLOR has the last word. Then CLICOLOR_FORCE and FORCE_COLOR send them anywhere; then CLICOLOR=0 and a terminal
    that is TERM=dumb take none; a terminal has them, and nothing else.
    """
    said = os.environ.get
    if said("NO_COLOR"):
        return False
    if said("CLICOLOR_FORCE", "") not in _OFF or said("FORCE_COLOR", "") not in _OFF:
        return True
    return redraws(stream) and said("CLICOLOR") != "0"


def size() -> os.terminal_size:
    """Columns and lines: COLUMNS and LINES, else those of the first terminal among stdout, stderr and stdin.

    A table that is piped into a pager still finds the terminal it will be read on. Without any, 80 by 24.
    """
    import shutil

    found = os.terminal_size((80, 24))
    for descriptor in (0, 2):
        with suppress(OSError):  # closed, or no terminal
            other = os.get_terminal_size(descriptor)
            found = other if all(other) else found  # a terminal that does not know its size reports 0
    return shutil.get_terminal_size(found)


def page(text: bytes) -> bool:
    """Show `text` in the pager of PAGER, or in less; False where there is none, or where the terminal cannot page.

    A pager that would show colours as escape codes gets none.
    """
    import shlex
    import shutil
    import signal
    from subprocess import PIPE, Popen

    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quotation mark without its other half
        return False
    program = shutil.which(command[0]) if command and not _dumb() else None
    if program is None or command == ["cat"]:
        return False
    # BusyBox answers to the names of other programs, and its less has other options.
    name = os.path.basename(os.path.realpath(program))  # noqa: PTH119 - pathlib would be imported for this alone
    if name == "less":
        command.append("-R")  # shows colours, which the user's LESS may leave out
    elif name not in _COLOUR_PAGERS:
        text = _ESCAPES.sub(b"", text)
    # Ctrl-C is the pager's, which decides when to leave. A handler that does nothing, other than no handler at all, is
    # not handed down to the pager, and what it interrupts goes on where it was.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # -F leaves at once if it fits, -X keeps the text on the screen afterwards.
        pager = Popen(command, stdin=PIPE, env={"LESS": "FRX", **os.environ})  # noqa: S603 - the user's own command
        with suppress(BrokenPipeError):  # left before the end
            pager.communicate(text)
        return True
    except OSError:  # found, but no program that runs here
        return False
    finally:
        signal.signal(signal.SIGINT, before)


def _dumb() -> bool:
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown")
