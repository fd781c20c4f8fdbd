"""Rules for entities: participants, people, places, topics and measures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from oir_cli.answers.faults import Fault
from oir_cli.check.known import Known
from oir_cli.check.positions import check_position, shared_points
from oir_cli.check.texts import check_short_line, check_text
from oir_cli.entities import PARTICIPANT_KINDS, VOCABULARIES, Entity, Event, Measure, Participant, Person, Place, chain
from oir_cli.model import FATES
from oir_cli.names import spellings

UNCERTAIN = ("planned", "disputed")  # statuses of what may not have happened
_KEYS = {kind: key for key, kind in VOCABULARIES.items()}


def check_words(entity: Entity, _: Known) -> Iterator[str]:
    """Name, description and aliases are texts, and each name is given once."""
    yield from check_text("name", entity.name)
    yield from check_text("description", entity.description)
    for alias in entity.aliases:
        yield from check_text("alias", alias)
    if len(set(entity.aliases)) != len(entity.aliases) or entity.name in entity.aliases:
        yield "an alias is given twice"


def check_chain(entity: Entity, known: Known) -> Iterator[str]:
    """The entity that this one is part of exists, and is not part of the entity."""
    key = _KEYS[type(entity)]
    entities = known.entities[key]
    whole = chain(entities, entity.id)
    beyond = entities[whole[-1]].above
    if beyond in whole:
        yield "is part of itself"
    elif beyond is not None and known.lacks(key, beyond):
        yield f"is part of {beyond}, which does not exist"


def check_participant(entity: Entity, _: Known) -> Iterator[str]:
    """A participant is of a known kind, and has ISO codes if it is a state."""
    if not isinstance(entity, Participant):
        return
    if entity.kind not in PARTICIPANT_KINDS:
        yield f"kind {entity.kind} is not one of {', '.join(PARTICIPANT_KINDS)}"
    codes = (entity.iso2, entity.iso3)
    if entity.kind == "state":
        if not (re.fullmatch("[A-Z]{2}", codes[0] or "") and re.fullmatch("[A-Z]{3}", codes[1] or "")):
            yield "a state has ISO codes of two and of three capital letters"
    elif any(codes):
        yield "only a state has ISO codes"


def check_person(entity: Entity, known: Known) -> Iterator[str]:
    """A person's participant exists; a fate is of a known kind and rests on a fact about the person."""
    if not isinstance(entity, Person):
        return
    if entity.participant and known.lacks("participants", entity.participant):
        yield f"belongs to participant {entity.participant}, which does not exist"
    given = (entity.fate, entity.fate_kind, entity.fate_fact)
    if any(given) and not all(given):
        yield "has only some of fate, fate_kind and fate_fact"
    if entity.fate_kind and entity.fate_kind not in FATES:
        yield f"fate_kind {entity.fate_kind} is not one of {', '.join(FATES)}"
    if entity.fate_fact and "facts" not in known.unread:
        fact = known.facts.get(entity.fate_fact)
        if fact is None:
            yield f"fate_fact {entity.fate_fact} does not exist"
        elif entity.id not in fact.people:
            yield f"fate_fact {entity.fate_fact} does not mention the person"


def check_place(entity: Entity, _: Known) -> Iterator[str]:
    """A place has a kind, and its country is an ISO code."""
    if not isinstance(entity, Place):
        return
    if entity.country is not None and not re.fullmatch("[A-Z]{2}", entity.country):
        yield "the country is not an ISO code of two capital letters"
    if not entity.kind:
        yield "has no kind"
    if entity.note is not None:
        yield from check_text("note", entity.note)


def check_event(entity: Entity, known: Known) -> Iterator[str]:
    """An event's name is a short line, and its date lies within that of the larger event."""
    if not isinstance(entity, Event):
        return
    yield from check_short_line("name", entity.name)
    larger = known.entities["events"].get(entity.parent or "")
    whole = larger.span if isinstance(larger, Event) else None
    if larger and whole and entity.span and not entity.span.within(whole.widest()):
        yield f"its date is not within that of {larger.id}, which it is part of"


def check_major(entity: Entity, known: Known) -> Iterator[str]:
    """A major event is dated, and some fact of it says that it happened."""
    if not isinstance(entity, Event) or not entity.major:
        return
    if entity.date is None:
        yield "is major and has no date"
    family = {each for each in known.entities["events"] if entity.id in chain(known.entities["events"], each)}
    told = [fact for fact in known.facts.values() if not family.isdisjoint(fact.events)]
    if told and all(fact.status in UNCERTAIN for fact in told):
        yield "is major, and every fact of it is planned or disputed"


def check_measure(entity: Entity, _: Known) -> Iterator[str]:
    """A measure has a unit."""
    if isinstance(entity, Measure) and not entity.unit:
        yield "has no unit"


RULES: tuple[Callable[[Entity, Known], Iterator[str]], ...] = (
    check_words, check_chain, check_participant, check_person, check_place, check_position, check_event, check_major,
    check_measure,
)  # fmt: skip


def vocabulary_faults(known: Known) -> Iterator[Fault]:
    """The faults of every entity, and of entities beside each other: unused ones, and names that two of them share."""
    for key, entities in known.entities.items():
        used = _used(key, known)
        for entity in entities.values():
            yield from (Fault(f"{key}.json", entity.id, wrong) for rule in RULES for wrong in rule(entity, known))
            if entity.id not in used and "facts" not in known.unread:
                yield Fault(f"{key}.json", entity.id, "no fact mentions it")
        yield from (Fault(f"{key}.json", name, wrong) for name, wrong in _shared_names(entities.values()))
    yield from (Fault("places.json", name, wrong) for name, wrong in shared_points(known))


def _used(key: str, known: Known) -> set[str]:
    """The ids that facts mention, and those of everything that these are part of."""
    mentioned = {each for fact in known.facts.values() for each in fact.ids(key)}
    return {above for each in mentioned for above in chain(known.entities[key], each)}


def _shared_names(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """For each name that several entities have, the id of the second one and the sentence that names all."""
    owners: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        for spelling in spellings(entity):
            owners[spelling].append(entity.id)
    for spelling, ids in owners.items():
        if len(ids) > 1:
            yield ids[1], f'"{spelling}" names {" and ".join(sorted(ids))}'
