"""A Markdown document that a person would paste, as GitHub and most other renderers read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.answers.brief import Line
from oir_cli.entities import Article
from oir_cli.text import clean
from oir_cli.views import Context, Written
from oir_cli.views.document import STATUS, FactView, Page, Table, page_of, table_page

# The characters that Markdown, or its dialects with strike-through and mathematics, would act on within a cell. An
# underscore between letters is safe, and in a bare address a backslash would become a part of the address.
_ACTIVE = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# At the start of a line: the signs of headings, lists and rules. At its end: those that close a heading.
_AT_EDGES = re.compile(r"^(?=[#+=-])|^\d+(?=[.)])|(?=#+$)")
# The beginning of an address that GitHub makes a link of.
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The answer as a document; where `fields` are given, a table of its records with these."""
    page = table_page(answer, fields) if fields else page_of(answer, context)
    blocks = [_heading(1, page.title), _block(page.summary), *_WRITTEN_BY[page.template](page), *_footer(context)]
    return Written(_unlink("\n\n".join(filter(None, blocks)) + "\n", context.article))


def _line(text: str) -> str:
    """A text within a line, which Markdown shows unchanged."""
    return escaped(clean(" ".join(text.split())))


def _block(text: str) -> str:
    """A text as a whole line, which Markdown shows unchanged as a paragraph or after the sign of a heading."""
    return _AT_EDGES.sub(lambda found: f"{found.group()}\\", _line(text))


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {_block(text)}" if text else ""


def _unlink(text: str, article: Article | None) -> str:
    """The document without addresses that would become links, other than those of the article and its licence."""
    own = tuple(filter(_is_address, (article.url, article.licence_url))) if article else ()
    return _ADDRESS.sub(
        lambda found: found.group() if text.startswith(own, found.start()) else _spelled_out(found.group()), text
    )


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _spelled_out(address: str) -> str:
    return address.replace(":", "&#58;").replace(".", "&#46;")


def _facts(page: Page) -> Iterator[str]:
    """The heads of profiles, then facts in lists under their headings."""
    for profile in page.more.get("profiles", ()):
        yield from _profile(profile, several=len(page.more["profiles"]) > 1)
    for section in page.sections:
        yield _heading(2, section.heading)
        for place, group in enumerate(section.groups):
            # Without a heading they would belong to the event before them.
            yield _heading(3, group.heading or ("Single facts" if place else ""))
            yield "\n".join(_fact(view) for view in group.facts)
    if not page.sections:
        yield "Nothing found."


def _profile(profile: Mapping[str, Any], *, several: bool) -> Iterator[str]:
    yield _heading(2, profile["name"]) if several else ""
    yield _block(profile["description"])
    topics = ", ".join(f"{name} ({count})" for name, count in profile["topics"])
    said = [*profile["about"], *([("topics", topics)] if topics else [])]
    yield "\n".join(f"- **{_line(key)}**: {_line(value)}" for key, value in said)
    yield from _figures_of(profile["figures"])


def _figures_of(made: Table) -> Iterator[str]:
    if made.rows:
        yield _table(made)


def _fact(view: FactView) -> str:
    """A fact as an entry of a list, with all that must be said of it in the same entry."""
    fact = view.fact
    said = [
        f"**{_line(view.when)}**",
        f"*{_line(view.status)}*" if view.status else "",
        _line(fact.text),
        f"Said by {_line('; '.join(fact.attributed_to))}." if fact.attributed_to else "",
        f"Denied or doubted: {_line('; '.join(fact.disputed_by))}." if fact.disputed_by else "",
        f"The article says otherwise elsewhere: {_line('; '.join(title for title, _ in view.differs))}."
        if view.differs
        else "",
        f"Note: {_line(fact.note)}" if fact.note else "",
        f"({'; '.join(_source(words, address) for words, address in view.sources)})",
        _id(fact.id) if view.has_id else "",
    ]
    return f"- {' '.join(filter(None, said))}"


def _id(slug: str) -> str:
    return f"`{slug}`" if re.fullmatch(r"[\w-]+", slug) else _line(slug)


def _source(words: str, address: str) -> str:
    """A link to a section of the article; the last heading is enough where the address has it."""
    return _link(words.rpartition(" > ")[2] if "#" in address else words, address)


def _link(words: str, address: str) -> str:
    """A link, whose address cannot end it; only the words where there is no address of the web."""
    target = quote(address, safe="/:#?&=%@!$+,;~.-_*'")
    return f"[{_line(words)}]({target})" if _is_address(address) else _line(words)


def _brief(page: Page) -> Iterator[str]:
    for year, lines in page.more["years"]:
        yield _heading(2, year)
        yield "\n".join(_brief_line(when, line) for when, line in lines)
    if not page.more["years"]:
        yield "Nothing found."


def _brief_line(when: str, line: Line) -> str:
    title = f"**{_line(line.title)}**" if line.major else _line(line.title)
    status = STATUS[line.status]
    count = len(line.facts)
    said = [_line(when), title, f"*{status}*" if status else "", f"({count} facts)" if count > 1 else ""]
    return f"- {' · '.join(filter(None, said[:2]))} {' '.join(filter(None, said[2:]))}".rstrip()


def _disputes(page: Page) -> Iterator[str]:
    for heading, pairs in page.more["kinds"]:
        yield _heading(2, heading)
        for pair in pairs:
            claim, other = pair["claim"], pair["other"]
            yield _heading(3, claim.fact.title)
            entries = [_fact(claim)]
            entries += [_fact(other)] if other else []
            yield "\n".join(entries)
    if not page.more["kinds"]:
        yield "Nothing found."


def _figures(page: Page) -> Iterator[str]:
    for measure, _, made in page.more["measures"]:
        yield _heading(2, measure.name) if len(page.more["measures"]) > 1 else ""
        yield _block(measure.description)
        yield _table(made) if made.rows else "No value."


def _records(page: Page) -> Iterator[str]:
    made = page.more["table"]
    if not made.rows:
        yield "Nothing found."
    elif "sentences" in page.more:
        yield "\n".join(f"- {_block(sentence)}" for sentence in page.more["sentences"])
    else:
        yield _table(made)


_WRITTEN_BY = {"facts": _facts, "brief": _brief, "disputes": _disputes, "figures": _figures, "table": _records}


def _footer(context: Context) -> Iterator[str]:
    """A line that names the article, the licence and the version, with links."""
    if article := context.article:
        title, licence = _link(article.title, article.url), _link(article.licence, article.licence_url)
        yield f"*{title}, {_line(article.publisher)}, {licence}; oir {__version__}*"


def escaped(text: str) -> str:
    """One line of text that a Markdown renderer shows unchanged."""
    text = re.sub("[&<>]", lambda found: _ENTITIES[found.group()], text)
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", text)


def _table(made: Table) -> str:
    """A table; columns of numbers are aligned to the right, and texts of one cell are one below the other."""
    ruler = ["---:" if column in made.numbers else "---" for column in range(len(made.headings))]
    lines = [[_line(name) for name in made.headings], ruler, *([_cell(value) for value in row] for row in made.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: str | list[str]) -> str:
    return escaped(clean(value)) if isinstance(value, str) else "<br>".join(map(_line, value))
