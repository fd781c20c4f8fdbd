"""What can go wrong, one class a failure: its sentence for the user and its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class OirError(Exception):
    """A failure that ends the program with one sentence on stderr and `exit_code`."""

    exit_code = 1


class BadDate(OirError):
    """A date that cannot be read, or can be read in two ways."""

    exit_code = 2

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"cannot read {_quoted(text)} as a date: {reason}")


class BadUsage(OirError):
    """Arguments that do not fit together, or a value that is not one of those allowed."""

    exit_code = 2


class UnknownName(OirError):
    """A name or id that nothing in the store has, or that several things share."""

    exit_code = 3

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = (), elsewhere: Sequence[str] = ()) -> None:
        """`nearest` are ids of this kind with a similar spelling, `elsewhere` what of another kind is called so."""
        hint = f"; did you mean {_alternatives(nearest)}?" if nearest else ""
        hint = f"; there is {_alternatives(elsewhere)}" if elsewhere else hint
        super().__init__(f"no {kind} called {_quoted(name)}{hint}")


class AmbiguousName(OirError):
    """A beginning of a name that several things share."""

    exit_code = 3

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        super().__init__(f"{_quoted(name)} could be more than one {kind}: {_listed(candidates)}")


class StoreError(OirError):
    """A store that is missing, unreadable or not of the agreed shape."""

    exit_code = 4

    def __init__(self, where: object, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where, self.reason = str(where), reason


class CannotWrite(OirError):
    """An output file that cannot be written."""

    exit_code = 2


def brief(sentence: str, most: int = 800) -> str:
    """`sentence` without its middle where it is too long to be read, as when it repeats a slip of the clipboard."""
    if len(sentence) <= most:
        return sentence
    return f"{sentence[: most - 300]} … {sentence[-280:]}"


def _quoted(text: str, most: int = 80) -> str:
    """`text` in quotation marks, shortened so that a slip of the clipboard stays one readable sentence."""
    return f'"{text}"' if len(text) <= most else f'"{text[:most]}…" ({len(text)} characters)'


def _alternatives(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _listed(names: Iterable[str], most: int = 8) -> str:
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
