"""Word documents (.docx), read with python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.office.docx_markup import simplify
from qa_service.reading.formats.plain.tables import table_blocks
from qa_service.reading.formats.plain.text import split_bullet
from qa_service.reading.metadata.titles import is_meaningful_title, is_title_line

_HEADING_STYLE = re.compile(r"^(?:heading|überschrift|titre|título) (\d)", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^title$", re.IGNORECASE)
LONGEST_COLUMN_NAME = 60
LOWEST_LEVEL = 6
_LIST_STYLE = re.compile(r"^list (bullet|number|paragraph|continue)", re.IGNORECASE)


def read_docx(data: bytes) -> Content:
    """A Word document as content: paragraphs, lists and tables in the order of the body.

    It reads as it is printed with every tracked change accepted.
    """
    word = docx.Document(BytesIO(data))
    simplify(word.element.body)
    blocks = tuple(_blocks(word))
    properties = word.core_properties
    return Content(
        "docx",
        blocks,
        title=_title(properties.title or "", blocks),
        property_date=_created(properties.author or "", properties.created),
        metadata={
            "author": properties.author or "",
            "keywords": properties.keywords or "",
            "description": properties.subject or "",
            "language": properties.language or "",
        },
    )


def _blocks(word: WordDocument) -> Iterator[Block]:
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            yield from _table(part)
        elif part.text.strip():
            yield _paragraph(part)


def _paragraph(paragraph: Paragraph) -> Block:
    style = (paragraph.style.name or "") if paragraph.style else ""
    text = paragraph.text.strip()
    if found := _HEADING_STYLE.match(style):
        return Block("heading", text, level=min(max(1, int(found[1])), LOWEST_LEVEL))
    if _TITLE_STYLE.match(style):
        return Block("heading", text, level=1)
    if _is_item(paragraph, style):
        return Block("item", split_bullet(text) or f"• {text}", level=_depth(paragraph))
    item = split_bullet(text)
    return Block("item", item) if item else Block("paragraph", text)


def _is_item(paragraph: Paragraph, style: str) -> bool:
    """Word marks a list item by its style or by numbering of its own."""
    numbered = bool(paragraph._p.xpath("./w:pPr/w:numPr"))
    named = _LIST_STYLE.match(style)
    return numbered or (named is not None and named[1].lower() in ("bullet", "number"))


def _depth(paragraph: Paragraph) -> int:
    levels = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    return int(levels[0]) if levels else 0


def _table(table: Table) -> Iterator[Block]:
    rows = [_cells(row.cells) for row in table.rows]
    named = bool(rows) and all(0 < len(name) <= LONGEST_COLUMN_NAME for name in rows[0])
    yield from table_blocks(rows, has_header=named)


def _cells(cells: tuple[_Cell, ...]) -> list[str]:
    """The texts of a row; a merged cell, which python-docx repeats, counts once."""
    unique = {cell._tc: cell for cell in cells}
    return [_cell_text(cell) for cell in unique.values()]


def _cell_text(cell: _Cell) -> str:
    """The text of a cell, that of a table inside it included."""
    paragraphs = cell._tc.iter(qn("w:p"))
    return "\n".join(Paragraph(element, cell).text for element in paragraphs).strip()


def _title(declared: str, blocks: tuple[Block, ...]) -> str | None:
    headings = [block.text for block in blocks if block.kind == "heading"]
    if is_meaningful_title(declared):
        return declared
    if headings:
        return headings[0]
    first = blocks[0] if blocks else None
    return first.text if first and first.kind == "paragraph" and is_title_line(first.text) else None


def _created(author: str, created: datetime | None) -> FoundDate | None:
    # python-docx's own template was created in 2013, and so says every file made from it.
    if created is None or author == "python-docx":
        return None
    return FoundDate(created.date().isoformat(), "document properties")
