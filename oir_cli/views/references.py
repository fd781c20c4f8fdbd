"""References in the styles that papers and reference managers take.

A fact's own date is no date of publication: no style has a year, and reference managers write "n.d.".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from oir_cli.answers.references import References
from oir_cli.model import Fact
from oir_cli.text import clean, escape_json

# What TeX does not print as it is. Braces by their names: BibTeX counts them, also where a backslash precedes.
_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
       "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
)  # fmt: skip


def render_text(answer: References, fields: Sequence[str] = ()) -> str:
    """One line a fact: what it says, the article, the section, and which version told it."""
    return "".join(f"{line}\n" for line in lines(answer))


def lines(answer: References) -> Iterator[str]:
    """Each reference as a line."""
    article = answer.article
    for fact in answer.facts:
        parts = [
            fact.text,
            _standing(fact),
            f'In: "{article.title}", {_places(fact)}. {_author(answer)}, {article.url}.',
            _note(answer, fact),
        ]
        yield clean(" ".join(filter(None, parts)))


def render_bibtex(answer: References, fields: Sequence[str] = ()) -> str:
    """One @misc entry a fact; its key is the fact's id."""
    return "\n".join(_entry(answer, fact) for fact in answer.facts)


def _entry(answer: References, fact: Fact) -> str:
    article = answer.article
    values = {
        # The inner braces keep a style from taking names apart, and from writing US as us.
        "author": f"{{{_tex(_author(answer))}}}",
        "title": f"{{{_tex(fact.text)}}}",
        "howpublished": _tex(f"In: {article.title}, {_places(fact)}"),
        "publisher": _tex(article.publisher),
        # As it is: styles hand it on verbatim.
        "url": _bare_url(article.url),
        "note": _tex(" ".join(filter(None, (_standing(fact), _note(answer, fact))))),
    }
    key = re.sub(r"[^A-Za-z0-9:_-]", "-", fact.id)
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in values.items()) + "}\n"


def render_ris(answer: References, fields: Sequence[str] = ()) -> str:
    """One ENCYC record a fact; lines end as the format asks, with CR and LF."""
    article = answer.article
    records = (
        [
            ("TY", "ENCYC"),
            ("ID", fact.id),
            ("AU", _author(answer)),
            ("TI", fact.text),
            ("T2", article.title),
            ("PB", article.publisher),
            ("SE", _places(fact)),
            ("UR", article.url),
            *(("N1", note) for note in (_standing(fact), _note(answer, fact)) if note),
            ("ER", ""),
        ]
        for fact in answer.facts
    )
    return "".join("".join(f"{tag}  - {clean(value)}\r\n" for tag, value in record) for record in records)


def render_csl(answer: References, fields: Sequence[str] = ()) -> str:
    """A CSL-JSON array, one item a fact."""
    article = answer.article
    items = [
        {
            "id": fact.id,
            "type": "entry-encyclopedia",
            "author": [{"literal": _author(answer)}],
            "title": fact.text,
            "container-title": article.title,
            "publisher": article.publisher,
            "section": _places(fact),
            "URL": article.url,
            "note": " ".join(filter(None, (_standing(fact), _note(answer, fact)))),
        }
        for fact in answer.facts
    ]
    return escape_json(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def _author(answer: References) -> str:
    return f"{answer.article.publisher} contributors"


def _places(fact: Fact) -> str:
    return "; ".join(f"{source.section}, paragraph {source.paragraph}" for source in fact.sources)


def _standing(fact: Fact) -> str:
    """What a text may not say and a reader of the reference must know: that it is doubted, or was only planned."""
    if fact.status == "disputed":
        return f"Disputed by {'; '.join(fact.disputed_by)}."
    return "Planned or announced, not reported done." if fact.status == "planned" else ""


def _note(answer: References, fact: Fact) -> str:
    article = answer.article
    return f"Fact {fact.id} of oir {answer.version}, {article.licence}, {article.licence_url}."


def _tex(text: str) -> str:
    return clean(text).translate(_TEX)


def _bare_url(url: str) -> str:
    """`url` with what would end its field, or is no part of any URL, percent-encoded."""
    return clean(re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url))
