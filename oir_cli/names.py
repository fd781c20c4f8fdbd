"""Names as people type them: folded for comparing, resolved to entities, and the nearest ones for a typo."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from oir_cli.errors import AmbiguousName, UnknownName
from oir_cli.kinds import KINDS, MEASURE, Kind, kind_of

if TYPE_CHECKING:  # comparing names needs no entities
    from oir_cli.entities import Entity

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
MOST_NEAREST = 3  # suggestions
SHORTEST_PART = 4  # letters: fewer occur in too many words to mean one
LONGEST_NAME = 100  # characters of a name that are compared
# How similar two spellings must be to suggest one for the other, as difflib measures it. Ids are long, and share words.
SIMILAR_NAME, SIMILAR_ID = 0.7, 0.6
_DROPPED = frozenset(".'’‘`ʿʾ\"“”")


class _Letters(dict[int, str]):
    """The plain form of each character, by its code; computed when a character first occurs, as texts have few."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        parts = (each for each in unicodedata.normalize("NFKD", _PLAIN.get(char, char)) if each not in _DROPPED)
        plain = "".join(each if each.isalnum() else " " for each in parts if not unicodedata.combining(each))
        self[code] = plain
        return plain


_LETTERS = _Letters()


def plain(text: str) -> str:
    """`text` as lower-case words with spaces between: no accents, dots or quotes; hyphens separate words."""
    return " ".join(text.casefold().translate(_LETTERS).split())


def fold(name: str) -> str:
    """`name` for comparing: its plain words without a leading "the"."""
    return plain(name).removeprefix("the ")


def spellings(entity: Entity) -> set[str]:
    """Every folded way to name the entity exactly: its id, its name, its aliases."""
    return {fold(name) for name in (entity.id, entity.name, *entity.aliases)} - {""}


class Known(Protocol):
    """All that can be named: a Store."""

    def entities(self, key: str) -> Mapping[str, Any]: ...
    @property
    def synonyms(self) -> Sequence[Sequence[str]]: ...


class NameIndex:
    """Entities by every folded way to name them. `word` is what messages call one of them: "country"."""

    def __init__(self, word: str, entities: Mapping[str, Entity]) -> None:
        self.word = word
        self.entities = entities
        self.by_spelling: dict[str, Entity] = {}
        for entity in entities.values():
            for spelling in spellings(entity):
                self.by_spelling.setdefault(spelling, entity)

    def find(self, name: str) -> Entity:
        """The one entity that `name` is the id, name, alias or unique beginning of.

        Raises UnknownName with the nearest ids, or AmbiguousName with the candidates.
        """
        wanted = fold(name)
        if wanted in self.by_spelling:
            return self.by_spelling[wanted]
        beginning = {
            entity.id: entity for spelling, entity in self.by_spelling.items() if wanted and spelling.startswith(wanted)
        }
        if len(beginning) == 1:
            return next(iter(beginning.values()))
        if beginning:
            raise AmbiguousName(self.word, name, sorted(beginning))
        raise UnknownName(self.word, name, self.nearest(name))

    def split(self, words: Sequence[str]) -> list[str]:
        """The names that `words` make up, as many words at a time as are a name: `new zealand canada` are two.

        All of the words may also be the beginning of one name.
        """
        if self._begins(" ".join(words)):
            return [" ".join(words)]
        names, rest = [], list(words)
        while rest:
            lengths = range(len(rest), 1, -1)
            taken = next((length for length in lengths if fold(" ".join(rest[:length])) in self.by_spelling), 1)
            names.append(" ".join(rest[:taken]))
            del rest[:taken]
        return names

    def nearest(self, name: str, most: int = MOST_NEAREST) -> list[str]:
        """The ids of entities whose spellings hold the words of `name`, then of those with similar spellings.

        Empty where nothing is near. A word of at least SHORTEST_PART letters may be part of another word.
        """
        from difflib import get_close_matches

        # Comparing takes time in the square of the length, and no name is this long.
        wanted = fold(name[:LONGEST_NAME])
        words = set(wanted.split())
        long = all(len(word) >= SHORTEST_PART for word in words)  # "strikes" is part of "airstrikes" too
        parts = {spelling: spelling if long else set(spelling.split()) for spelling in self.by_spelling}
        holding = [each for each in self.by_spelling if words and all(word in parts[each] for word in words)]
        close = get_close_matches(wanted, self.by_spelling, n=2 * most, cutoff=SIMILAR_NAME)
        ids = (self.by_spelling[spelling].id for spelling in sorted(holding, key=len) + close)
        return list(dict.fromkeys(ids))[:most]

    def _begins(self, words: str) -> bool:
        wanted = fold(words)
        return any(spelling.startswith(wanted) for spelling in self.by_spelling)


def find_entity(kind: Kind, name: str, known: Known) -> Any:
    """The entity of this kind that a person's `name` means.

    Raises AmbiguousName, or UnknownName with the nearest ids, or with entities of other kinds that have this name.
    """
    entity = known.entities(kind.key).get(name)
    if entity is not None and kind.holds(entity):
        return entity
    index = NameIndex(kind.word, {each.id: each for each in known.entities(kind.key).values() if kind.holds(each)})
    try:
        return index.find(name)
    except UnknownName as error:
        related = list(dict.fromkeys(_find_related(name, index.by_spelling, known.synonyms)))[:MOST_NEAREST]
        elsewhere = list(_namesakes(name, known))
        raise UnknownName(kind.word, name, related or ([] if elsewhere else error.nearest), elsewhere) from None


def find_entities(kind: Kind, words: Sequence[str], known: Known) -> list[Any]:
    """The entities of this kind that `words` name, one or several words each, without repetition. Raises as above.

    Where none of the words is a whole name, the error is about all of them: "second battle of ramadi" is not "second".
    """
    # Words of a name are kept together even where it turns out to be of another kind.
    index = NameIndex(kind.word, known.entities(kind.key))
    names = index.split(words) if len(words) > 1 else list(words)
    try:
        return list(dict.fromkeys(find_entity(kind, name, known) for name in names))
    except (UnknownName, AmbiguousName):
        if len(names) > 1 and not any(fold(name) in index.by_spelling for name in names):
            find_entity(kind, " ".join(words), known)
        raise


def _namesakes(name: str, known: Known) -> Iterator[str]:
    """The entities of any kind that have this name, each as in "a participant us-embassy-baghdad"."""
    wanted = fold(name)
    for kind in (*KINDS.values(), MEASURE):
        if kind is kind_of(kind.key):
            for entity in known.entities(kind.key).values():
                if wanted in spellings(entity):
                    yield f"{kind.article} {kind.word} {entity.id}"


def _find_related(name: str, by_spelling: Mapping[str, Entity], synonyms: Iterable[Sequence[str]]) -> Iterator[str]:
    """The ids of entities that have a synonym of `name` among the words of a spelling: of "deaths", fighters-killed."""
    wanted = _singular(fold(name[:LONGEST_NAME]))
    groups = ({_singular(fold(word)) for word in group} for group in synonyms)
    related = set[str]().union(*(group for group in groups if wanted in group))
    for spelling, entity in by_spelling.items():
        if not related.isdisjoint(map(_singular, spelling.split())) or spelling in related:
            yield entity.id


def _singular(word: str) -> str:
    return word.removesuffix("s")


def nearest_ids(name: str, ids: Iterable[str], most: int = MOST_NEAREST) -> list[str]:
    """The ids that hold all words of `name`, or else those with a similar spelling."""
    from difflib import get_close_matches

    ids, words = list(ids), plain(name[:LONGEST_NAME]).split()
    holding = [each for each in ids if words and all(word in each.split("-") for word in words)]
    return holding[:most] or get_close_matches(name[:LONGEST_NAME], ids, n=most, cutoff=SIMILAR_ID)
