"""The rules of a store, each applied to every record. Every fault is reported; none hides the others.

The rules are functions of a record and of what is `known`, which yield a sentence for each thing that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from oir_cli.answers.faults import Fault
from oir_cli.check import facts, numbers
from oir_cli.check.canonical import unformatted
from oir_cli.check.known import Known, file_name, read_known
from oir_cli.check.searches import search_faults
from oir_cli.check.vocabularies import vocabulary_faults
from oir_cli.store import Report, Store, unreported

UNFORMATTED = "is not in its canonical order and format; check --fix restores it"


def faults(store: Store, report: Report = unreported) -> list[Fault]:
    """All faults of the store by file and id; those of whole files first, as they may cause others."""
    known, found = read_known(store, report)
    found += vocabulary_faults(known)
    found += search_faults(store, known)
    found += _fact_faults(known, report)
    found += (Fault(file_name(store, path), "", UNFORMATTED) for path, _ in unformatted(store))
    return sorted(set(found), key=lambda fault: (bool(fault.id), fault))


def _fact_faults(known: Known, report: Report) -> Iterator[Fault]:
    for number, fact in enumerate(known.facts.values(), 1):
        report("fact", number, len(known.facts))
        for rule in (*facts.RULES, *numbers.RULES):
            yield from (Fault(known.homes[fact.id], fact.id, wrong) for wrong in rule(fact, known))
