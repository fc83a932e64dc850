"""A matrix as a file: CSV, a page of its own, or a Word document in landscape; every cell cited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urljoin

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from flask import render_template
from msgspec import Struct

from qa_service.contract.parts import JsonObject
from qa_service.deadline import in_time
from qa_service.plain_names import plain_name
from qa_service.translation.catalogue import N_, _
from qa_service.web.export import WORD_TYPE, as_csv
from qa_service.web.export.as_word import add_link, add_small, saved, speak, xml_text
from qa_service.web.export.in_words import exported_words
from qa_service.web.export.sent_quotes import Comparison
from qa_service.web.matrix.shapes import Matrix, Row
from qa_service.web.wording.display import doubt_words
from qa_service.web.wording.places import human_date, spot_words

TITLE = N_("Documents by questions")
NOT_FOUND, NOT_ASKED = N_("Not found"), N_("Not asked")
MARGIN, QUOTE_SIZE = Cm(1.5), Pt(9)

Cells = list[JsonObject | None]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its bytes are made, its media type and the ending of its name."""

    write: Callable[[Matrix, str, date], bytes]
    media_type: str
    ending: str


class MatrixAddress(Struct, frozen=True):
    """The kind of file."""

    format: Literal["csv", "html", "docx"]


def csv_file(matrix: Matrix, site: str, today: date) -> bytes:  # noqa: ARG001
    """A line for each document; for each question its quote, where that stands, its address."""
    heads = [(question, _("place"), _("address")) for question in matrix.questions]
    columns = [_("document"), _("date"), *(name for three in heads for name in three)]
    lines = [
        [row.title, row.date or "", *(text for cell in cells for text in _texts(cell, site))]
        for row, cells in _lines(matrix)
    ]
    return as_csv.csv_file(columns, lines)


def html_file(matrix: Matrix, site: str, today: date) -> bytes:
    """One page without anything to load."""
    lines = list(_lines(matrix))
    values = {"title": _(TITLE), "site": site, "exported": today.isoformat(), "lines": lines}
    return render_template("matrix_file.html", questions=matrix.questions, **values).encode()


def word_file(matrix: Matrix, site: str, today: date) -> bytes:
    """A table in landscape whose head stands on every page."""
    document = Document()
    document.core_properties.title, document.core_properties.author = _(TITLE), ""
    document.core_properties.created = datetime.combine(today, datetime.min.time())
    speak(document)
    _turn(document.sections[0])
    document.add_heading(_(TITLE), level=1)
    add_small(document.add_paragraph(), exported_words(today.isoformat(), site))
    table = document.add_table(1, len(matrix.questions) + 1, style="Table Grid")
    _repeat(table.rows[0])
    for place, head in enumerate([_("Document"), *matrix.questions]):
        add_small(table.rows[0].cells[place].paragraphs[0], head)
        table.rows[0].cells[place].paragraphs[0].runs[0].bold = True
    for row, cells in _lines(matrix):
        _add_row(table.add_row().cells, row, cells, site)
    return saved(document)


FORMATS = {
    "csv": Format(csv_file, "text/csv", "csv"),
    "html": Format(html_file, "text/html", "html"),
    "docx": Format(word_file, WORD_TYPE, "docx"),
}


def _lines(matrix: Matrix) -> Iterator[tuple[Row, Cells]]:
    yield from in_time(
        list(zip(matrix.documents, matrix.rows(Comparison().mismatch_of), strict=True))
    )


def _texts(cell: JsonObject | None, site: str) -> tuple[str, str, str]:
    if cell is None or cell["citation"] is None:
        return _(NOT_ASKED if cell is None else NOT_FOUND), "", ""
    citation = cell["citation"]
    doubts = citation["mismatch"], doubt_words(citation["confidence"])
    spot = " · ".join(filter(None, (spot_words(citation), *doubts)))
    return citation["quote"], spot, urljoin(site, citation["permalink"])


def _turn(section: Any) -> None:
    """A4 in landscape, with narrow margins."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _repeat(row: Any) -> None:
    """Lets a row stand at the head of every page (w:tblHeader, ECMA-376 17.4.49)."""
    row._tr.get_or_add_trPr().append(row._tr.makeelement(_TABLE_HEADER, {}))


_TABLE_HEADER = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader"


def _add_row(places: Any, row: Row, cells: Cells, site: str) -> None:
    name = places[0].paragraphs[0]
    add_small(name, plain_name(row.title))
    name.runs[0].bold = True
    add_small(places[0].add_paragraph(), human_date(row.date))
    for place, cell in zip(places[1:], cells, strict=True):
        quote, spot, address = _texts(cell, site)
        said = place.paragraphs[0].add_run(xml_text(quote))
        said.font.size, said.italic = QUOTE_SIZE, not address
        if address:
            add_link(place.add_paragraph(), spot, address)
