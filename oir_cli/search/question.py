"""Free text taken apart: dates, names, the words to look for, and the kind of answer that it asks for.

Nothing here ranks facts; `ranking` does. What is recognised raises facts and leaves none out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol
from unicodedata import normalize

from oir_cli.dates import MONTHS, Mention, Span, YearlyDay, find_dates
from oir_cli.errors import BadDate
from oir_cli.kinds import kind_of
from oir_cli.names import fold, plain
from oir_cli.search.spelling import join_thousands, sound, tidy

MOST_WORDS = 60  # more is not a question, but a clipboard
LONGEST_NAME = 6  # in words
LONGEST_PHRASE = 3  # in words
SHORTEST_TYPO = 4  # letters: shorter words are near to too many others
LONG_WORD = 7  # letters: few plain words of this length differ from others in the first letter only
# How similar a word must be to replace an unknown one, as difflib measures it: one letter missing in a word of four, or
# wrong in a word of seven. A lower value replaces words that are right: with 0.8 "eager" becomes "eagle".
SIMILAR_WORD = 0.85
# How similar a word must be that sounds the same, and how many sounds it must have at least.
SIMILAR_SOUND, SHORTEST_SOUND = 0.6, 3

# Words that ask or join, also of French, German, Spanish and Turkish: they separate facts as little as a space does.
STOPWORDS = frozenset(
    """
    a about actual actually after all also altogether am an and any anyone anything anyway are around as at au aux
    avec basically be because been before being between bir bit both bro but by came can cant combien come coming
    con could cuando cuantas cuantos dans das date de deal del dem den der des details did didnt do does doing donde
    done dont du dude dudes during each ein eine el else en est et even ever everybody everyone exactly fact facts
    far few finally find folks for from get give given go going gonna got guess guy guys had happen happened happens
    has have having he hello her hey hi him his how hows i icin id if ile im in info information into is isnt it its
    just kac kind kinda know la las le les let lets like list literally lol long los made make many me mit more most
    much my names ne nerede new no not now number numbers of off ok okay old on once one only or other ou our out
    over own par para per place please pls plus por pour quand que quel quelle quelles quels qui quien quite quoi
    really reason right s said say saying says she should show size so some someone something sont sort still stuff
    such sur t tell than thanks that the their them then there these they thing things this tho those though time to
    too total type un und une up upon use used using ve very von wann want warum was wasnt we wer were what whats
    when whens where wheres which while who whole whom whose why wie wieviel will with within wo wont would y yeah
    year yet you your zaman zu
    """.split()  # noqa: SIM905 - a list would be one word a line
)
# The kind of answer that a question word asks for, by the pattern of the word.
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
# Names and codes that are also plain words: taken for a name only where written in capitals ("IS", not "is").
_ALSO_WORDS = STOPWORDS | {
    *("coalition", "congress", "den", "fin", "guardian", "hood", "lat", "mar", "march", "marines", "may", "nor"),
    "pause",
}
# "F-16s", "cf18", "C-130J"; a space only after a single letter: "flew 547" is not an aircraft.
_DESIGNATION = re.compile(r"\b([A-Za-z]{1,4}-?|[A-Za-z] )(\d{1,3})([A-Za-z]{0,2})\b")
_NOT_LETTERS = frozenset(month[:4].lower() for month in MONTHS) | {"mar", "sept", "us", "uk", "un", "no"}


class Named(NamedTuple):
    """An entity that words of the question name: its vocabulary, its id, and the words."""

    key: str
    entity: str
    words: str


class Question(NamedTuple):
    """Free text taken apart.

    `words` are the words and phrases to look for, without those that only ask; `whole` is all of the text as it would
    be indexed. `dates` and `names` are what was recognised, `unread` is a sentence for each date that cannot be read,
    `corrected` the word that replaced each typo, and `hints` the kinds of answer asked for, values of HINTS.
    """

    words: tuple[str, ...]
    whole: str
    dates: tuple[tuple[str, Span | YearlyDay], ...]
    names: tuple[Named, ...]
    unread: tuple[str, ...]
    corrected: Mapping[str, str]
    hints: frozenset[str]

    def other_words(self) -> list[str]:
        """The words and phrases that are not part of a name or a date."""
        taken = {
            word
            for text in (*(named.words for named in self.names), *(text for text, _ in self.dates))
            for word in normal(text).split()
        }
        return [word for word in self.words if not taken.issuperset(word.split())]

    def understood(self) -> str:
        """How words were understood that are typos, names or dates; "" where there are none."""
        parts = [f'"{typo}" as "{word}"' for typo, word in self.corrected.items()]
        parts += [f'"{named.words}" as the {kind_of(named.key).word} {named.entity}' for named in self.names]
        parts += [f'"{text}" as a date' for text, _ in self.dates]
        return ", ".join(parts)


class Vocabulary(Protocol):
    """All that is known of words: an Index, whose methods have these meanings."""

    def named(self, spelling: str) -> list[tuple[str, str]]: ...
    def is_phrase(self, phrase: str) -> bool: ...
    def has_word(self, word: str) -> bool: ...
    def words(self, initial: str = "") -> list[str]: ...
    def name_words(self) -> set[str]: ...


def normal(text: str) -> str:
    """Text as words to index and to look up: plain, numbers without commas, "F-16s" as "f16"."""
    return plain(_DESIGNATION.sub(_joined, join_thousands(text))) if text else ""


def _joined(found: re.Match[str]) -> str:
    letters, number, rest = (part.lower() for part in found.groups())
    letters = letters.rstrip("- ")
    if letters in _NOT_LETTERS or letters in STOPWORDS:
        return found.group()
    variant = rest.removesuffix("s")
    return f"{letters}{number} {letters}{number}{variant}" if variant else f"{letters}{number}"


class Word(NamedTuple):
    """A word as typed, and the characters of the text that it takes, from `start` to before `end`."""

    text: str
    start: int
    end: int


def understand(text: str, known: Vocabulary) -> Question:
    """Take `text` apart. The words include those of names and dates, which facts may use as well."""
    text = _shorten(tidy(normalize("NFC", text)))
    corrected = _correct(text, known)
    if corrected:
        text = re.sub(r"\w+", lambda word: corrected.get(plain(word.group()), word.group()), text)
    # Every date has a digit, and what reads dates takes a while to import.
    mentions = find_dates(text) if any(char.isdigit() for char in text) else []
    unread = [mention for mention in mentions if isinstance(mention.date, BadDate)]
    typed = split_words(text)
    whole = normal(" ".join(word.text for word in typed if not _is_in(word, unread)))
    return Question(
        words=tuple(dict.fromkeys(_words(whole.split(), known))),
        whole=whole,
        dates=tuple((text[start:end], date) for start, end, date in mentions if not isinstance(date, BadDate)),
        names=tuple(_find_names(typed, {at for at, word in enumerate(typed) if _is_in(word, mentions)}, known)),
        unread=tuple(str(mention.date) for mention in unread),
        corrected=corrected,
        hints=frozenset(hint for pattern, hint in HINTS.items() if re.search(rf"\b{pattern}\b", text.lower())),
    )


def _shorten(text: str) -> str:
    """The first MOST_WORDS words of the text."""
    return " ".join(text.split()[:MOST_WORDS])


def split_words(text: str) -> list[Word]:
    """The words as typed, without punctuation at their ends and without a possessive "'s"."""
    words = []
    for found in re.finditer(r"[^\s,;:!?()\[\]{}\"]+", text):
        bare = found.group().lstrip("-'’.")
        word = re.sub(r"['’]s$", "", bare.rstrip("-'’."))
        if plain(word):
            words.append(Word(word, found.end() - len(bare), found.end()))
    return words


def _is_in(word: Word, mentions: Iterable[Mention]) -> bool:
    """Whether the word is part of one of the dates."""
    return any(word.start < mention.end and mention.start < word.end for mention in mentions)


def _find_names(typed: Sequence[Word], taken: set[int], known: Vocabulary) -> Iterator[Named]:
    """The names among the words, the longest first, apart from each other and from the words at places `taken`."""
    shouted = all(word.text.isupper() for word in typed) and len(typed) > 1
    for size in range(min(LONGEST_NAME, len(typed)), 0, -1):
        for start in range(len(typed) - size + 1):
            place = range(start, start + size)
            said = " ".join(word.text for word in typed[start : start + size])
            if taken.isdisjoint(place) and (fold(said) not in _ALSO_WORDS or (said.isupper() and not shouted)):
                found = known.named(fold(said))
                yield from (Named(key, entity, said) for key, entity in found)
                taken.update(place if found else ())


def _correct(text: str, known: Vocabulary) -> dict[str, str]:
    """The plain words that neither a fact nor a synonym has, each with the most similar word that one does have."""
    unknown = [
        word
        for word in dict.fromkeys(normal(text).split())
        if word.isalpha() and len(word) >= SHORTEST_TYPO and word not in STOPWORDS and not known.has_word(word)
    ]
    replaced = {word: _find_similar(word, known) for word in unknown}
    return {word: similar for word, similar in replaced.items() if similar}


def _find_similar(word: str, known: Vocabulary) -> str | None:
    """The known word that `word` is most probably a typo of; None where none is near.

    A typo is rarely in the first letter: such words must be long or names, and differ in nothing else. Only names are
    also found by sound, as too many plain words sound alike.
    """
    from difflib import SequenceMatcher, get_close_matches

    names = known.name_words()
    if near := get_close_matches(word, known.words(word[0]), cutoff=SIMILAR_WORD):
        ratios = {each: SequenceMatcher(None, each, word).ratio() for each in near}  # of equal ones, a name
        return max(near, key=lambda each: (round(ratios[each], 2), each in names))
    if len(word) > SHORTEST_TYPO:
        rest = {word[1:], word[1] + word[0] + word[2:]}
        words = names if len(word) < LONG_WORD else known.words()
        if other := {each for each in words if each in rest or (each[1:] in (word, word[1:]) and each[0].isalpha())}:
            return other.pop() if len(other) == 1 else None
    heard = sound(word)
    alike = {part for part in names if sound(part) == heard} if len(heard) >= SHORTEST_SOUND else ()
    return next(iter(get_close_matches(word, alike, n=1, cutoff=SIMILAR_SOUND)), None)


def _words(words: Sequence[str], known: Vocabulary) -> Iterator[str]:
    """The words that separate facts, those of a phrase together."""
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST_PHRASE, len(words) - at), 1, -1)
        size = next((size for size in sizes if known.is_phrase(" ".join(words[at : at + size]))), 1)
        phrase = " ".join(words[at : at + size])
        if phrase not in STOPWORDS:
            yield phrase
        at += size
