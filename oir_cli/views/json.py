"""JSON with one record on each line, and JSON Lines.

Records are compact: `grep` finds whole facts, `jq .` spreads them out, and the encoder written in C does the work, many
times faster.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oir_cli.answers import Answer, narrow
from oir_cli.text import escape_json
from oir_cli.views import Context, Written

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make an encoder for each record


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    return Written(_spread(answer.data(fields), "") + "\n")


def render_lines(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    return Written("".join(f"{_compact(row)}\n" for row in narrow(answer.rows(), fields)))


def _compact(value: Any) -> str:
    """The value in one line."""
    return escape_json(_encode(value))


def _spread(value: Any, indent: str) -> str:
    """An object that holds objects, one key on each line; a list of objects, one on each line; the rest in one line."""
    inner = f"{indent}  "
    if isinstance(value, dict) and any(_holds(each) for each in value.values()):
        lines = [f"{_compact(key)}: {_spread(each, inner)}" for key, each in value.items()]
        return f"{{\n{inner}" + f",\n{inner}".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and _holds(value):
        return f"[\n{inner}" + f",\n{inner}".join(map(_compact, value)) + f"\n{indent}]"
    return _compact(value)


def _holds(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))
