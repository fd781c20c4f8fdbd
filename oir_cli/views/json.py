"""JSON, and JSON Lines: one record a line."""

from __future__ import annotations

import json
from collections.abc import Sequence

from oir_cli.answers import Answer, narrowed
from oir_cli.views.text import escape_json


def render(answer: Answer, fields: Sequence[str]) -> str:
    return escape_json(json.dumps(answer.data(fields), ensure_ascii=False, indent=2)) + "\n"


def render_lines(answer: Answer, fields: Sequence[str]) -> str:
    lines = (json.dumps(row, ensure_ascii=False) for row in narrowed(answer.rows(), fields))
    return "".join(escape_json(line) + "\n" for line in lines)
