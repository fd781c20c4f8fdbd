"""References, each style read back by a reader that is not ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy  # type: ignore[import-untyped]  # it has none
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from oir_cli import __version__
from oir_cli.answers.references import References
from oir_cli.entities import Article
from oir_cli.model import Fact, Source
from oir_cli.views import FORMATS, Context
from tests import making
from tests.conftest import Run, Runner


def styler(style: str) -> Callable[[References], str]:
    """The function that writes references in `style`."""
    return lambda answer: str(FORMATS[style].write(answer, (), Context()).content)


DISPUTED, PLANNED, PLAIN = (
    "2014-08-09-strawland-militia-loses-45",
    "2014-ruritania-sends-advisers",
    "2016-05-03-doe-wounded",
)
TEXT = (
    'In: "A Small War", Lead, paragraph 1. The Encyclopedia contributors, https://encyclopedia.example/A_Small_War. '
    f"Fact {PLAIN} of oir {__version__}, CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/.\n"
)
# What the control words of LaTeX print, apart from the characters that a backslash alone escapes.
WORDS = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^", "less": "<",
         "greater": ">", "bar": "|"}  # fmt: skip


def typeset(tex: str) -> str:
    """What LaTeX prints of `tex`, a field of BibTeX in braces."""
    assert not re.search(r"(?<!\\)[&%$#_~^<>|]", tex)
    words = re.sub(r"\\text([a-z]+)\{\}", lambda found: f"\x00{ord(WORDS[found[1]])}\x00", tex)
    escaped = re.sub(r"\\([&%$#_])", lambda found: f"\x00{ord(found[1])}\x00", words)
    assert "\\" not in escaped
    return re.sub("\x00(\\d+)\x00", lambda found: chr(int(found[1])), escaped.replace("{", "").replace("}", ""))


def bibtex(text: str) -> list[dict[str, str]]:
    """The entries of a .bib file, with their type and key."""
    library = parse_string(text)
    assert not library.failed_blocks
    return [
        {"TYPE": entry.entry_type, "KEY": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def test_text_names_fact_article_section_version_and_licence(small: Runner) -> None:
    [fact] = small("show", PLAIN, "--json").json
    run = small("cite", PLAIN, "--style", "text")
    assert (run.code, run.err) == (0, "")
    assert run.out == f"{fact['text']} {TEXT}"
    assert small("cite", PLAIN).out == run.out
    assert "".join(small("cite", PLAIN, "-f", "table").out.split()) == "".join(run.out.split())


def test_what_is_disputed_or_only_planned_says_so_in_every_style(small: Runner) -> None:
    for style in ("text", "bibtex", "csl-json", "ris"):
        out = small("cite", DISPUTED, PLANNED, PLAIN, "--style", style).out
        assert out.count("Disputed by Ruritania.") == 1, style
        assert out.count("Planned or announced, not reported done.") == 1, style


def test_json_gives_the_parts(small: Runner) -> None:
    [reference] = small("cite", PLAIN, "--json").json
    assert reference["sources"] == [{"section": "Lead", "paragraph": 1}]
    assert reference["version"] == __version__
    assert reference["url"] == "https://encyclopedia.example/A_Small_War"


def test_an_id_may_be_begun_and_must_be_known(small: Runner) -> None:
    assert small("cite", "2016-05-03", "--fields", "id", "--json").json == [{"id": PLAIN}]
    run = small("cite", PLAIN, "2016-05-03-doe-wounde6", "--style", "ris")
    assert (run.code, run.out) == (3, "")
    assert f"did you mean {PLAIN}" in run.err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--style", "apa"), 'unknown style "apa"; choose one of text, bibtex, csl-json, ris'),
        (("--style", "ris", "--json"), "--style ris is a whole answer"),
        (("--style", "ris", "-f", "csv"), "--style ris is a whole answer"),
        (("--style", "ris", "--fields", "id"), "--style ris is a whole answer"),
    ],
)
def test_a_style_stands_alone(small: Runner, argv: tuple[str, ...], said: str) -> None:
    run = small("cite", PLAIN, *argv)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_the_ending_of_a_file_means_a_style(small: Runner, tmp_path: Path) -> None:
    for name, beginning in (("a.bib", "@misc{"), ("a.RIS", "TY  - "), ("a.txt", "Jane Doe"), ("a.csv", "id,text")):
        assert small("cite", PLAIN, "--output", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning), name
    assert small("cite", PLAIN, "--style", "ris", "--output", str(tmp_path / "b.bib")).code == 0
    assert (tmp_path / "b.bib").read_bytes().startswith(b"TY  - ENCYC\r\n")


# Read back: every fact of the bundled store, by parsers of others ----------------------------------------------------


@pytest.fixture
def facts(oir: Runner) -> Run:
    return oir("export")


def test_every_fact_comes_back_from_bibtex(oir: Runner, facts: Run) -> None:
    entries = bibtex(oir("cite", *facts.ids, "--style", "bibtex").out)
    article = oir("about", "--json").json
    assert [entry["KEY"] for entry in entries] == facts.ids
    for entry, fact in zip(entries, facts.json, strict=True):
        assert entry["TYPE"] == "misc"
        assert typeset(entry["title"]) == fact["title"]
        assert entry["url"] == article["url"]
        assert typeset(entry["author"]) == "Wikipedia contributors"
        for source in fact["sources"]:
            assert f"{source['section']}, paragraph {source['paragraph']}" in typeset(entry["howpublished"])
        for said in (fact["id"], f"oir {__version__}", article["licence"], article["licence_url"]):
            assert said in typeset(entry["note"])
        assert "year" not in entry


def test_every_fact_comes_back_from_ris(oir: Runner, facts: Run) -> None:
    out = oir("cite", *facts.ids, "--style", "ris").out
    assert out.count("\r\n") == out.count("\n")
    records = rispy.loads(out)
    assert [record["id"] for record in records] == facts.ids
    for record, fact in zip(records, facts.json, strict=True):
        assert record["type_of_reference"] == "ENCYC"
        assert record["title"] == fact["title"]
        assert record["secondary_title"] == "Operation Inherent Resolve in Iraq"
        assert record["urls"] == ["https://en.wikipedia.org/wiki/Operation_Inherent_Resolve_in_Iraq"]
        assert record["section"].count(", paragraph ") == len(fact["sources"])
        assert f"Fact {fact['id']} of oir {__version__}, CC BY-SA 4.0" in record["notes"][-1]


# The properties of CSL-JSON that are used here, with their types; an item must have an id and a type.
CSL = {"id": str, "type": str, "author": list, "title": str, "container-title": str, "publisher": str, "section": str,
       "URL": str, "note": str}  # fmt: skip


def test_every_fact_comes_back_from_csl_json(oir: Runner, facts: Run) -> None:
    items = json.loads(oir("cite", *facts.ids, "--style", "csl-json").out)
    assert [item["id"] for item in items] == facts.ids
    for item, fact in zip(items, facts.json, strict=True):
        assert {key: type(value) for key, value in item.items()} == CSL
        assert item["type"] == "entry-encyclopedia"
        assert item["author"] == [{"literal": "Wikipedia contributors"}]
        assert item["title"] == fact["title"]


# Whatever a store holds ----------------------------------------------------------------------------------------------

STRANGE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co"]), max_size=60
)


def cited(text: str, fact_id: str = "a", url: str = "https://x.example/a_b%20c#d") -> References:
    article = Article(
        title=text,
        publisher=text,
        url=url,
        revision=text,
        licence=text,
        licence_url=url,
        attribution=text,
        sections={"Lead": 1},
    )
    record = making.fact(fact_id, title=text, text=text, status="disputed", disputed_by=[text])
    return References([Fact.of_record(record)._replace(sources=(Source(text, 1),))], article)


@given(STRANGE)
def test_bibtex_survives_any_text(text: str) -> None:
    out = styler("bibtex")(cited(text, fact_id=f"{text}-1"))
    [entry] = bibtex(out)
    assert re.fullmatch(r"[A-Za-z0-9:_-]+", entry["KEY"])
    assert typeset(entry["title"]).strip() == text.strip()
    assert entry["url"] == "https://x.example/a_b%20c#d"


@given(STRANGE)
def test_ris_and_csl_json_survive_any_text(text: str) -> None:
    [record] = rispy.loads(styler("ris")(cited(f"A {text}")))
    assert record["title"].split() == f"A {text}".split()
    [item] = json.loads(styler("csl-json")(cited(text)))
    assert item["title"] == text


def test_no_text_begins_a_line_or_a_field_of_its_own() -> None:
    evil = "x\r\nER  - \r\nTY  - BOOK\n}, title = {y}\x1b[31m\u202e"
    for style in ("text", "bibtex", "ris", "csl-json"):
        out = styler(style)(cited(evil, url="https://x.example/}\n{\\"))
        assert not re.search("[\x1b\u202e]", out)
        assert len(re.findall(r"^ER  - ", out, re.MULTILINE)) == (style == "ris")
    assert len(rispy.loads(styler("ris")(cited(evil)))) == 1
    [entry] = bibtex(styler("bibtex")(cited(evil, url="https://x.example/}\n{\\")))
    assert "BOOK" in entry["title"]
    assert entry["url"] == "https://x.example/%7D%0A%7B%5C"


def test_facts_are_cited_by_filters_as_well(small: Runner, tmp_path: Path) -> None:
    ids = small("timeline", "--year", "2016", "--json").ids
    assert small("cite", "--year", "2016", "--json").ids == ids
    assert len(small("cite", "--year", "2016", "--limit", "1", "--json").ids) == 1
    path = tmp_path / "facts.bib"
    assert small("cite", "--country", "ruritania", "-o", str(path)).code == 0
    assert path.read_text("utf-8").count("@misc{") == len(small("timeline", "--country", "ruritania", "--json").ids)


@pytest.mark.parametrize("argv", [(), ("2016-05-late-raid", "--year", "2016"), ("--limit", "3")])
def test_either_ids_or_filters_say_what_to_cite(small: Runner, argv: tuple[str, ...]) -> None:
    run = small("cite", *argv)
    assert (run.code, run.out) == (2, "")
    assert "name facts by their ids, or choose them with filters" in run.err


def test_a_reference_names_the_revision_where_it_is_known(oir: Runner, small: Runner, copied: Path) -> None:
    assert "revision" not in small("cite", "2014-08-08").out  # none was noted, and none is invented
    path = copied / "article.json"
    article = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(article | {"revision": "12{3}"}), encoding="utf-8")
    for style in ("text", "ris", "csl-json"):
        told = oir("--store", str(copied), "cite", "2014-08-08", "--style", style).out
        assert "from revision 12{3}, CC BY-SA 4.0" in told
    assert oir("--store", str(copied), "about", "--json").json["revision"] == "12{3}"
