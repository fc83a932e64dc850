"""Places that mention something, and facts, as JSON and as a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from itertools import groupby
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from qa_service.contract import document_shapes, shapes
from qa_service.contract.answers import citation_shape, index_shape
from qa_service.contract.documents import linked
from qa_service.contract.parts import Count, DocumentDate, Milliseconds, Number, members
from qa_service.deadline import in_time
from qa_service.nouns import lookups as nouns
from qa_service.nouns.answers import Citation

COLUMNS = (
    *("number", "title", "date", "page", "heading", "words", "quote", "start", "end"),
    *("source", "document_id", "document_version", "permalink"),
)
_UNSEEN = r"\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_FORMULA = re.compile(rf"[{_UNSEEN}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""Signs that do not show may stand before what a spreadsheet takes for a formula, and its sign
may be a wide one."""


class MentioningDocument(document_shapes.DocumentLink, frozen=True, kw_only=True):
    """A document that mentions what was looked for, with the places on this page."""

    source: str
    count: Annotated[Number, Meta(description="Of all its places, on whichever page.")]
    citations: Annotated[
        list[shapes.Citation],
        Meta(description="`quote` is the sentence of a place, `exact` the words in it."),
    ]


class Mentions(Struct, frozen=True, kw_only=True):
    """Every place that mentions a word, a name or a phrase, the newest document first."""

    query: str
    total_documents: Count
    total_places: Count
    documents: list[MentioningDocument]
    cursor: Annotated[
        str | None, Meta(description="Sent back, it gives the next page; null on the last.")
    ]
    index: shapes.Index
    took_ms: Milliseconds


class StatedFact(Struct, frozen=True, kw_only=True):
    """A label and its value as one document states them."""

    label: str
    value: str
    column: Annotated[str | None, Meta(description="The head above the value in a table.")]
    value_date: Annotated[DocumentDate, Meta(description="The value, where it is a date.")]
    citation: Annotated[
        shapes.Citation, Meta(description="`quote` is the line or row, `exact` the value in it.")
    ]


class StatedFacts(Struct, frozen=True, kw_only=True):
    """What documents state of one label, the newest document first."""

    label: str
    total: Count
    facts: list[StatedFact]
    cursor: Annotated[
        str | None, Meta(description="Sent back, it gives the next page; null on the last.")
    ]
    index: shapes.Index
    took_ms: Milliseconds


def mentions_object(found: nouns.Mentions) -> dict[str, Any]:
    """The response of `GET /api/mentions`."""
    grouped = groupby(found.citations, key=lambda citation: citation.document.id)
    shown = Mentions(
        query=found.query,
        total_documents=len(found.counts),
        total_places=found.total,
        documents=[_document(list(held), found.counts[name]) for name, held in grouped],
        cursor=found.cursor,
        index=index_shape(found.index),
        took_ms=round(found.took_ms, 1),
    )
    return members(shown)


def mentions_table(found: nouns.Mentions) -> str:
    """The same as CSV, a line for each place."""
    return _table(COLUMNS, [_row(citation) for citation in found.citations])


def facts_object(found: nouns.StatedFacts) -> dict[str, Any]:
    """The response of `GET /api/facts`."""
    facts = [
        StatedFact(
            label=fact.label,
            value=fact.value,
            column=fact.column or None,
            value_date=fact.date,
            citation=citation_shape(fact.citation),
        )
        for fact in found.facts
    ]
    shown = StatedFacts(
        label=found.label,
        total=found.total,
        facts=facts,
        cursor=found.cursor,
        index=index_shape(found.index),
        took_ms=round(found.took_ms, 1),
    )
    return members(shown)


def facts_table(found: nouns.StatedFacts) -> str:
    """The same as CSV, a line for each fact."""
    own = ("label", "value", "column", "value_date")
    rows = [
        _row(fact.citation)
        | dict(zip(own, (fact.label, fact.value, fact.column, fact.date), strict=True))
        for fact in found.facts
    ]
    columns = [name for name in COLUMNS if name != "words"]
    return _table([*own, *columns], rows)


def _row(citation: Citation) -> dict[str, Any]:
    shape = citation_shape(citation)
    return structs.asdict(shape) | {"words": shape.exact.text if shape.exact else ""}


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    return csv_table(columns, ([row[column] for column in columns] for row in rows))


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
    apostrophe."""
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(map(_cell, columns))
    writer.writerows(map(_cell, row) for row in in_time(rows))
    return table.getvalue()


def _document(held: list[Citation], count: int) -> MentioningDocument:
    document = held[0].document
    return MentioningDocument(
        **structs.asdict(linked(document)),
        source=document.source,
        count=count,
        citations=[citation_shape(citation) for citation in held],
    )


def _cell(value: object) -> object:
    is_formula = isinstance(value, str) and _FORMULA.match(value)
    return f"'{value}" if is_formula else value
