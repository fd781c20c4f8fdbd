"""The search answers queries that it was never tuned to, and no worse than it did."""

from __future__ import annotations

import pytest

from oir_cli.search import ranking
from oir_cli.search.build import build_index
from oir_cli.store import Store
from tests.conftest import BUNDLED
from tests.evaluation import __main__ as evaluation
from tests.evaluation import queries
from tests.evaluation.queries import KINDS, QUERIES, WITHOUT, choose, score, search_index

# Of the 224 unseen queries of each kind: how many have an answer first, and among the first five. One or two fewer than
# now, as a changed fact can move a query.
FLOORS = {"keywords": (200, 221), "question": (205, 222)}


@pytest.mark.slow
def test_unseen_queries_are_answered_first() -> None:
    with build_index(Store(BUNDLED)) as index:
        scores = {kind: score(choose(kind, "unseen"), search_index(index)) for kind in KINDS}
    for kind, (first, five) in FLOORS.items():
        assert scores[kind].queries == 224
        assert scores[kind].first >= first, scores
        assert scores[kind].five >= five, scores


def test_every_answer_exists() -> None:
    ids = {fact.id for fact in Store(BUNDLED).facts()}
    for query in QUERIES:
        assert query["answers"]
        assert ids.issuperset(query["answers"]), query["query"]


def test_every_weight_can_be_left_out() -> None:
    weights = {name: value for name, value in vars(ranking).items() if isinstance(value, float)}
    assert weights.keys() == WITHOUT.keys()
    assert all(round(value, 1) == value != WITHOUT[name] for name, value in weights.items())


def test_the_table_has_a_line_for_each_search(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "QUERIES", QUERIES[:40])
    evaluation.main(["--without", "SYNONYM", "--without", "RARE"])
    lines = capsys.readouterr().out.splitlines()
    assert [line[:16].strip() for line in lines[1::4]] == ["plain FTS5", "oir", "- SYNONYM RARE"]
    assert len(lines) == 13
    assert lines[5].split()[-5:] != lines[9].split()[-5:]
    assert vars(ranking)["SYNONYM"] != WITHOUT["SYNONYM"]  # only while it is left out
