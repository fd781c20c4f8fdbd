"""What free text says: the dates and the names in it, the words that are left, and what kind of answer it asks for.

Nothing here ranks; `search` does. What is recognised only raises facts, it never leaves any out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from oir_cli.dates import MONTHS, Span, YearlyDay, read_days, read_period
from oir_cli.errors import BadDate
from oir_cli.names import fold, plain

MOST_WORDS = 60  # more is no question, but a clipboard
LONGEST_NAME = 6  # in words

# Words that ask or join, and tell facts apart as little as a blank does.
STOPWORDS = frozenset(
    """
    a about actually after all also altogether am an and any anyone anything are around as at be because been
    before being between both but by can could date details did do does doing done during each ever exactly fact
    facts far few finally find for from get give given go going got had happen happened happens has have having he
    her him his how i if in info information into is it its just kind know like list long made make many me more
    most much my names new no not now number numbers of off old on once one only or other our out over own per
    place please really reason s said say saying says she should show size so some someone something sort still
    such t tell than that the their them then there these they this those time to too total type up upon use used
    using very want was we were what whats when where which while who whom whose why will with within would year
    yet you your
    """.split()  # noqa: SIM905 - a list would be one word a line
)
# What a question word hopes for in the answer.
HINTS = {
    "how (?:many|much)": "figures",
    "(?:number|size|strength|count|tally|total|amount|cost|price|share|proportion|percentage|per ?cent)": "figures",
    "who": "people",
    "whom": "people",
    "whose": "people",
    "when": "days",
    "(?:what|which) (?:day|date)": "days",
    "(?:what|which) (?:city|cities|town|towns|village|place|places|province)": "places",
    "how (?:big|large|far|long|often)": "figures",
    "where": "places",
    "why": "reasons",
    "(?:reason|cause|caused|motive|purpose|aim|goal)s?": "reasons",
}
# A question has one of these as its first or second word ("on what day").
_ASKING = frozenset(
    """
    are can could did do does had has have how is was were what when where which who whom whose why will would
    """.split()  # noqa: SIM905 - a list would be one word a line
)
# From one of these on, but not among the first words, a question says which event it means, not what it asks of it.
_ASIDES = frozenset(
    """
    after although as because before besides despite during following if once since so that then though until when
    where which while who whom whose
    """.split()  # noqa: SIM905 - a list would be one word a line
)
_OPENING = 3  # words: "since when", "to which base"
# Names and codes that are also plain words: taken for a name only where written in capitals ("IS", not "is").
_ALSO_WORDS = STOPWORDS | {
    *("coalition", "congress", "den", "fin", "guardian", "hood", "lat", "mar", "march", "marines", "may", "nor"),
    "pause",
}
# "F-16s", "cf18", "C-130J"; a blank stands only after a single letter: "flew 547" is no aircraft.
_DESIGNATION = re.compile(r"\b([A-Za-z]{1,4}-?|[A-Za-z] )(\d{1,3})([A-Za-z]{0,2})\b")
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}\b)")  # begins with what is looked for, which is found fast
_PART_OF = re.compile(r"\b(early|mid|late)-(?=\w)", re.I)  # "mid-2015"
_NO_DESIGNATION = frozenset(month[:4].lower() for month in MONTHS) | {
    "june",
    "july",
    "mar",
    "sept",
    "us",
    "uk",
    "un",
    "no",
}
_ISO = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_PERIOD = re.compile(rf"{_ISO.pattern}/{_ISO.pattern}", re.ASCII)
_SLASHED = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{2,4}", re.ASCII)  # 07/08/2014, 3.5.16
_SPELT = "|".join(rf"{month[:3]}(?:{month[3:]})?" if month != "September" else "sept?(?:ember)?" for month in MONTHS)
_WITH_MONTH = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{_SPELT})(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?: \d{{4}})?", re.I
)


class Named(NamedTuple):
    """An entity that the words name: its vocabulary, its id, and the words."""

    key: str
    entity: str
    words: str


class Understanding:
    """The parts of a question: dates, names, the words to look for, what is hoped for, and how words were mended.

    `whole` is all of it as it would stand in a fact. `aside` are those of the words that only say which event is meant:
    "who died when the ship sank" asks of no ship. `unread` are dates that cannot be read, or in two ways, `unknown`
    words that no fact holds.
    """

    def __init__(self, hints: set[str]) -> None:
        self.dates: list[tuple[str, Span | YearlyDay]] = []
        self.names: list[Named] = []
        self.words: list[str] = []
        self.whole = ""
        self.aside: set[str] = set()
        self.unread: list[str] = []
        self.unknown: list[str] = []
        self.hints = hints
        self.mended: dict[str, str] = {}

    def said(self) -> str:
        """What was understood, in a line; empty where nothing but plain words was."""
        parts = [f"{wrong} read as {right}" for wrong, right in self.mended.items()]
        parts += [f"{named.words} as {named.key} {named.entity}" for named in self.names]
        parts += [f"{text} as a date" for text, _ in self.dates]
        return ", ".join(parts)


def normal(text: str) -> str:
    """Text as words to index and to look up: plain, numbers without commas, "F-16s" as "f16"."""
    return plain(_DESIGNATION.sub(_joined, _THOUSANDS.sub("", text))) if text else ""


def _joined(found: re.Match[str]) -> str:
    letters, number, rest = (part.lower() for part in found.groups())
    letters = letters.rstrip("- ")
    if letters in _NO_DESIGNATION or letters in STOPWORDS:
        return found.group()
    variant = rest.removesuffix("s")
    return f"{letters}{number} {letters}{number}{variant}" if variant else f"{letters}{number}"


def understand(
    text: str,
    named: Callable[[str], list[tuple[str, str]]] = lambda spelling: [],
    is_phrase: Callable[[str], bool] = lambda phrase: False,
) -> Understanding:
    """Take `text` apart. The words include those of the names and dates, which facts may hold as well.

    `named` gives vocabulary and id of what a folded name means; `is_phrase` says whether two or three words are known
    as one ("pull out"), to be looked up together.
    """
    raw = re.findall(r"[^\s,;:!?()\[\]{}\"]+", _PART_OF.sub(r"\1 ", _THOUSANDS.sub("", text)))[:MOST_WORDS]
    raw = [re.sub(r"['’]s$", "", word.strip("-'’.")) for word in raw]
    raw = [word for word in raw if plain(word)]
    found = Understanding({hope for asked, hope in HINTS.items() if re.search(rf"\b{asked}\b", text.lower())})
    taken: set[int] = set()
    unread: set[int] = set()
    for size in range(min(LONGEST_NAME, len(raw)), 0, -1):
        for at in range(len(raw) - size + 1):
            window = set(range(at, at + size))
            if taken & window:
                continue
            said = " ".join(raw[at : at + size])
            try:
                date = _date(said) if size < 5 else None
            except BadDate:
                found.unread.append(said)
                unread |= window
                taken |= window
                continue
            plain_word = fold(said) in _ALSO_WORDS and not said.isupper()
            means = [] if plain_word else named(fold(said))
            if date is not None:
                found.dates.append((said, date))
            found.names.extend(Named(key, entity, said) for key, entity in means if date is None)
            if date is not None or means:
                taken |= window
    found.whole = normal(" ".join(word for at, word in enumerate(raw) if at not in unread))
    words = found.whole.split()
    found.words.extend(dict.fromkeys(_words(words, is_phrase)))
    found.aside.update(set(found.words) - set(_words(words[: _main_part(words)], is_phrase)))
    return found


def _main_part(words: list[str]) -> int:
    """How many of the words come before those that only say which event is meant."""
    if _ASKING.isdisjoint(words[:2]):
        return len(words)
    return next((at for at, word in enumerate(words) if at >= _OPENING and word in _ASIDES), len(words))


def _words(words: list[str], is_phrase: Callable[[str], bool]) -> Iterator[str]:
    """The words that tell facts apart, those of a phrase together."""
    at = 0
    while at < len(words):
        sizes = (size for size in (3, 2) if at + size <= len(words) and is_phrase(" ".join(words[at : at + size])))
        size = next(sizes, 1)
        phrase = " ".join(words[at : at + size])
        if phrase not in STOPWORDS:
            yield phrase
        at += size


def _date(said: str) -> Span | YearlyDay | None:
    """The date that these words are: a year, an ISO date or period, or a month with a day or a year.

    Raises BadDate where they are meant as one, and are none or could be two.
    """
    if _PERIOD.fullmatch(said):
        return read_period(said)
    if _ISO.fullmatch(said) or _SLASHED.fullmatch(said) or (" " in said and _WITH_MONTH.fullmatch(said)):
        return read_days(said)
    return None
