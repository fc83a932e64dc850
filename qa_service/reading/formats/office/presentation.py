"""Presentations (.pptx), read with python-pptx. A slide is a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.blocks.losses import pictures_told, words_told
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.drawings import (
    CHART,
    DIAGRAM,
    SLIDE,
    A,
    R,
    chart_blocks,
    diagram_blocks,
    open_alternates,
    paragraph_text,
    paragraphs,
    picture_descriptions,
    take_out_struck,
)
from qa_service.reading.formats.office.looks.slides import take_out_unseen
from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.office.package import Properties, package_properties
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.strict import transitional
from qa_service.reading.formats.plain.text import split_bullet
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Shape = Any
"""A shape of python-pptx, which has no types of its own."""

EMPTY_SLIDE = N_("a slide of pictures alone, or an empty one")
_FORMS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_SIDES = {"ParenBoth": "(%s)", "ParenR": "%s)", "Plain": "%s"}
"""How numbers of a kind are written, by the beginning and the end of its name."""
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


def read_presentation(data: bytes) -> Content:
    """A presentation as content: each slide's title, text, tables, drawings and notes."""
    data = transitional(data)
    lost: list[str] = []
    found = []
    for page, slide in enumerate(pptx.Presentation(BytesIO(data)).slides, start=1):
        open_alternates(slide._element)
        lost += words_told(
            said("struck-out text on slide %(page)s", page=page), take_out_struck(slide._element)
        )
        lost += _unseen_told(slide, page)
        found.append(tuple(_slide_blocks(slide, page, lost)))
        lost += _unread(slide, page)
    return slides_content("pptx", found, package_properties(data), lost)


def slides_content(
    kind: str, slides: Sequence[tuple[Block, ...]], properties: Properties, lost: Sequence[str] = ()
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
        warnings=tuple(lost),
    )


def _unread(slide: Any, page: int) -> Iterator[str]:
    """What of a slide is not read, or is not shown when it is presented."""
    if slide._element.get("show") in ("0", "false"):
        yield hidden_slide(page)
    if any(relation.reltype.endswith("/comments") for relation in slide.part.rels.values()):
        yield said("comments on slide %(page)s were not read", page=page)
    yield from pictures_told(
        picture_descriptions(slide._element), said(" on slide %(page)s", page=page)
    )


def hidden_slide(page: int) -> str:
    """What is told of a slide that is not shown."""
    return said("slide %(page)s is hidden when presented; it was read", page=page)


def _unseen_told(slide: Any, page: int) -> Iterator[str]:
    """Takes out what nobody sees on a slide; a slide of odd make is read as it is."""
    try:
        words = take_out_unseen(slide)
    except Exception as error:
        kind = type(error).__name__
        yield said("colours on slide %(page)s could not be read (%(error)s)", page=page, error=kind)
    else:
        what = said("text that is not to be seen on slide %(page)s", page=page)
        yield from words_told(what, words)


def _slide_blocks(slide: Any, page: int, lost: list[str]) -> Iterator[Block]:
    title = _title_of(slide)
    words = _text(title.text_frame._txBody).strip() if title is not None else ""
    if words:
        yield Block("heading", words, level=1, page=page)
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    for shape in sorted(shapes, key=_place):
        if where := _unseen(shape):
            unread = " ".join(map(paragraph_text, paragraphs(shape._element))).split()
            lost += words_told(said(where, page=page), len(unread))
        else:
            yield from _guarded(shape, page, lost)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield Block("paragraph", f"Notes: {notes}", page=page)


def _unseen(shape: Shape) -> str:
    """What the text of a shape is that nobody sees, on a slide %(page)s; "" of any other."""
    named = next(shape._element.iter(f"{SLIDE}cNvPr"), None)
    if named is not None and named.get("hidden") in ("1", "true"):
        return N_("text hidden on slide %(page)s")
    try:
        left, top, right, foot = shape.left, shape.top, shape.width, shape.height
        slide = shape.part.package.presentation_part.presentation
        beside = left + right <= 0 or top + foot <= 0
        below = left >= slide.slide_width or top >= slide.slide_height
    except (AttributeError, TypeError):
        return ""
    return N_("text beside slide %(page)s") if beside or below else ""


def _title_of(slide: Any) -> Any:
    try:
        return slide.shapes.title
    except Exception:
        return None


def _guarded(shape: Shape, page: int, lost: list[str]) -> Iterator[Block]:
    """The blocks of a shape; of one that the library does not know, its bare paragraphs."""
    try:
        yield from tuple(_shape_blocks(shape, page, lost))
    except Exception as error:
        texts = list(filter(None, map(paragraph_text, paragraphs(shape._element))))
        yield from (Block("paragraph", text, page=page) for text in texts)
        if not texts:
            lost.append(
                said(
                    "a shape on slide %(page)s could not be read (%(error)s)",
                    page=page,
                    error=type(error).__name__,
                )
            )


def _place(shape: Shape) -> tuple[int, int]:
    """Where a shape stands, from the top down; what has no place of its own comes first."""
    try:
        return shape.top or 0, shape.left or 0
    except Exception:
        return 0, 0


def _shape_blocks(shape: Shape, page: int, lost: list[str]) -> Iterator[Block]:
    if shape._element.tag.endswith("}grpSp"):
        for inner in sorted(shape.shapes, key=_place):
            yield from _guarded(inner, page, lost)
    elif getattr(shape, "has_table", False):
        yield from (_on_page(block, page) for block in sheet_blocks(_grid(shape.table)))
    elif drawings := list(shape._element.iter(DIAGRAM, CHART)):
        for drawing in drawings:
            name = drawing.get(f"{R}dm") or drawing.get(f"{R}id")
            part = shape.part.related_part(name).blob
            read = diagram_blocks if drawing.tag == DIAGRAM else chart_blocks
            yield from (_on_page(block, page) for block in read(part))
    elif shape.has_text_frame and _placeholder(shape) not in _FURNITURE:
        yield from _paragraphs(shape, page)
    elif shape._element.tag == f"{SLIDE}graphicFrame":
        lost.append(said("an object on slide %(page)s was not read", page=page))


def _grid(table: Any) -> list[list[str]]:
    """The texts of a table; a merged cell says the same in every row that it covers."""
    grid = [[_text(cell._tc).strip() for cell in row.cells] for row in table.rows]
    for above, row in pairwise(range(len(grid))):
        for column, cell in enumerate(table.rows[row].cells):
            if cell._tc.vMerge:
                grid[row][column] = grid[above][column]
    return grid


def _text(element: Any) -> str:
    """The words of an element's paragraphs, raised figures written as such."""
    return "\n".join(map(_words, paragraphs(element)))


def _words(paragraph: Any) -> str:
    for run in paragraph.iter(f"{A}r"):
        place, text = run.find(f"{A}rPr"), run.find(f"{A}t")
        if place is not None and text is not None and int(place.get("baseline") or 0) > 0:
            text.text = raised(text.text or "")
    return paragraph_text(paragraph)


def _placeholder(shape: Shape) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _paragraphs(shape: Shape, page: int) -> Iterator[Block]:
    listed = _placeholder(shape) in _LISTS
    counts: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        text = _words(paragraph._p)
        if not text:
            continue
        marker = _counted(paragraph, counts)
        item = split_bullet(text)
        if marker:
            yield Block("item", f"{marker} {text}", level=paragraph.level, page=page)
        elif listed or item:
            yield Block("item", item or f"• {text}", level=paragraph.level, page=page)
        else:
            yield Block("paragraph", text, page=page)


def _counted(paragraph: Any, counts: dict[int, int]) -> str:
    """The automatic number of the next paragraph: "1.", "(a)"; "" where it has none."""
    level, numbered = paragraph.level, paragraph._p.find(f"{A}pPr/{A}buAutoNum")
    for other in list(counts):
        if other > level or (other == level and numbered is None):
            del counts[other]
    if numbered is None:
        return ""
    counts[level] = counts.get(level, int(numbered.get("startAt") or 1) - 1) + 1
    kind = numbered.get("type") or "arabicPeriod"
    form = next((name for start, name in _FORMS.items() if kind.startswith(start)), "decimal")
    sides = next((sides for end, sides in _SIDES.items() if kind.endswith(end)), "%s.")
    return sides % numeral(counts[level], form)


def _on_page(block: Block, page: int) -> Block:
    return Block(block.kind, block.text, block.level, page)
