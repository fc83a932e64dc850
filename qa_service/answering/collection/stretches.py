"""A stretch of a document that answers by what it is, as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.ranking.retrieval import Query
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Passage, Span
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit

Item = TypeVar("Item")
READ_AT_ONCE = 100


def admitted_passages(
    opened: OpenedBuild, rows: Sequence[int], filters: Filters
) -> Iterator[Passage]:
    """The passages of these rows whose documents pass the filters; read as far as they are
    looked at."""
    for some in batched(rows, READ_AT_ONCE):
        for passage in opened.store.passages(some):
            if filters.admits(opened.store.summary(passage.document_id)):
                yield passage


def batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items, so many at a time."""
    rest = iter(items)
    while some := tuple(islice(rest, size)):
        yield some


def stretch_evidence(
    opened: OpenedBuild, query: Query, row: int, span: Span, exact: Span, hits: Sequence[Hit]
) -> Evidence | None:
    """A stretch of the passage in a row, with the words of it that answer; None where that
    passage holds nothing to quote."""
    known = [hit for hit in hits if hit.passage.row == row]
    found = find_evidence(opened, query, [known[0] if known else _hit(opened, row)])
    if not found:
        return None
    start, end = span
    return replace(found[0], start=start, end=end, exact=exact, stated=STATED_CONFIDENCE)


def _hit(opened: OpenedBuild, row: int) -> Hit:
    """A passage that search did not bring among the first."""
    (passage,) = opened.store.passages([row])
    summary = opened.store.summary(passage.document_id)
    return Hit(passage, summary, rank=1, score=1.0, dense_rank=None, keyword_rank=None)
