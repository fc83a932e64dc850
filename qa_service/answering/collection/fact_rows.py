"""The rows of a table of facts: in their order, and each cell cited to its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answering.collection.fact_matching import number_of
from qa_service.answering.collection.stated_facts import fact_citation
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Citation, FactCell, FactsRow, FactsTable
from qa_service.nouns.documents import DocumentSummary, StoredFact
from qa_service.nouns.parsed_question import FactsOrder

Row = tuple[DocumentSummary, list[StoredFact | None]]
"""A document with its fact of each label."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table, the citations that its cells name, and a sentence on what it leaves out."""

    table: FactsTable
    citations: tuple[Citation, ...]
    hint: str


def ordered(rows: Sequence[Row], order: FactsOrder) -> list[Row]:
    """As asked; of equal places the newest first, those without one at the end."""
    if not order.by_value:
        dated = [row for row in rows if row[0].date]
        undated = [row for row in rows if not row[0].date]
        return (dated[::-1] if order.ascending else dated) + undated
    keyed = [(_number(row), row) for row in rows]
    without = [row for number, row in keyed if number is None]
    known = sorted(
        ((number, at) for at, (number, _) in enumerate(keyed) if number is not None),
        key=lambda item: item[0] if order.ascending else -item[0],
    )
    return [keyed[at][1] for _, at in known] + without


def _number(row: Row) -> float | None:
    fact = next(filter(None, row[1]), None)
    if fact is None:
        return None
    return number_of(fact.fact.date.replace("-", "") if fact.fact.date else fact.fact.value)


def cited(
    opened: OpenedBuild,
    labels: Sequence[str],
    rows: Sequence[Row],
    others: Sequence[Row],
    hint: str,
) -> Tabled:
    """The table of rows in their order, with the citations that its cells name."""
    answering, citations = _with_citations(opened, rows)
    table = FactsTable(tuple(labels), answering, *_with_citations(opened, others))
    return Tabled(table, citations, hint)


def _with_citations(
    opened: OpenedBuild, rows: Sequence[Row]
) -> tuple[tuple[FactsRow, ...], tuple[Citation, ...]]:
    """The rows, and the citations of their cells, counted from 1."""
    citations: list[Citation] = []

    def cell(document: DocumentSummary, fact: StoredFact | None) -> FactCell | None:
        if fact is None:
            return None
        citations.append(fact_citation(opened, len(citations) + 1, document, fact))
        return FactCell(fact.fact.value, len(citations))

    made = [FactsRow(item, tuple(cell(item, fact) for fact in facts)) for item, facts in rows]
    return tuple(made), tuple(citations)
