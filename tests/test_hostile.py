"""Texts: all the letters of any text, in any format, at any width, on any stream; and nothing of it that acts."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from oir_cli.text import clean
from oir_cli.views import FORMATS
from tests.conftest import BUNDLED, Runner

TEXTS = [
    "\x1b[2J\x1b]0;title\x07 and \x9b31m.", "\u202eevil\u202c \u2066isolated\u2069 \u200f.",
    "[sic] [/x] [bold]b[/] :iraq: \\[a].",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "a\r\nb\rc\nd\u2028e\u2029f\x0bg\x0ch\x85i.",
    "\x00\x01\x7f\x80\ufeff.",
    "<script>alert(1)</script> & </pre></svg> ]]> -->", "{braces} {{}} %s %(x)s {0} $1 \\1 \\n.",
    "a|b\\|c`d`*e*_f_~g~ #h",
    '"quoted" \'single\' "', '"', "'", ",;\t;,", "BEGIN:VCALENDAR;X=\\,\\n", "e\u0301 n\u0303 \u0937\u094d\u0915",
    "שלום العربية",
    "日本語" * 30, "👩‍👩‍👧‍👦 🇮🇶 ☠", "x" * 700, "wide 日 " * 40,
    "\U000e0041\U000e007f tag.", "\u200b\u200d\u2060\u00ad.",
    "", " ", "  two  blanks  ", "\U0010ffff\ufffe.",
]  # fmt: skip
WIDTHS = (*range(20, 104), *range(104, 162, 3), 200, 300)  # from 160 on a table grows no wider
SOME_WIDTHS = (20, 21, 29, 40, 55, 56, 57, 80, 81, 120, 199, 300)
TEXTUAL = [name for name, view in FORMATS.items() if not view.binary]
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture
def hostile(copied: Path) -> str:
    """A store in which each text stands in a fact, with its note and credit, and in names."""
    shelf = copied / "facts" / "2014.json"
    [model, *_] = json.loads(shelf.read_text(encoding="utf-8"))
    facts = [
        model
        | {
            "id": f"2014-fact-{number}",
            "title": text,
            "text": text,
            "note": text,
            "attributed_to": [text],
            "date_text": text,
        }
        for number, text in enumerate(TEXTS)
    ]
    shelf.write_text(json.dumps(facts), encoding="utf-8")
    for stem in ("participants", "places", "topics", "people", "events"):
        path = copied / f"{stem}.json"
        records = json.loads(path.read_text(encoding="utf-8"))
        for record, text in zip(records, TEXTS, strict=False):
            record.update(name=text or "empty", description=text, aliases=[text])
        path.write_text(json.dumps(records), encoding="utf-8")
    return str(copied)


def letters(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNPS")


def acts(out: str, name: str) -> list[str]:
    """What of an answer would act on a terminal."""
    allowed = {"csv": "\r", "ics": "\r", "ris": "\r", "tsv": "\t"}.get(name, "")
    return [char for char in CONTROL.findall(out) if char not in allowed]


@pytest.mark.slow
def test_every_hostile_text_at_every_width(oir: Runner, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of `show` the letters of each text; of `timeline`, which has columns, the same letters at any width."""
    shown_ids = [f"2014-fact-{number}" for number in range(len(TEXTS))]
    counts: dict[bool, Counter[str]] = {}
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        shown = oir("--store", hostile, "show", *shown_ids, "-f", "table")
        listed = oir("--store", hostile, "timeline", "-f", "table")
        assert (shown.code, listed.code) == (0, 0)
        assert acts(shown.out + listed.out, "table") == [], width
        found = letters(shown.out)
        assert [ascii(text) for text in TEXTS if letters(clean(text)) not in found] == [], width
        columns = width >= 56
        assert counts.setdefault(columns, Counter(letters(listed.out))) == Counter(letters(listed.out)), width
        monkeypatch.setenv("FORCE_COLOR", "1")
        coloured = oir("--store", hostile, "timeline", "-f", "table").out
        monkeypatch.delenv("FORCE_COLOR")
        assert "\x1b[" in coloured
        assert re.sub(r" *(?=\n)", "", re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == listed.out, width
    assert set(counts) == {True, False}
    assert not Counter("".join(letters(clean(text)) for text in TEXTS)) - counts[True]


@pytest.mark.parametrize("width", SOME_WIDTHS)
def test_hostile_names_at_some_width(oir: Runner, hostile: str, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for argv in (["country", "ruritania"], ["country"], ["place"], ["topic"], ["person"], ["compare", "ruritania"]):
        run = oir("--store", hostile, *argv, "-f", "table")
        assert run.code == 0
        assert acts(run.out, "table") == [], (argv, width)


@pytest.mark.parametrize("name", TEXTUAL)
def test_every_hostile_text_in_every_format(oir: Runner, hostile: str, name: str) -> None:
    written = 0
    for argv in (
        ["timeline"], ["country", "ruritania"], ["place", "mosul"], ["participant"], ["place"], ["topic"],
        ["figures", "strikes"], ["cite", "2014-fact-0"], ["place", "--map"],
    ):  # fmt: skip
        run = oir("--store", hostile, *argv, "-f", name)
        if run.code == 2 and ("this answer has no" in run.err or "--map draws" in run.err):
            continue
        assert run.code == 0, (argv, run.err)
        assert acts(run.out, name) == [], (argv, name)
        written += 1
    assert written


def test_json_and_csv_give_back_every_hostile_text(oir: Runner, hostile: str) -> None:
    exact = oir("--store", hostile, "timeline", "--year", "2014", "--json").json
    assert {fact["text"] for fact in exact} == set(TEXTS)
    rows = csv.DictReader(
        io.StringIO(oir("--store", hostile, "timeline", "--year", "2014", "-f", "csv").out, newline="")
    )
    for row, fact in zip(rows, exact, strict=True):
        assert row["text"].removeprefix("'") == clean(fact["text"]).removeprefix("'")
        assert not row["text"].startswith(("=", "+", "-", "@", "\t", "\r"))
    for line in oir("--store", hostile, "timeline", "-f", "jsonl").out.splitlines():
        json.loads(line)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8", "utf-16", "cp437", "shift_jis"])
@pytest.mark.parametrize("name", ["table", "json", "csv", "md", "html"])
def test_every_text_on_streams_of_every_encoding(
    oir: Runner, hostile: str, monkeypatch: pytest.MonkeyPatch, encoding: str, name: str
) -> None:
    for store in (hostile, str(BUNDLED)):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", stream)
            assert oir("--store", store, "timeline", "--year", "2014", "-f", name).code == 0
        raw: Any = stream.buffer
        out = raw.getvalue().decode(encoding)
        assert acts(out, name) == []
        if name == "json":
            assert json.loads(out) == oir("--store", store, "timeline", "--year", "2014", "--json").json


# What would be a heading, a list, a rule, code, a link or HTML where Markdown saw it raw.
MARKDOWN = (
    "# a", "- a", "+ a", "1. a", "2) a", "> a", "---", "===", "* * *", "a #", "``` a", "    a", "| a | b |", "~~a~~",
    "**a** _b_ `c`", "[a](https://evil.example) ![b](x)", "<https://evil.example>", "<b>a</b> <!-- c -->",
    "&copy; &#65;", "[^1]: a", "$a$", "a\\", "https://evil.example", "ftp://evil.example WWW.evil.example",
)  # fmt: skip


def blocks_of(markdown: str) -> tuple[list[tuple[str, str]], list[str], str]:
    """The structure of a document, the addresses of its links, and its text."""
    structure, links, shown = [], [], []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        structure.append((token.type, token.tag))
        for child in token.children or ():
            if child.type in ("text", "text_special", "softbreak", "code_inline"):
                shown.append(child.content)
            else:
                structure.append((child.type, child.tag))
            if child.type == "link_open":
                links.append(str(child.attrs["href"]))
    return structure, links, "".join(shown)


@pytest.mark.parametrize("text", MARKDOWN)
def test_no_text_acts_in_a_markdown_document(oir: Runner, copied: Path, text: str) -> None:
    def documents(put: str) -> list[str]:
        for path in [*copied.glob("facts/201*.json"), *(copied / f"{stem}.json" for stem in SHOWN)]:
            records = json.loads(path.read_text(encoding="utf-8"))
            for record in records:
                record.update({key: put for key in ("title", "text", "note", "name", "description") if record.get(key)})
                record.update({key: [put] for key in ("attributed_to", "disputed_by") if record.get(key)})
            path.write_text(json.dumps(records), encoding="utf-8")
        return [oir("--store", str(copied), *line.split(), "-f", "md").out for line in DOCUMENTS]

    for line, harmless, hostile in zip(DOCUMENTS, documents("harmless"), documents(text), strict=True):
        structure, links, shown = blocks_of(hostile)
        expected = blocks_of(harmless)
        assert (structure, links) == expected[:2], line
        assert " ".join(shown.split()).count(" ".join(text.split())) >= expected[2].count("harmless") > 0, line
        assert "//evil" not in hostile.replace("&#58;//evil", "")
        assert "WWW." not in hostile


SHOWN = ("participants", "places", "topics", "people", "events", "measures")
DOCUMENTS = (
    "timeline", "timeline --brief", "country ruritania", "country ruritania strawland", "event", "figures strikes",
    "disputes", "compare ruritania strawland", "show 2016-05-03-doe-wounded", "timeline --fields id,text", "topic",
    "cite 2016-05-03-doe-wounded",
)  # fmt: skip


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_every_fact_of_the_bundled_store_at_some_width(
    oir: Runner, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    facts = oir("export", "--json").json
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    for width in (20, 40, 55):
        monkeypatch.setenv("COLUMNS", str(width))
        out = oir("timeline", "-f", "table").out
        assert acts(out, "table") == []
        shown = letters(out)
        for fact in facts:
            assert letters(fact["text"]) in shown, (fact["id"], width)
    for name in ("html", "svg", "md", "ics"):
        out = oir("timeline", "-f", name).out
        assert acts(out, name) == []
        if name == "md":
            shown = letters(html.unescape(re.sub(r"\\([^\w\s])", r"\1", out)))
            assert all(letters(fact["text"]) in shown for fact in facts)
