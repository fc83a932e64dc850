"""Word documents (.docx), read with python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from qa_service.reading.blocks.losses import objects_told, pictures_told
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.drawings.placed import DRAWN, drawn_blocks
from qa_service.reading.formats.office.drawings.words import picture_descriptions
from qa_service.reading.formats.office.numerals import without_number
from qa_service.reading.formats.office.packages.mending import opened
from qa_service.reading.formats.office.packages.properties import package_properties
from qa_service.reading.formats.office.packages.strict import transitional
from qa_service.reading.formats.office.word.files_within import files_within
from qa_service.reading.formats.office.word.markup import simplify
from qa_service.reading.formats.office.word.notes import Notes, comments_warning, margin_warnings
from qa_service.reading.formats.office.word.numbering import Marker, Numbering
from qa_service.reading.formats.office.word.run_styles import RunStyles
from qa_service.reading.formats.plain.tables import are_labels, label_blocks, table_blocks
from qa_service.reading.formats.plain.text import opening_title, split_bullet
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

_CONTENTS_STYLE = re.compile(r"^toc \d", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^title$", re.IGNORECASE)
LONGEST_COLUMN_NAME = 60
LOWEST_LEVEL = 6
LONGEST_HEADING = 200
_LIST_STYLE = re.compile(r"^list (bullet|number|paragraph|continue)", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """What is needed on the way through a document, and what is met that cannot be read."""

    word: WordDocument
    numbering: Numbering
    notes: Notes
    styles: RunStyles
    warnings: list[str] = field(default_factory=list)

    def lost(self, what: str, error: Exception) -> None:
        self.warnings.append(
            said(
                "%(what)s could not be read whole (%(error)s)",
                what=what,
                error=type(error).__name__,
            )
        )


def read_docx(data: bytes) -> Content:
    """A Word document as content: paragraphs, lists, tables and notes in the order of the body.

    It reads as it is printed with every tracked change accepted.
    """
    data = transitional(data)
    word, damaged = opened(data, lambda package: docx.Document(BytesIO(package)))
    styles = RunStyles(word.part.styles.element)
    reading = _Reading(word, _numbering(word), Notes.of(word, styles), styles, list(damaged))
    reading.warnings += (*reading.notes.lost, *simplify(word.element.body, styles))
    members, objects = files_within(word)
    blocks = tuple(_blocks(reading))
    properties = package_properties(data)
    return Content(
        "docx",
        blocks,
        title=properties.title or _title(blocks),
        property_date=properties.created,
        metadata=properties.metadata,
        members=members,
        warnings=(
            *reading.warnings,
            *objects_told(objects),
            *comments_warning(word),
            *margin_warnings(word),
            *pictures_told(picture_descriptions(word.element.body)),
        ),
    )


def _numbering(word: WordDocument) -> Numbering:
    parts: Any = word.part
    numbered = any("numbering" in rel.reltype for rel in parts.rels.values())
    return Numbering(parts.numbering_part.element if numbered else None, parts.styles.element)


def _blocks(reading: _Reading) -> Iterator[Block]:
    for part in reading.word.iter_inner_content():
        if isinstance(part, Table):
            yield from _table(part, reading)
        else:
            yield from _paragraph(part, reading)
        yield from _drawn(part._element, reading)
        yield from reading.notes.blocks(part._element)


def _paragraph(paragraph: Paragraph, reading: _Reading) -> Iterator[Block]:
    try:
        marker = reading.numbering.marker(paragraph._p)
        yield from _known(paragraph, marker or Marker("", -1), reading.styles)
    except Exception as error:
        reading.lost(N_("a paragraph"), error)
        if text := raw_text(paragraph._p):
            yield Block("paragraph", text)


def _known(paragraph: Paragraph, marker: Marker, styles: RunStyles) -> Iterator[Block]:
    """The block of a paragraph with words, its number before them."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    text = paragraph.text.strip()
    if not text:
        return
    marked = f"{marker.text} {text}" if marker.text not in ("", "•") else text
    level = styles.heading_level(paragraph._p) if len(text) <= LONGEST_HEADING else 0
    if _CONTENTS_STYLE.match(style):
        yield Block("contents", marked)
    elif level:
        yield Block("heading", marked, level=min(level, LOWEST_LEVEL))
    elif _TITLE_STYLE.match(style):
        yield Block("heading", marked, level=1)
    elif marker.depth >= 0 or _is_item(style):
        item = marked if marked != text else split_bullet(text) or f"• {text}"
        yield Block("item", item, level=max(marker.depth, 0))
    else:
        item = split_bullet(text) or ""
        yield Block("item", item) if item else Block("paragraph", text)


def _is_item(style: str) -> bool:
    """Word marks a list item by its style or by numbering of its own."""
    named = _LIST_STYLE.match(style)
    return named is not None and named[1].lower() in ("bullet", "number")


def _drawn(element: Any, reading: _Reading) -> Iterator[Block]:
    """What the diagrams and charts say that are drawn within a paragraph or a table."""
    for drawing in element.iter(*DRAWN):
        try:
            yield from tuple(drawn_blocks(drawing, reading.word.part, reading.warnings))
        except Exception as error:
            reading.lost(N_("a diagram or chart"), error)


def _table(table: Table, reading: _Reading) -> Iterator[Block]:
    try:
        rows = [list(row.cells) for row in table.rows]
        known: dict[Any, str] = {}
        texts = [_texts(cells, known, reading.numbering) for cells in rows]
        labels = are_labels([row for row, _ in texts]) or _begin_in_bold(rows)
        found = label_blocks([row for row, _ in texts]) if labels else _table_blocks(texts)
        yield from tuple(found)
    except Exception as error:
        reading.lost(N_("a table"), error)
        for row in table._tbl.iter(qn("w:tr")):
            cells = [raw_text(cell) for cell in row.iter(qn("w:tc"))]
            yield Block("row", " | ".join(filter(None, cells)))


def _begin_in_bold(rows: list[list[_Cell]]) -> bool:
    """Whether each of several rows is a cell in bold, as labels are, and one that is not."""
    return len(rows) > 1 and all(
        len(cells) == 2 and [_is_bold(cell) for cell in cells] == [True, False] for cells in rows
    )


def _is_bold(cell: _Cell) -> bool:
    runs = [run for part in cell.paragraphs for run in part.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _texts(
    cells: list[_Cell], known: dict[Any, str], numbering: Numbering
) -> tuple[list[str], list[str]]:
    """The texts of a row: each cell once, and as often as it covers a column.

    `known` has those of the rows above, into which a cell may reach.
    """
    for cell in cells:
        if cell._tc not in known:
            known[cell._tc] = _cell_text(cell, numbering)
    once = dict.fromkeys(cell._tc for cell in cells)
    return [known[cell] for cell in once], [known[cell._tc] for cell in cells]


def _table_blocks(rows: list[tuple[list[str], list[str]]]) -> Iterator[Block]:
    once = [texts for texts, _ in rows]
    named = bool(once) and all(0 < len(name) <= LONGEST_COLUMN_NAME for name in once[0])
    width = len(once[0]) if once else 0
    # A cell over several columns says the same of each of them, unless it is a line of its own.
    shown = [
        covered if len(texts) > 1 and len(covered) == width else texts for texts, covered in rows
    ]
    yield from table_blocks(shown, has_header=named)


def _cell_text(cell: _Cell, numbering: Numbering) -> str:
    """The text of a cell with the numbers in it, that of a table inside it included."""
    lines = []
    for element in cell._tc.iter(qn("w:p")):
        marker, text = numbering.marker(element), Paragraph(element, cell).text
        lines.append(f"{marker.text} {text}" if marker and marker.text != "•" else text)
    return "\n".join(lines).strip()


def raw_text(element: Any) -> str:
    """All words below an element, whatever they stand in."""
    return " ".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split())


def _title(blocks: tuple[Block, ...]) -> str | None:
    headings = [block.text for block in blocks if block.kind == "heading"]
    return without_number(headings[0]) if headings else opening_title(blocks)
