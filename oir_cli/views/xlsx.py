"""An Excel workbook: one sheet with the records, one that names the source. The only user of XlsxWriter, an extra."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.errors import BadUsage
from oir_cli.text import cell, clean, number
from oir_cli.views import Context, Written

MISSING = "xlsx needs the extra: pip install 'oir-cli[xlsx]'; Excel also opens csv that is written with --bom"
DATES = ("first_day", "last_day")  # fields of whole days
EARLIEST = date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier days are off by one, or not there
LONGEST = 32_767  # characters in a cell
CUT = -2  # the answer of XlsxWriter where it cuts a longer text
WIDTHS = {"text": 70, "description": 70, "title": 44, "note": 50, "id": 36, "name": 32}  # columns, in characters
LISTED, OTHER = 28, 14  # the width of other columns: with lists, and without
CREATED = datetime(1980, 1, 1)


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The workbook. The remark counts texts that are too long for a cell, and are cut.

    Raises BadUsage where XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        raise BadUsage(MISSING) from None
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": clean(answer.title)[:255], "created": CREATED})
        cut = _write_records(book, answer.rows(), fields)
        _write_source(book, context)
    remark = f"cut {number(cut, 'text')} to the {LONGEST:,} characters that a cell can have" if cut else ""
    return Written(out.getvalue(), remark)


def _write_records(book: Any, rows: Sequence[dict[str, Any]], fields: Sequence[str]) -> int:
    """The records below a heading that stays; text is wrapped, days are dates, and nothing is a formula.

    Returns how many texts were cut.
    """
    cut = 0
    sheet = book.add_worksheet("Records")
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field, heading)
        is_list = any(isinstance(row[field], list) for row in rows)
        sheet.set_column(column, column, WIDTHS.get(field, LISTED if is_list else OTHER), wrapped)
        for line, row in enumerate(rows, 1):
            cut += _write_cell(sheet, line, column, row[field], wrapped, day if field in DATES else None)
    if fields:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(fields) - 1)
    return cut


def _write_cell(sheet: Any, line: int, column: int, value: Any, wrapped: Any, day: Any) -> bool:
    """A number or a boolean as such, a whole day as a date where Excel has it, all else as text; whether it was cut."""
    if value is None or value == []:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value, wrapped)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, wrapped)
    elif day is not None and (found := date.fromisoformat(value)) >= EARLIEST:
        sheet.write_datetime(line, column, found, day)
    else:
        written: int = sheet.write_string(line, column, cell(value), wrapped)
        return written == CUT
    return False


def _write_source(book: Any, context: Context) -> None:
    """The article, its licence, and the version, one below the other."""
    sheet = book.add_worksheet("Source")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True}))
    article = context.article.record() if context.article else {}
    said = {key: value for key, value in article.items() if key != "sections"} | {"version": f"oir {__version__}"}
    for line, (key, value) in enumerate((key, value) for key, value in said.items() if value is not None):
        sheet.write_string(line, 0, key.replace("_", " "))
        sheet.write_string(line, 1, cell(value))
