"""Comma- and tab-separated values, and the bare lines of a pipe."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from oir_cli.answers import Answer
from oir_cli.answers.faults import Faults
from oir_cli.answers.references import References
from oir_cli.text import cell, clean

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def render_csv(answer: Answer, fields: Sequence[str]) -> str:
    """RFC 4180, with a heading; a cell that a spreadsheet would compute begins with an apostrophe instead."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for row in answer.rows():
        writer.writerow(_safe(row[field]) for field in fields)
    return out.getvalue()


def render_tsv(answer: Answer, fields: Sequence[str]) -> str:
    """A heading, then one line a record, cells separated by tabs.

    Some readers know quotation marks around a cell, others take every mark for itself. A cell is quoted only where the
    former would misread it: where it begins with a mark.
    """
    rows = ([_safe(row[field]) for field in fields] for row in answer.rows())
    lines = ("\t".join(_quoted(cell) if cell.startswith('"') else cell for cell in row) + "\n" for row in rows)
    return "\t".join(fields) + "\n" + "".join(lines)


def render_lines(answer: Answer, fields: Sequence[str]) -> str:
    """Cells and tabs alone, as `cut` and `wc -l` want it.

    Faults are written as editors and compilers write them, references as one puts them into a text.
    """
    if isinstance(answer, Faults):
        return "".join(f"{clean(str(fault))}\n" for fault in answer.faults)
    if isinstance(answer, References):
        from oir_cli.views.references import render_text

        return render_text(answer)
    return "".join("\t".join(_safe(row[field]) for field in fields) + "\n" for row in answer.rows())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _safe(value: object) -> str:
    text = cell(value)
    # A number may begin with a minus: it is no formula, and would be no number with an apostrophe.
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text
