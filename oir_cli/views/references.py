"""References in the styles that papers and reference managers accept.

A fact's own date is not a date of publication: no style has a year, and reference managers write "n.d.".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from oir_cli.answers.references import References, section_of, standing_of
from oir_cli.model import Fact
from oir_cli.text import clean, escape_json
from oir_cli.views import Context, Written

# Characters that TeX would act on. Braces are named: BibTeX counts them even after a backslash.
_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
       "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
)  # fmt: skip


def render_text(answer: References, fields: Sequence[str], context: Context) -> Written:
    """One line for each fact: its text, the article, the section, and the version of this program."""
    return Written("".join(f"{clean(sentence)}\n" for sentence in answer.sentences()))


def render_bibtex(answer: References, fields: Sequence[str], context: Context) -> Written:
    """One @misc entry for each fact; its key is the fact's id."""
    return Written("\n".join(_entry(answer, fact) for fact in answer.facts))


def _entry(answer: References, fact: Fact) -> str:
    article = answer.article
    values = {
        # The inner braces stop a style from splitting names and from writing US as us.
        "author": f"{{{_tex(answer.author)}}}",
        "title": f"{{{_tex(fact.title)}}}",
        "howpublished": _tex(f"In: {article.title}, {section_of(fact)}"),
        "publisher": _tex(article.publisher),
        # Not escaped: styles pass it on unchanged.
        "url": _bare_url(article.url),
        "note": _tex(" ".join(filter(None, (standing_of(fact), answer.note_on(fact))))),
    }
    key = re.sub(r"[^A-Za-z0-9:_-]", "-", fact.id)
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in values.items()) + "}\n"


def render_ris(answer: References, fields: Sequence[str], context: Context) -> Written:
    """One ENCYC record for each fact; lines end with CR and LF, as the format requires."""
    article = answer.article
    records = (
        [
            ("TY", "ENCYC"),
            ("ID", fact.id),
            ("AU", answer.author),
            ("TI", fact.title),
            ("T2", article.title),
            ("PB", article.publisher),
            ("SE", section_of(fact)),
            ("UR", article.url),
            *(("N1", note) for note in (standing_of(fact), answer.note_on(fact)) if note),
            ("ER", ""),
        ]
        for fact in answer.facts
    )
    lines = (f"{tag}  - {clean(value)}\r\n" for record in records for tag, value in record)
    return Written("".join(lines))


def render_csl(answer: References, fields: Sequence[str], context: Context) -> Written:
    """A CSL-JSON array, one item for each fact."""
    article = answer.article
    items = [
        {
            "id": fact.id,
            "type": "entry-encyclopedia",
            "author": [{"literal": answer.author}],
            "title": fact.title,
            "container-title": article.title,
            "publisher": article.publisher,
            "section": section_of(fact),
            "URL": article.url,
            "note": " ".join(filter(None, (standing_of(fact), answer.note_on(fact)))),
        }
        for fact in answer.facts
    ]
    return Written(escape_json(json.dumps(items, ensure_ascii=False, indent=2)) + "\n")


def _tex(text: str) -> str:
    return clean(text).translate(_TEX)


def _bare_url(url: str) -> str:
    """`url` with each character that would end its field, or cannot be part of a URL, percent-encoded."""
    return clean(re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url))
