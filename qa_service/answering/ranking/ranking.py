"""Question -> ranked hits: candidates of both indexes, fused, near-duplicates folded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qa_service.answering.ranking.deduplication import Folded, fold
from qa_service.answering.ranking.fusion import FUSIONS
from qa_service.answering.ranking.reranking import rerank
from qa_service.answering.ranking.retrieval import Candidates, Query, Rows, Scores, retrieve
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Passage
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit
from qa_service.understanding.times import date_match

MOST_CANDIDATES = 1_000
"""From each index, however many of them are near-duplicates."""
MOST_DUPLICATES = 20
"""Documents named beside a passage that stands in many."""


def rank(
    opened: OpenedBuild, query: Query, limit: int, filters: Filters, settings: Settings
) -> list[Hit]:
    """The `limit` best passages, best first; fewer only where the index has no more.

    Where folding leaves too few, more candidates are taken; when there are no more, or too
    many were looked at, the folded passages follow the others, marked as such.
    """
    available = opened.count(filters)
    wanted = max(settings.candidates, limit)
    while True:
        candidates = retrieve(opened, query, wanted, filters)
        scores = _scores(opened, query, candidates, settings)
        rows = candidates.rows[np.lexsort((candidates.rows, -scores))]
        groups = fold(_dated_passages(opened, rows, limit), limit, settings.duplicate_overlap)
        if len(groups) == limit or wanted >= min(available, max(limit, MOST_CANDIDATES)):
            return _hits(opened, candidates, scores, groups, limit)
        wanted = min(4 * wanted, max(limit, MOST_CANDIDATES))


def _scores(
    opened: OpenedBuild, query: Query, candidates: Candidates, settings: Settings
) -> Scores:
    """Fused scores, with what the documents' dates add, in 0..1."""
    scores = FUSIONS[settings.fusion](candidates, settings.keyword_weight)
    if settings.rerank and len(candidates.rows):
        scores = rerank(opened, query, candidates, scores, settings)
    named = query.dates
    if not named:
        return scores
    dates = opened.dates(candidates.rows)
    matches = np.array([date_match(date, named) for date in dates], np.float32)
    weight = np.float32(settings.date_weight)
    return np.asarray((scores + weight * matches) / (1 + weight), np.float32)


def _dated_passages(
    opened: OpenedBuild, rows: Rows, limit: int
) -> Iterator[tuple[Passage, str | None]]:
    """Passages of these rows with their documents' dates, read a few at a time."""
    size = max(limit, 10)
    for first in range(0, len(rows), size):
        window = rows[first : first + size]
        dates = opened.dates(window)
        yield from zip(opened.cache.passages(window), dates, strict=True)


def _hits(
    opened: OpenedBuild, candidates: Candidates, scores: Scores, groups: list[Folded], limit: int
) -> list[Hit]:
    """A hit for each group; then, up to the limit, for passages folded into them."""
    firsts: list[tuple[Passage, str | None]] = [(group.passage, None) for group in groups]
    twins = [(twin, group.passage.id) for group in groups for twin in group.twins]
    shown = [*firsts, *twins][:limit]
    others = {group.passage.id: _other_documents(group) for group in groups}
    ids = {passage.document_id for passage, _ in shown}.union(*others.values())
    documents = {name: opened.by_id[name] for name in ids}
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
        for number, (passage, folded_into) in enumerate(shown, start=1)
    ]


def _other_documents(group: Folded) -> list[str]:
    """Ids of the other documents in which a group's passage stands, best first."""
    ids = dict.fromkeys(twin.document_id for twin in group.twins)
    return [name for name in ids if name != group.passage.document_id][:MOST_DUPLICATES]
