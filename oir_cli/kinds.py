"""The kinds of thing that facts name: each is a command, a filter, a grouping and a vocabulary, declared here once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


def _any(_: Any) -> bool:
    return True


def _is_state(entity: Any) -> bool:
    return bool(entity.kind == "state")


class Kind(NamedTuple):
    """One kind of entity.

    `word` is the name of its command and of its filter (`oir country`, `--country`). `key` is the name of its
    vocabulary; a fact lists the ids of such entities under the same key. `title` heads the list of all of them. `scope`
    completes the help of the filter ("Only facts …"), `summary` is the first line of the command's help, `example` a
    name to try. `holds` tells whether an entity of the vocabulary is of this kind.
    """

    word: str
    key: str
    title: str
    scope: str
    summary: str
    example: str
    holds: Callable[[Any], bool] = _any

    @property
    def article(self) -> str:
        """ "a" or "an", as the word needs it."""
        return "an" if self.word[0] in "aeiou" else "a"


COUNTRY = Kind(
    "country",
    "participants",
    "Countries",
    "about this state or its forces",
    "States that took part or that facts mention.",
    "canada",
    _is_state,
)
PARTICIPANT = Kind(
    "participant",
    "participants",
    "Participants",
    "about this state, force, group or organisation",
    "States, forces, armed groups and organisations.",
    "peshmerga",
)
PERSON = Kind("person", "people", "People", "about this person", "People, with role, side and fate.", "obama")
PLACE = Kind("place", "places", "Places", "at this place or within it", "Places, with what lies within them.", "mosul")
TOPIC = Kind("topic", "topics", "Topics", "on this topic or one below it", "Topics and their subtopics.", "airstrikes")
EVENT = Kind(
    "event",
    "events",
    "Events",
    "of this event or one within it",
    "Events in date order, each told by its facts.",
    "soleimani-strike",
)

# By word, in the order in which help lists them.
KINDS: dict[str, Kind] = {kind.word: kind for kind in (COUNTRY, PARTICIPANT, PERSON, PLACE, TOPIC, EVENT)}

# Measures appear in the figures of a fact, not in the fact itself: they have a vocabulary, but no filter and no
# grouping.
MEASURE = Kind("measure", "measures", "Measures", "", "", "troops-present")


def kind_of(key: str) -> Kind:
    """The widest kind that the vocabulary `key` holds: "participant" for participants."""
    return next(kind for kind in (*KINDS.values(), MEASURE) if kind.key == key and kind.holds is _any)
