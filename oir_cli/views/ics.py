"""iCalendar (RFC 5545): each fact that is dated to days, as one event of whole days.

A fact dated to a month, a year or an open period would be a bar across the calendar: it is left out. So is a period of
more than LONGEST days, unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from oir_cli import __version__
from oir_cli.answers import Answer, Row
from oir_cli.answers.references import link_to
from oir_cli.dates import Span, days, written
from oir_cli.entities import Place
from oir_cli.model import Source
from oir_cli.text import clean
from oir_cli.views import Context, Written

LONGEST = 31  # days


def render(answer: Answer, fields: Sequence[str], context: Context) -> Written:
    """A calendar of the facts that have days; a fact that the answer has twice is one event."""
    facts = {row["id"]: row for row in answer.rows()}.values()
    without = long = 0
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//oir//oir {__version__}//EN")
    calendar.add("calscale", "GREGORIAN")
    if article := context.article:
        for name in ("name", "x-wr-calname"):
            calendar.add(name, clean(article.title))
        for name in ("description", "x-wr-caldesc"):
            calendar.add(name, f"{clean(article.attribution)} {clean(article.licence)}. oir {__version__}.")
    for row in facts:
        span = days(row["date"]) if row["date"] else None
        if not span:
            without += 1
        elif (span.last - span.first).days >= LONGEST and not context.long:
            long += 1
        else:
            calendar.add_component(_event(row, span, context))
    return Written(calendar.to_ical().decode(), "; ".join(filter(None, _left_out(without, long))))


def _left_out(without: int, long: int) -> Iterator[str]:
    """Remarks on so many entries without an exact day, and so many that are too long."""
    if without:
        have = "entries that have" if without != 1 else "entry that has"
        yield f"left out {without} {have} no exact day"
    if long:
        yield f"left out {long} of more than {LONGEST} days; --long keeps {'it' if long == 1 else 'them'}"


def _event(row: Row, span: Span, context: Context) -> Event:
    event = Event()
    event.add("uid", f"{clean(row['id'])}@oir")
    # The time when the event was written down is not known; the time of now would make every export another file.
    event.add("dtstamp", datetime.combine(span.first, time(), UTC))
    event.add("dtstart", span.first)
    event.add("dtend", span.last + timedelta(days=1))  # the first day after the event
    event.add("summary", clean(row["title"]))
    event.add("description", "\n".join(_description(row)))
    places = [
        context.entities["places"][each] for each in row.get("places") or () if each in context.entities["places"]
    ]
    if places:
        event.add("location", "; ".join(clean(place.name) for place in places))
    positions = [(place.lat, place.lon) for place in places if isinstance(place, Place) and place.lat is not None]
    if len(places) == len(positions) == 1:
        event.add("geo", positions[0])
    if context.article and row.get("sources"):
        event.add("url", link_to(context.article, Source(**row["sources"][0])))
    if row.get("topics"):
        event.add("categories", [clean(topic) for topic in row["topics"]])
    event.add("transp", "TRANSPARENT")  # history keeps nobody busy
    return event


def _description(row: Row) -> list[str]:
    """One line for each thing that a calendar has no property for: how certain date and fact are, and the source."""
    said = [
        ("", row["text"]),
        ("Date", row.get("date_text") or (written(row["date"]) if "~" in row["date"] else "")),
        ("Status", row.get("status")),
        ("Said by", "; ".join(row.get("attributed_to") or ())),
        ("Doubts", "; ".join(row.get("disputed_by") or ())),
        ("Differs from", "; ".join(row.get("differs_from") or ())),
        ("Note", row.get("note")),
        *(("Source", f"{each['section']}, paragraph {each['paragraph']}") for each in row.get("sources") or ()),
        ("Id", row["id"]),
    ]
    return [f"{key}: {clean(value)}" if key else clean(value) for key, value in said if value]
