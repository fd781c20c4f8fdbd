"""Rules for the files that help a search: synonyms, keywords and questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from oir_cli.answers.faults import Fault
from oir_cli.check.known import Known, fault_of
from oir_cli.errors import StoreError
from oir_cli.model import Fact
from oir_cli.names import fold, plain
from oir_cli.reading import read_json
from oir_cli.store import Store


def search_faults(store: Store, known: Known) -> Iterator[Fault]:
    """The faults of the three files."""
    yield from _synonym_faults(store)
    yield from _faults_by_fact(store, known, "keywords", _check_keywords)
    asked: dict[str, str] = {}
    yield from _faults_by_fact(store, known, "questions", lambda fact, each: _check_questions(fact, each, asked))


def _synonym_faults(store: Store) -> Iterator[Fault]:
    try:
        groups = read_json(store.vocabulary_path("synonyms"), strict=True)
    except StoreError as error:
        yield fault_of(store, error)
        return
    if not isinstance(groups, list) or not all(map(_is_group, groups)):
        yield Fault("synonyms.json", "", "is not a list of groups of two or more lower-case words")


def _is_group(group: Any) -> bool:
    return (
        isinstance(group, list)
        and len(group) > 1
        and all(isinstance(word, str) and word == word.lower() for word in group)
    )


def _faults_by_fact(
    store: Store, known: Known, key: str, rule: Callable[[Fact, Any], Iterator[str]]
) -> Iterator[Fault]:
    """The faults of a file that has a value for each of some facts; `rule` gives what is wrong with such a value."""
    file = f"{key}.json"
    try:
        read_json(store.vocabulary_path(key), strict=True)
        values: dict[str, Any] = getattr(store, key)
    except StoreError as error:
        yield fault_of(store, error)
        return
    for name, value in values.items():
        fact = known.facts.get(name)
        if fact:
            yield from (Fault(file, name, wrong) for wrong in rule(fact, value))
        elif known.lacks("facts", name):
            yield Fault(file, name, "there is no such fact")


def _check_keywords(fact: Fact, words: str) -> Iterator[str]:
    if words != plain(words) or not words or len(set(words.split())) < words.count(" ") + 1:
        yield "is not a line of different lower-case words without punctuation or accents"
    elif repeated := sorted(set(words.split()) & set(plain(fact.text).split())):
        yield f"repeats {', '.join(repeated)} from the text"


def _check_questions(fact: Fact, questions: list[str], asked: dict[str, str]) -> Iterator[str]:
    """`asked` collects every question, folded, with the fact that answers it."""
    if not questions or not all(re.fullmatch(r"\S.*\S\?", question) for question in questions):
        yield "is not a list of questions that end with a question mark"
    for question in questions:
        if fold(question) in asked:
            yield f"asks the same as {asked[fold(question)]}: {question}"
        asked.setdefault(fold(question), fact.id)
