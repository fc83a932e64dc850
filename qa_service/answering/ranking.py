"""Question -> ranked hits: candidates of both indexes, fused, near-duplicates folded."""

from __future__ import annotations

import numpy as np

from qa_service.answering.dating import HIGHEST_BONUS, date_bonus, named_dates
from qa_service.answering.folding import Folded, fold
from qa_service.answering.fusion import FUSIONS
from qa_service.answering.retrieval import Candidates, Query, Scores, retrieve
from qa_service.config import Settings
from qa_service.indexing.opened import OpenedBuild
from qa_service.schema import Filters, Hit, Passage


def rank(
    opened: OpenedBuild, query: Query, limit: int, filters: Filters, settings: Settings
) -> list[Hit]:
    """The `limit` best passages, best first; fewer only where the index has no more.

    Where folding leaves too few, more candidates are taken; when there are no more, the
    folded passages follow the others, marked as such.
    """
    allowed = opened.store.rows_within(filters)
    named = named_dates(query.text)
    available = opened.info.passages if allowed is None else len(allowed)
    wanted = max(settings.candidates, limit)
    while True:
        candidates = retrieve(opened, query, wanted, allowed)
        scores = FUSIONS[settings.fusion](candidates, settings.keyword_weight)
        if named:
            scores = _with_dates(opened, candidates, scores, named)
        order = np.lexsort((candidates.rows, -scores))
        groups = _fold_first(opened, candidates.rows[order], limit, settings.duplicate_overlap)
        if len(groups) == limit or wanted >= available:
            return _hits(opened, candidates, scores, groups)[:limit]
        wanted *= 4


def _with_dates(
    opened: OpenedBuild, candidates: Candidates, scores: Scores, named: tuple[str, ...]
) -> Scores:
    """Scores with what the documents' dates add, scaled back to 0..1."""
    dates = opened.store.dates(candidates.rows)
    bonuses = np.array([date_bonus(date, named) for date in dates], np.float32)
    return np.asarray((scores + bonuses) / (1 + HIGHEST_BONUS), np.float32)


def _hits(
    opened: OpenedBuild, candidates: Candidates, scores: Scores, groups: list[Folded]
) -> list[Hit]:
    """First a hit for each group, then one for each passage folded into it."""
    firsts: list[tuple[Passage, str | None]] = [(group.passage, None) for group in groups]
    twins = [(twin, group.passage.id) for group in groups for twin in group.twins]
    others = {group.passage.id: _other_documents(group) for group in groups}
    ids = {passage.document_id for passage, _ in [*firsts, *twins]}
    documents = {name: opened.store.summary(name) for name in ids}
    places = {int(row): at for at, row in enumerate(candidates.rows)}
    return [
        Hit(
            passage=passage,
            document=documents[passage.document_id],
            rank=number,
            score=float(scores[places[passage.row]]),
            dense_rank=int(candidates.dense_ranks[places[passage.row]]) or None,
            keyword_rank=int(candidates.keyword_ranks[places[passage.row]]) or None,
            duplicates=tuple(documents[name] for name in others.get(passage.id, ())),
            folded_into=folded_into,
        )
        for number, (passage, folded_into) in enumerate([*firsts, *twins], start=1)
    ]


def _fold_first(
    opened: OpenedBuild, rows: np.typing.NDArray[np.int64], limit: int, overlap: float
) -> list[Folded]:
    """Folds just as many rows as it takes to fill the limit."""
    taken = limit
    while True:
        folded = fold(opened.store.passages(rows[:taken]), overlap)
        if len(folded) >= limit or taken >= len(rows):
            return folded[:limit]
        taken += limit


def _other_documents(group: Folded) -> list[str]:
    """Ids of the other documents in which a group's passage stands, best first."""
    ids = dict.fromkeys(twin.document_id for twin in group.twins)
    return [name for name in ids if name != group.passage.document_id]
