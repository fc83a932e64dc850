"""A matrix as the browser keeps it and sends it: its shape, its bounds, and what a cell holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct, to_builtins

from qa_service.contract.answers import citation_object
from qa_service.contract.checking import checked
from qa_service.contract.parts import (
    DocumentDate,
    JsonObject,
    Number,
    Offset,
    Share,
    Version,
    place_link,
)
from qa_service.deadline import in_time
from qa_service.errors import InputError
from qa_service.nouns.answers import Answer
from qa_service.web.api.requests import MAX_NAME_CHARACTERS, MAX_QUOTE_CHARACTERS, Name
from qa_service.web.export.sent_quotes import mismatch_words

MOST_QUESTIONS = 20
MOST_DOCUMENTS = 100
LONGEST_QUESTION = 2_000

Column = Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
Text = Annotated[str, Meta(max_length=MAX_NAME_CHARACTERS)]


class Words(Struct, frozen=True):
    """The words of a quote that answer by themselves."""

    start: Offset
    end: Offset


class Found(Struct, frozen=True, kw_only=True):
    """A quote with what cites it; its document is that of the row."""

    quote: Annotated[str, Meta(min_length=1, max_length=MAX_QUOTE_CHARACTERS)]
    start: Offset
    end: Offset
    exact: Words | None
    page: Number | None
    heading: Text | None
    source: Text
    document_version: Version
    confidence: Share


class Cell(Struct, frozen=True, kw_only=True):
    """What one document says to one question: a quote, or null where it says nothing."""

    question: Annotated[int, Meta(ge=0, lt=MOST_QUESTIONS)]
    document: Annotated[int, Meta(ge=0, lt=MOST_DOCUMENTS)]
    found: Found | None


class CellAddress(Struct, frozen=True, kw_only=True):
    """What one cell asks: a question of a document, and where in the matrix the cell is."""

    q: Column
    document: Name
    column: Annotated[int, Meta(ge=0, lt=MOST_QUESTIONS)]
    row: Annotated[int, Meta(ge=0, lt=MOST_DOCUMENTS)]


class Row(Struct, frozen=True, kw_only=True):
    """A document of a matrix."""

    document_id: Name
    title: Text
    date: DocumentDate = None


class Matrix(Struct, frozen=True, kw_only=True):
    """Questions across, documents down, and the cells that are filled, each at most once."""

    questions: Annotated[list[Column], Meta(min_length=1, max_length=MOST_QUESTIONS)]
    documents: Annotated[list[Row], Meta(min_length=1, max_length=MOST_DOCUMENTS)]
    cells: Annotated[list[Cell], Meta(max_length=MOST_QUESTIONS * MOST_DOCUMENTS)] = []

    def rows(self, mismatch_of: Callable[[str, Found], str]) -> list[list[JsonObject | None]]:
        """The cells of each document with their citations as templates take them; None for one
        that is not filled yet. `mismatch_of` a document (its id) tells of words that may not be
        its own."""
        held = {(cell.document, cell.question): cell for cell in in_time(self.cells)}
        return [
            [
                compared(held[place, column], row, mismatch_of) if (place, column) in held else None
                for column in range(len(self.questions))
            ]
            for place, row in enumerate(self.documents)
        ]


def matrix_from(body: Mapping[str, Any]) -> Matrix:
    """The matrix of a request. Raises InputError naming the member that is wrong."""
    matrix = checked(body, Matrix)
    for place, cell in enumerate(matrix.cells):
        if cell.question >= len(matrix.questions) or cell.document >= len(matrix.documents):
            raise InputError(f"cells[{place}]", "is of no row or no column of the matrix")
    return matrix


def cell_of(answer: Answer, question: int, document: int) -> Cell:
    """The best quote of an answer as a cell."""
    if not answer.quotes:
        return Cell(question=question, document=document, found=None)
    said = citation_object(answer.citations[0])
    exact = said["exact"] and {name: said["exact"][name] for name in ("start", "end")}
    found = checked(
        {**said, "exact": exact, "confidence": min(max(answer.confidence, 0.0), 1.0)}, Found
    )
    return Cell(question=question, document=document, found=found)


def compared(cell: Cell, row: Row, mismatch_of: Callable[[str, Found], str]) -> JsonObject:
    """A cell of a row with its citation, which tells what is not the document's."""
    mismatch = mismatch_of(row.document_id, cell.found) if cell.found else ""
    return shown(cell, row.document_id, row.title, row.date, mismatch_words(mismatch))


def shown(
    cell: Cell, document_id: str, title: str, date: str | None, mismatch: str = ""
) -> JsonObject:
    """A cell with its citation as templates take one; its document is the one named."""
    place = {"question": cell.question, "document": cell.document}
    held = cell.found
    if held is None:
        return {**place, "citation": None}
    citation = {
        **to_builtins(held),
        "title": title,
        "date": date,
        "publisher": None,
        "number": None,
        "mismatch": mismatch,
        "permalink": place_link(document_id, held.document_version, held.start, held.end),
    }
    return {**place, "citation": citation}
