"""Failures, one class each, with the sentence for the user and the exit code; and all exit codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the program; README documents them."""

    ANSWERED = 0
    EMPTY = 1  # nothing found, with --fail-empty
    PROBLEMS = 1  # found by check
    USAGE = 2
    UNKNOWN = 3
    STORE = 4
    INTERRUPTED = 130


# The commands that list what can be named, where a kind's own word is not the command.
LISTS = {"measure": "oir figures", "fact": "oir timeline", "participant, person, place or topic": "oir participant"}


class OirError(Exception):
    """A failure that ends the program with one sentence on stderr and `exit_code`."""

    exit_code: ExitCode


class BadDate(OirError):
    """A date that cannot be read."""

    exit_code = ExitCode.USAGE

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"cannot read {_quoted(text)} as a date: {reason}")


class AmbiguousDate(BadDate):
    """A date that can be read in two ways."""

    def __init__(self, text: str, readings: str, alternatives: Sequence[str]) -> None:
        """`readings` names both days for a reader, `alternatives` how to write each of them without doubt."""
        OirError.__init__(self, f"{_quoted(text)} could be {readings}; write {_alternatives(alternatives)}")


class BadUsage(OirError):
    """Arguments that do not fit together, or a value that is not one of those allowed."""

    exit_code = ExitCode.USAGE


class UnknownName(OirError):
    """A name or id that nothing in the store has."""

    exit_code = ExitCode.UNKNOWN

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = (), elsewhere: Sequence[str] = ()) -> None:
        """`nearest`: ids of this kind, near in spelling or meaning; `elsewhere`: entities of other kinds so named."""
        self.nearest = nearest
        hints = [f"did you mean {_alternatives(nearest)}?"] if nearest else []
        hints += [f"there is {_alternatives(elsewhere)}"] if elsewhere else []
        hint = "; also, ".join(hints) or f"{LISTS.get(kind, f'oir {kind}')} lists them"
        super().__init__(f"no {kind} called {_quoted(name)}; {hint}")


class AmbiguousName(OirError):
    """The beginning of a name that several entities share."""

    exit_code = ExitCode.UNKNOWN

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{_quoted(name)} could be more than one {kind}: {_listed(candidates)}")


class StoreError(OirError):
    """A store that is missing, unreadable or not of the agreed shape."""

    exit_code = ExitCode.STORE

    def __init__(self, where: object, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = str(where), reason


class CannotWrite(OirError):
    """An output file that cannot be written."""

    exit_code = ExitCode.USAGE


def brief(sentence: str, most: int = 800) -> str:
    """`sentence` without its middle where it is too long to read, as when it repeats a whole clipboard."""
    if len(sentence) <= most:
        return sentence
    return f"{sentence[: most - 300]} … {sentence[-280:]}"


def _quoted(text: str, most: int = 80) -> str:
    """`text` in quotation marks, shortened so that a whole clipboard stays one readable sentence."""
    return f'"{text}"' if len(text) <= most else f'"{text[:most]}…" ({len(text)} characters)'


def _alternatives(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _listed(names: Iterable[str], most: int = 8) -> str:
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
