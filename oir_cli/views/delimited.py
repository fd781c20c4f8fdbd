"""Comma- and tab-separated values, and the bare lines of a pipe."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from oir_cli.answers import Answer
from oir_cli.text import cell, clean
from oir_cli.views import Context, Written

# The first characters of a formula in a spreadsheet.
_FORMULA = ("=", "+", "-", "@")


def render_csv(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """RFC 4180, with a heading; a cell that a spreadsheet would compute begins with an apostrophe instead."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for row in answer.rows():
        writer.writerow(_safe(row[field]) for field in fields)
    return Written(out.getvalue())


def render_tsv(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """A heading, then one line for each record, cells separated by tabs.

    Some readers know quotation marks around a cell, others take each mark as a character. A cell is quoted only where
    the former would misread it: where it begins with a mark.
    """
    rows = ([_safe(row[field]) for field in fields] for row in answer.rows())
    lines = ("\t".join(_quoted(cell) if cell.startswith('"') else cell for cell in row) + "\n" for row in rows)
    return Written("\t".join(fields) + "\n" + "".join(lines))


def render_lines(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """Only cells and tabs, as `cut` and `wc -l` want it; sentences, where the answer has them and all fields go."""
    sentences = answer.sentences() if tuple(fields) == answer.fields else None
    if sentences is not None:
        return Written("".join(f"{clean(sentence)}\n" for sentence in sentences))
    return Written("".join("\t".join(_safe(row[field]) for field in fields) + "\n" for row in answer.rows()))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _safe(value: object) -> str:
    text = cell(value)
    # A number may begin with a minus: that is not a formula, and an apostrophe would make it text.
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text
