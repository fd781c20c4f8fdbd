"""JSON with one record a line, and JSON Lines.

Records are written compactly: `grep` finds whole facts, `jq .` spreads them out, and the encoder written in C does the
work, many times faster.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from oir_cli.answers import Answer, narrowed
from oir_cli.views.text import escape_json


def render(answer: Answer, fields: Sequence[str]) -> str:
    return escape_json(_spread(answer.data(fields), "")) + "\n"


def render_lines(answer: Answer, fields: Sequence[str]) -> str:
    return escape_json("".join(f"{_compact(row)}\n" for row in narrowed(answer.rows(), fields)))


def _spread(value: Any, indent: str) -> str:
    """An object with a key a line, a list of objects with one of them a line; everything else in one line."""
    inner = f"{indent}  "
    if isinstance(value, dict) and any(isinstance(each, dict | list) for each in value.values()) and not indent:
        lines = (f"{_compact(key)}: {_spread(each, inner)}" for key, each in value.items())
        opening, closing = "{}"
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        lines = (_compact(each) for each in value)
        opening, closing = "[]"
    else:
        return _compact(value)
    return f"{opening}\n{inner}" + f",\n{inner}".join(lines) + f"\n{indent}{closing}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
