"""A Markdown document that a person would paste, as GitHub and most other renderers read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from oir_cli import __version__
from oir_cli.answers import Answer
from oir_cli.answers.brief import Line
from oir_cli.text import clean
from oir_cli.views import Context, Written
from oir_cli.views.document import STATUS, FactView, Page, Table, page_of, table_page

# The characters that Markdown, or its dialects with strike-through and mathematics, would act on within a cell. An
# underscore between letters is safe, and in a bare address a backslash would become a part of the address.
_ACTIVE = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """The answer as a document; where `fields` are given, a table of its records with these."""
    page = table_page(answer, fields) if fields else page_of(answer, context)
    blocks = [f"# {_line(page.title)}", _line(page.summary), *_WRITTEN_BY[page.template](page), *_footer(context)]
    return Written("\n\n".join(filter(None, blocks)) + "\n")


def _line(text: str) -> str:
    """A text as one line that Markdown shows unchanged."""
    return escaped(clean(" ".join(text.split())))


def _facts(page: Page) -> Iterator[str]:
    """The heads of profiles, then facts in lists under their headings."""
    for profile in page.more.get("profiles", ()):
        yield from _profile(profile, several=len(page.more["profiles"]) > 1)
    for section in page.sections:
        yield f"## {_line(section.heading)}" if section.heading else ""
        for group in section.groups:
            yield f"### {_line(group.heading)}" if group.heading else ""
            yield "\n".join(_fact(view) for view in group.facts)
    if not page.sections:
        yield "Nothing found."


def _profile(profile: Mapping[str, Any], *, several: bool) -> Iterator[str]:
    yield f"## {_line(profile['name'])}" if several else ""
    yield _line(profile["description"])
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
        f"({'; '.join(_link(words, address) for words, address in view.sources)})",
        f"`{clean(fact.id)}`" if view.has_id else "",
    ]
    return f"- {' '.join(filter(None, said))}"


def _link(words: str, address: str) -> str:
    """A link to a section of the article, whose address cannot end it; the last heading is enough where it has one."""
    if "#" in address:
        words = words.rpartition(" > ")[2]
    target = quote(address, safe="/:#?&=%@!$+,;~.-_*'")
    return f"[{_line(words)}]({target})" if address else _line(words)


def _brief(page: Page) -> Iterator[str]:
    for year, lines in page.more["years"]:
        yield f"## {_line(year)}"
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
        yield f"## {_line(heading)}"
        for pair in pairs:
            claim, other = pair["claim"], pair["other"]
            yield f"### {_line(claim.fact.title)}"
            entries = [_fact(claim)]
            entries += [_fact(other)] if other else []
            yield "\n".join(entries)
    if not page.more["kinds"]:
        yield "Nothing found."


def _figures(page: Page) -> Iterator[str]:
    for measure, _, made in page.more["measures"]:
        yield f"## {_line(measure.name)}" if len(page.more["measures"]) > 1 else ""
        yield _line(measure.description)
        yield _table(made) if made.rows else "No value."


def _records(page: Page) -> Iterator[str]:
    made = page.more["table"]
    yield _table(made) if made.rows else "Nothing found."


_WRITTEN_BY = {"facts": _facts, "brief": _brief, "disputes": _disputes, "figures": _figures, "table": _records}


def _footer(context: Context) -> Iterator[str]:
    """A line that names the article, the licence and the version."""
    if article := context.article:
        yield f"*{_line(f'{article.title}, {article.publisher}, {article.licence}; oir {__version__}')}*"


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
