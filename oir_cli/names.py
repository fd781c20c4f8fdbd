"""Names as people type them: folded for comparing, resolved to an entity, and the nearest ones for a slip."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from oir_cli.errors import AmbiguousName, UnknownName

if TYPE_CHECKING:  # comparing names needs no entities
    from oir_cli.entities import Entity

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
SHORTEST_PART = 4  # letters: fewer stand in too many words to mean one
_DROPPED = frozenset(".'’‘`ʿʾ\"“”")


class _Letters(dict[int, str]):
    """What becomes of each character, by its code; worked out when one first occurs, as texts have few."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        parts = (each for each in unicodedata.normalize("NFKD", _PLAIN.get(char, char)) if each not in _DROPPED)
        plain = "".join(each if each.isalnum() else " " for each in parts if not unicodedata.combining(each))
        self[code] = plain
        return plain


_LETTERS = _Letters()


def plain(text: str) -> str:
    """`text` as lower-case words with blanks between: no accents, dots or quotes; hyphens part words."""
    return " ".join(text.casefold().translate(_LETTERS).split())


def fold(name: str) -> str:
    """`name` for comparing: its plain words without a leading "the"."""
    return plain(name).removeprefix("the ")


def spellings(entity: Entity) -> set[str]:
    """Every folded way to name the entity exactly: its id, its name, its aliases."""
    return {fold(name) for name in (entity.id, entity.name, *entity.aliases)} - {""}


def resolve(kind: str, name: str, entities: Mapping[str, Entity]) -> Entity:
    """The one entity that `name` is the id, name, alias or unique beginning of. `kind` is its word for the error.

    Raises UnknownName with the nearest ids, or AmbiguousName with the candidates.
    """
    if name in entities:
        return entities[name]
    wanted = fold(name)
    beginning: dict[str, Entity] = {}
    for entity in entities.values():
        for spelling in spellings(entity):
            if spelling == wanted:
                return entity
            if wanted and spelling.startswith(wanted):
                beginning[entity.id] = entity
    if len(beginning) == 1:
        return next(iter(beginning.values()))
    if beginning:
        raise AmbiguousName(kind, name, sorted(beginning))
    raise UnknownName(kind, name, nearest(name, entities.values()))


def nearest(name: str, entities: Iterable[Entity], most: int = 3) -> list[str]:
    """The ids of the entities whose spellings hold the words of `name`, then of those nearest to it, at most so many.

    A word of some letters may be part of another. None where nothing is near.
    """
    from difflib import get_close_matches

    owners = {spelling: entity.id for entity in entities for spelling in spellings(entity)}
    # Comparing takes time in the square of the length, and no name is this long.
    wanted = fold(name[:100])
    words = set(wanted.split())
    long = all(len(word) >= SHORTEST_PART for word in words)  # "strikes" stands in "airstrikes" too
    parts = {spelling: spelling if long else set(spelling.split()) for spelling in owners}
    holding = sorted((each for each in owners if words and all(word in parts[each] for word in words)), key=len)
    close = get_close_matches(wanted, owners, n=2 * most, cutoff=0.7)
    return list(dict.fromkeys(owners[spelling] for spelling in holding + close))[:most]


def nearest_ids(name: str, ids: Iterable[str], most: int = 3) -> list[str]:
    """The ids that hold all words of `name`, or else those nearest to it."""
    from difflib import get_close_matches

    ids, words = list(ids), plain(name[:100]).split()
    holding = [each for each in ids if words and all(word in each.split("-") for word in words)]
    return holding[:most] or get_close_matches(name[:100], ids, n=most, cutoff=0.6)
