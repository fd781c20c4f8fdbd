"""Comma- and tab-separated values, and the bare lines of a pipe."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from oir_cli.answers import Answer
from oir_cli.answers.faults import Faults
from oir_cli.answers.references import References
from oir_cli.views.text import cell, clean

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def render_csv(answer: Answer, fields: Sequence[str]) -> str:
    """RFC 4180, with a heading; a cell that a spreadsheet would compute begins with an apostrophe instead."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(fields)
    for row in answer.rows():
        writer.writerow(_safe(cell(row[field])) for field in fields)
    return out.getvalue()


def render_tsv(answer: Answer, fields: Sequence[str]) -> str:
    """A heading, then one line a record, cells separated by tabs."""
    return "\t".join(fields) + "\n" + _lines(answer, fields)


def render_lines(answer: Answer, fields: Sequence[str]) -> str:
    """The same without the heading, as `cut` and `wc -l` want it.

    Faults are written as editors and compilers write them, references as one puts them into a text.
    """
    if isinstance(answer, Faults):
        return "".join(f"{clean(str(fault))}\n" for fault in answer.faults)
    if isinstance(answer, References):
        from oir_cli.views.references import render_text

        return render_text(answer)
    return _lines(answer, fields)


def _lines(answer: Answer, fields: Sequence[str]) -> str:
    return "".join("\t".join(_safe(cell(row[field])) for field in fields) + "\n" for row in answer.rows())


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
