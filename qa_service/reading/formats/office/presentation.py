"""Presentations (.pptx), read with python-pptx. A slide is a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.package import Properties, package_properties
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.text import split_bullet

Shape = Any
"""A shape of python-pptx, which has no types of its own."""

EMPTY_SLIDE = "a slide of pictures alone, or an empty one"
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


def read_presentation(data: bytes) -> Content:
    """A presentation as content: each slide's title, text, tables and notes."""
    slides = pptx.Presentation(BytesIO(data)).slides
    found = [tuple(_slide_blocks(slide, page)) for page, slide in enumerate(slides, start=1)]
    return slides_content("pptx", found, package_properties(data))


def slides_content(
    kind: str, slides: Sequence[tuple[Block, ...]], properties: Properties
) -> Content:
    """The blocks of each slide as content; the first heading is the title, if none is declared."""
    blocks = tuple(block for slide in slides for block in slide)
    headings = (block.text for block in blocks if block.kind == "heading")
    empty = tuple(page for page, slide in enumerate(slides, start=1) if not slide)
    return Content(
        kind,
        blocks,
        title=properties.title or next(headings, None),
        property_date=properties.created,
        page_count=len(slides),
        metadata=properties.metadata,
        pages_without_text=empty,
        unread_pages=dict.fromkeys(empty, EMPTY_SLIDE),
    )


def _slide_blocks(slide: Any, page: int) -> Iterator[Block]:
    title = slide.shapes.title
    if title is not None and title.text_frame.text.strip():
        yield Block("heading", title.text_frame.text, level=1, page=page)
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    for shape in sorted(shapes, key=_place):
        yield from _shape_blocks(shape, page)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield Block("paragraph", f"Notes: {notes}", page=page)


def _place(shape: Shape) -> tuple[int, int]:
    """Where a shape stands, from the top down; what has no place of its own comes first."""
    return shape.top or 0, shape.left or 0


def _shape_blocks(shape: Shape, page: int) -> Iterator[Block]:
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
        for inner in sorted(shape.shapes, key=_place):
            yield from _shape_blocks(inner, page)
    elif getattr(shape, "has_table", False):
        rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
        yield from (_on_page(block, page) for block in sheet_blocks(rows))
    elif getattr(shape, "has_chart", False):
        yield from (_on_page(block, page) for block in sheet_blocks(_chart_rows(shape.chart)))
    elif shape.has_text_frame and _placeholder(shape) not in _FURNITURE:
        yield from _paragraphs(shape, page)


def _placeholder(shape: Shape) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _paragraphs(shape: Shape, page: int) -> Iterator[Block]:
    listed = _placeholder(shape) in _LISTS
    for paragraph in shape.text_frame.paragraphs:
        text = paragraph.text.replace("\v", "\n").strip()
        item = split_bullet(text)
        if text and (listed or item):
            yield Block("item", item or f"• {text}", level=paragraph.level, page=page)
        elif text:
            yield Block("paragraph", text, page=page)


def _chart_rows(chart: Any) -> list[list[str]]:
    """The numbers of a chart as a table: a row for each category, a column for each series."""
    plot = chart.plots[0]
    names = ["", *(series.name or "" for series in plot.series)]
    values = [list(series.values) for series in plot.series]
    rows = [
        [str(category), *(_number(row[place : place + 1]) for row in values)]
        for place, category in enumerate(plot.categories)
    ]
    return [["Category", *names[1:]], *rows]


def _number(found: list[Any]) -> str:
    return f"{found[0]:.15g}" if found and found[0] is not None else ""


def _on_page(block: Block, page: int) -> Block:
    return Block(block.kind, block.text, block.level, page)
