"""Rules for facts: their ids, texts, links, status and sources. Their numbers have rules of their own, in `numbers`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oir_cli.check.known import Known
from oir_cli.check.texts import check_short_line, check_slug, check_text
from oir_cli.entities import Event, chain
from oir_cli.model import ID_LISTS, STATUSES, Fact
from oir_cli.store import UNDATED

LONGEST_TEXT = 400  # characters; a fact is one or two sentences


def check_id(fact: Fact, _: Known) -> Iterator[str]:
    """The id is a slug that begins with the year of the date."""
    yield from check_slug(fact.id)
    if not fact.id.startswith(f"{fact.date[:4] if fact.date else UNDATED}-"):
        yield "the id does not begin with the year of its date, or with undated"


def check_title(fact: Fact, known: Known) -> Iterator[str]:
    """The title is a short line that no other fact has."""
    yield from check_short_line("title", fact.title)
    if known.titles[fact.title.casefold()] > 1:
        yield f'the title "{fact.title}" is given twice'


def check_words(fact: Fact, _: Known) -> Iterator[str]:
    """The text is a sentence of a readable length; what else is said in words can be shown unchanged."""
    yield from check_text("text", fact.text)
    if len(fact.text) > LONGEST_TEXT:
        yield f"the text is longer than {LONGEST_TEXT} characters"
    if not fact.text.endswith((".", '."', ".”")) or not (
        fact.text.lstrip('"“(')[:1].isupper() or fact.text[:1].isdigit() or fact.text[:1] in "€$"
    ):
        yield "the text is not a sentence from a capital letter or number to a full stop"
    for key, text in (("date_text", fact.date_text), ("note", fact.note)):
        if text is not None:
            yield from check_text(key, text)


def check_links(fact: Fact, known: Known) -> Iterator[str]:
    """Every entity that the fact mentions exists and is listed once; there is a topic."""
    for key in ID_LISTS:
        ids = fact.ids(key)
        if len(set(ids)) != len(ids):
            yield f"{key} names one twice"
        for each in ids:
            if known.lacks(key, each):
                yield f"{key} names {each}, which does not exist"
    if not fact.topics:
        yield "has no topic"


def check_events(fact: Fact, known: Known) -> Iterator[str]:
    """The fact's date overlaps those of its events, and it lists no event besides one within it."""
    events = {each: known.entities["events"][each] for each in fact.events if each in known.entities["events"]}
    for each, event in events.items():
        span = event.span if isinstance(event, Event) else None
        if fact.span and span and not fact.span.widest().overlaps(span.widest()):
            yield f"its date is outside that of the event {each}"
        for above in chain(known.entities["events"], each)[1:]:
            if above in events:
                yield f"lists the event {above} besides {each}, which is part of it"


def check_credit(fact: Fact, _: Known) -> Iterator[str]:
    """The status is a known one, and those who claim or dispute the fact are named where it says that they do."""
    for key, names in (("attributed_to", fact.attributed_to), ("disputed_by", fact.disputed_by)):
        for name in names:
            yield from check_text(key, name)
            if ";" in name:
                yield f"{key} has a semicolon, which separates the names in a table"
    if fact.status not in STATUSES:
        yield f"status {fact.status} is not one of {', '.join(STATUSES)}"
    if fact.status in ("attributed", "disputed") and not fact.attributed_to:
        yield f"is {fact.status}, and attributed_to names nobody"
    if (fact.status == "disputed") != bool(fact.disputed_by):
        yield "is disputed without disputed_by, or the other way round"


def check_differences(fact: Fact, known: Known) -> Iterator[str]:
    """A fact that differs from others says how, and each of them differs from it too."""
    if fact.differs_from and not fact.note:
        yield "differs from another fact, and no note says how"
    if len(set(fact.differs_from)) != len(fact.differs_from):
        yield "differs_from names one twice"
    for other in fact.differs_from:
        if other == fact.id:
            yield "differs from itself"
        elif known.lacks("facts", other):
            yield f"differs from {other}, which does not exist"
        elif other in known.facts and fact.id not in known.facts[other].differs_from:
            yield f"differs from {other}, which does not differ from it"


def check_sources(fact: Fact, known: Known) -> Iterator[str]:
    """There is a source, and each is a paragraph that the article has."""
    if not fact.sources:
        yield "has no source"
    if len(set(fact.sources)) != len(fact.sources):
        yield "names a source twice"
    if known.article is None:
        return
    for source in fact.sources:
        paragraphs = known.article.sections.get(source.section)
        if paragraphs is None:
            yield f"names the section {source.section}, which the article does not have"
        elif not 1 <= source.paragraph <= paragraphs:
            yield f"names paragraph {source.paragraph} of {source.section}, which has {paragraphs}"


RULES: tuple[Callable[[Fact, Known], Iterator[str]], ...] = (
    check_id, check_title, check_words, check_links, check_events, check_credit, check_differences, check_sources,
)  # fmt: skip
