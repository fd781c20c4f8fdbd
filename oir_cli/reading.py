"""Reads the files of a store: JSON as the standard has it, whole or some records at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from oir_cli.errors import StoreError
from oir_cli.model import Record

BATCH = 1000  # records; of a large store not even one file fits into memory all at once
_skip = json.decoder.WHITESPACE.match  # type: ignore[attr-defined]  # what is blank to JSON


def read_json(path: Path, *, strict: bool = False) -> Any:
    """The content of one file of a store; `strict` minds a key that is given twice, of which JSON drops the first.

    Raises StoreError with the reason where it cannot be read.
    """
    with _told(path):
        text = path.read_bytes().decode()
        decoder = _STRICT if strict else _DECODER
        return _checked(decoder.decode(text), escaped="\\u" in text)


def read_records(path: Path) -> Iterator[tuple[int, list[Record]]]:
    """The records of a file that is a list of them: some at a time, each time with the number of the first, from 1.

    Raises StoreError where the file cannot be read, or is none.
    """
    with _told(path):
        text = path.read_bytes().decode()
        escaped = "\\u" in text
        batch: list[Record] = []
        first = 1
        for number, record in enumerate(_items(text, path), 1):
            if not isinstance(record, dict):
                raise StoreError(path, f"record {number} is not an object")
            batch.append(record)
            if len(batch) == BATCH:
                yield first, _checked(batch, escaped=escaped)
                batch, first = [], number + 1
        yield first, _checked(batch, escaped=escaped)


def _items(text: str, path: Path) -> Iterator[Any]:
    """The items of a JSON list, one by one."""
    at = _skip(text).end()
    if text[at : at + 1] != "[":
        _DECODER.decode(text)  # says what is wrong with it, if it is no JSON
        raise StoreError(path, "is not a list of records")
    at = _skip(text, at + 1).end()
    more = text[at : at + 1] != "]"
    while more:
        item, at = _DECODER.raw_decode(text, at)
        yield item
        at = _skip(text, at).end()
        more = text[at : at + 1] == ","
        if more:
            at = _skip(text, at + 1).end()
        elif text[at : at + 1] != "]":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
    at = _skip(text, at + 1).end()
    if at != len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _checked(content: Any, *, escaped: bool) -> Any:
    """`content`, if it is text: where characters are written as escapes, half a one can be."""
    if escaped:
        json.dumps(content, ensure_ascii=False).encode()
    return content


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


class _Twice(ValueError):
    """A key that is given twice in one object."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:at]))
        raise _Twice(f'gives "{twice}" twice')
    return made


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_STRICT = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_each_once)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn every failure to read the file into a StoreError."""
    try:
        yield
    except OSError as error:
        raise StoreError(path, f"cannot be read ({error.strerror or error})") from None
    except UnicodeEncodeError:
        raise StoreError(path, "is not text (a \\u escape of half a character)") from None
    except UnicodeDecodeError as error:
        raise StoreError(path, f"is not UTF-8 (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise StoreError(path, f"is not JSON (line {error.lineno}: {error.msg})") from None
    except _Twice as error:
        raise StoreError(path, str(error)) from None
    except ValueError as error:
        raise StoreError(path, f"is not JSON ({error})") from None
    except RecursionError:
        raise StoreError(path, "is not a fact store's file (nested too deep)") from None
