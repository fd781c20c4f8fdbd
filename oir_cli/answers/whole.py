"""The whole store as one answer: every fact, and what a reader wants to see of them first."""

from __future__ import annotations

from collections import defaultdict

from oir_cli.answers.disputes import Dispute
from oir_cli.answers.disputes import disputes as find_disputes
from oir_cli.answers.figures import Counted, Figures, counted
from oir_cli.answers.listing import Listing
from oir_cli.query import EVERYTHING
from oir_cli.store import Report, Store


class WholeStore(Listing):
    """Every fact, with all disputes, and the figures of which there are most."""

    def __init__(self, listing: Listing, disputes: list[Dispute], figures: Figures) -> None:
        super().__init__(listing.title, listing.facts)
        self.disputes = disputes
        self.figures = figures


def whole_store(store: Store, title: str, *, report: Report) -> WholeStore:
    """All facts of the store; `report` is called with each file as it is read."""
    listing = Listing(title, store.facts(EVERYTHING, report))
    return WholeStore(listing, find_disputes(store, EVERYTHING).disputes, _most_counted(store, listing))


def _most_counted(store: Store, listing: Listing) -> Figures:
    """The figures of one measure that count one entity: those with most dated values."""
    series: dict[tuple[str, str | None], list[Counted]] = defaultdict(list)
    for each in counted(store, listing.facts):
        if each.fact.date is not None:
            series[each.measure.id, each.figure.of].append(each)
    values = max(series.values(), key=len, default=[])
    return Figures([values[0].measure] if values else [], values)
