"""Web pages: one file, readable without script, in which nothing of the store is live."""

from __future__ import annotations

import gzip
import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oir_cli.text import clean
from tests.conftest import Runner

VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and its text; elements must close as they opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


ANSWERS = [
    "timeline --year 2016", "timeline --brief", "on 2014-08-08", "country canada", "country canada denmark", "country",
    "person --side isil", "place mosul", "topic airdrops", "event soleimani-strike", "event", "search embassy attack",
    "search qzx", "show 2016-05-03-keating-killed", "figures", "figures soldiers-killed", "compare us uk", "stats",
    "disputes", "cite 2016-05-03-keating-killed", "about", "schema", "export --country denmark",
    "export", "place --map --year 2014",
]  # fmt: skip


@pytest.mark.parametrize("line", ANSWERS)
def test_every_answer_has_a_page(oir: Runner, line: str) -> None:
    page = Page(oir(*line.split(), "-f", "html").out)
    assert [each["lang"] for each in page.all("html")] == ["en"]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "CC BY-SA 4.0" in page.text
    assert "Operation Inherent Resolve in Iraq" in page.text
    for attributes in (attributes for _, attributes in page.elements):
        assert not any(name.startswith("on") or name in ("src", "style") for name in attributes), attributes
    for link in page.all("a"):
        address = link.get("href") or ""
        assert not link.get("id") or address in ("", f"#{link['id']}")
        if "=" in address:  # a state of the filter
            assert re.fullmatch("#places=[a-z0-9-]+", address)
        elif address.startswith("#"):
            assert address[1:] in ids, address
        elif address:
            assert address.startswith("https://")


def test_a_page_has_all_that_the_facts_say(oir: Runner) -> None:
    facts = oir("timeline", "--year", "2016", "--json").json
    page = Page(oir("timeline", "--year", "2016", "-f", "html").out)
    ids = {attributes.get("id") for attributes in page.all("a")}
    for fact in facts:
        for said in (fact["title"], fact["text"], fact["note"] or "", *fact["attributed_to"], *fact["disputed_by"]):
            assert " ".join(said.split()) in page.text
        assert fact["id"] in ids
        for source in fact["sources"]:
            assert f"{source['section']}, paragraph {source['paragraph']}" in page.text
    months = [each for each in re.findall(r"(\w+ 2016) \d+", page.text) if each in page.text]
    assert months[:3] == ["January 2016", "February 2016", "March 2016"]


def test_the_whole_store_is_one_page_of_bounded_size(oir: Runner, tmp_path: Path) -> None:
    path = tmp_path / "oir.html"
    assert oir("export", "-o", str(path)).code == 0
    content = path.read_bytes()
    assert len(content) <= 900_000
    assert len(gzip.compress(content)) <= 160_000
    page = Page(content.decode())
    facts = oir("export", "--json").json
    assert len(page.all("article")) == len(facts)
    assert {each["name"] for each in page.all("select")} == {
        "year", "status", "participants", "places", "topics", "events",
    }  # fmt: skip


def test_the_whole_store_begins_with_an_overview(oir: Runner) -> None:
    out = oir("export", "-f", "html").out
    page = Page(out)
    for heading in ("events", "map", "chart", "people", "disputes", "all"):
        assert f'<h2 id="{heading}">' in out
        assert {"href": f"#{heading}"} in page.all("a")
    strip = out.partition('<svg class="strip"')[2].partition("</svg>")[0]
    events = oir("event", "--json").json
    assert strip.count("<title>") == sum(event["date"] is not None for event in events)
    assert strip.count('class="major"') == sum(event["major"] for event in events)
    for event in events:
        assert not event["date"] or f"<title>{escape(event['name'], quote=False)}</title>" in strip
    people = out.partition('<h2 id="people">')[2].partition('<h2 id="disputes">')[0]
    assert people.count("<tr>") - 1 == len(oir("person", "--json").json)
    for person in oir("person", "--json").json:
        assert not person["fate_fact"] or f'<a href="#{person["fate_fact"]}">' in people
    disputes = out.partition('<h2 id="disputes">')[2].partition('<h2 id="all">')[0]
    assert disputes.count("<li>") == len(oir("disputes", "--json").json)
    assert "4,850" in out.partition('<h2 id="chart">')[2].partition('<h2 id="people">')[0]
    assert "At no single point" in out
    part = oir("export", "--year", "2016", "-f", "html").out
    assert '<h2 id="map">' not in part


def test_a_mark_of_the_strip_is_where_its_day_is(oir: Runner) -> None:
    strip = oir("export", "-f", "html").out.partition('<svg class="strip"')[2].partition("</svg>")[0]
    months = {name: float(x) for x, name in re.findall(r'<text x="([\d.]+)" y="10">(\w+)</text>', strip)}
    found = re.search(r"<title>ISIL attacks the Peshmerga near Tel Skuf</title><circle cx=\"([\d.]+)\"", strip)
    assert found
    day = (months["Jun"] - months["May"]) / 31
    assert float(found[1]) == pytest.approx(
        months["May"] - 2 + 2 * day, abs=day
    )  # 3 May; a name is 2 right of its line


def test_sources_link_to_the_sections_of_the_article(oir: Runner) -> None:
    out = oir("show", "2016-05-03-keating-killed", "-f", "html").out
    assert 'href="https://en.wikipedia.org/wiki/Operation_Inherent_Resolve_in_Iraq#May_2016"' in out


def test_a_disputed_and_a_planned_fact_are_named_so_in_words(small: Runner) -> None:
    page = Page(small("timeline", "-f", "html").out)
    assert "disputed" in page.text
    assert "The article says otherwise elsewhere" in page.text
    assert "Denied or doubted" in page.text


def test_fields_make_a_table(small: Runner) -> None:
    page = Page(small("timeline", "--fields", "id,date", "-f", "html").out)
    assert len(page.all("th")) == 2
    assert "2016-05-late-raid" in page.text


HOSTILE = "<script>alert(1)</script> & \"q\" 'a' {{ 7 * 7 }} {% raw %} \x1b[31mred \u202eevil </style> javascript:x"


def test_nothing_of_the_store_is_live(oir: Runner, copied: Path) -> None:
    for name in ("facts/2016.json", "participants.json", "people.json", "events.json", "places.json", "measures.json"):
        path = copied / name
        records = json.loads(path.read_text(encoding="utf-8"))
        for record in records:
            for key in ("text", "title", "note", "description", "role", "fate", "position_source"):
                if record.get(key):
                    record[key] = HOSTILE
            if "text" not in record:
                record["name"] = f"{HOSTILE} {record['id']}"
        path.write_text(json.dumps(records), encoding="utf-8")
    plain = oir("--store", str(copied), "about", "-f", "html").out.count("<script")
    for line in ("timeline", "export", "person doe", "event", "disputes", "show 2016-05-late-raid", "timeline --brief",
                 "place --map", "figures strikes"):  # fmt: skip
        out = oir("--store", str(copied), *line.split(), "-f", "html").out
        assert out.count("<script") - plain <= 1  # the page's own
        page = Page(out)
        assert {name for name, _ in page.elements} <= {
            "html", "head", "meta", "title", "style", "script", "body", "header", "footer", "main", "nav", "section",
            "article", "div", "p", "h1", "h2", "h3", "h4", "a", "span", "ol", "li", "dl", "dt", "dd", "details",
            "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "form", "label", "input", "select",
            "option", "output", "button", "figure", "figcaption", "ul", "b", "svg", "g", "path", "rect", "circle",
            "text",
        }  # fmt: skip
        if line not in ("timeline --brief", "event", "disputes"):
            assert " ".join(clean(HOSTILE).split()) in page.text, line
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_a_title_is_no_markup(oir: Runner) -> None:
    out = oir("search", "<script>{{ page }}", "sinjar", "-f", "html").out
    assert "<title>&lt;script&gt;{{ page }} sinjar" in out
