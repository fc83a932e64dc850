"""The shapes of a slide: title, texts, tables, drawings, groups, objects of other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from qa_service.reading.blocks.losses import words_told
from qa_service.reading.content import Block, Member
from qa_service.reading.formats.office.drawings.placed import DRAWN, drawn_blocks
from qa_service.reading.formats.office.drawings.words import (
    OBJECT,
    SLIDE,
    R,
    paragraph_text,
    paragraphs,
)
from qa_service.reading.formats.office.packages.embedded import embedded
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.slides.furniture import FURNITURE, words_of
from qa_service.reading.formats.office.slides.lists import counted, frame_text
from qa_service.reading.formats.plain.text import split_bullet
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Shape = Any
"""A shape of python-pptx, which has no types of its own."""
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY)


@dataclass(slots=True)
class Reading:
    """What is met on the way through a presentation: what is not read, what stands on every
    slide, and the files within it."""

    lost: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)

    def could_not(self, what: str, page: int, error: Exception) -> None:
        """Notes that something on a page could not be read."""
        self.lost.append(said(what, page=page, error=type(error).__name__))


def shapes_blocks(slide: Any, page: int, reading: Reading) -> Iterator[Block]:
    """The blocks of a slide, its title first, then from the top down."""
    title = _title_of(slide)
    words = frame_text(title.text_frame._txBody).strip() if title is not None else ""
    if words:
        yield Block("heading", words, level=1, page=page)
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    for shape in sorted(shapes, key=_place):
        if where := _unseen(shape):
            unread = words_of(shape).split()
            reading.lost += words_told(said(where, page=page), len(unread))
        else:
            yield from _guarded(shape, page, reading)


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


def _guarded(shape: Shape, page: int, reading: Reading) -> Iterator[Block]:
    """The blocks of a shape; of one that the library does not know, its bare paragraphs."""
    try:
        yield from tuple(_shape_blocks(shape, page, reading))
    except Exception as error:
        texts = list(filter(None, map(paragraph_text, paragraphs(shape._element))))
        yield from (Block("paragraph", text, page=page) for text in texts)
        if not texts:
            what = N_("a shape on slide %(page)s could not be read (%(error)s)")
            reading.could_not(what, page, error)


def _place(shape: Shape) -> tuple[int, int]:
    """Where a shape stands, from the top down; what has no place of its own comes first."""
    try:
        return shape.top or 0, shape.left or 0
    except Exception:
        return 0, 0


def _shape_blocks(shape: Shape, page: int, reading: Reading) -> Iterator[Block]:
    if shape._element.tag.endswith("}grpSp"):
        for inner in sorted(shape.shapes, key=_place):
            yield from _guarded(inner, page, reading)
    elif getattr(shape, "has_table", False):
        yield from (_on_page(block, page) for block in sheet_blocks(_grid(shape.table)))
    elif drawings := list(shape._element.iter(*DRAWN)):
        for drawing in drawings:
            found = drawn_blocks(drawing, shape.part, reading.lost)
            yield from (_on_page(block, page) for block in found)
    elif _placeholder(shape) in FURNITURE:
        reading.furniture.append(words_of(shape))
    elif shape.has_text_frame:
        yield from _paragraphs(shape, page)
    elif shape._element.tag == f"{SLIDE}graphicFrame":
        _take_object(shape, page, reading)


def _take_object(shape: Shape, page: int, reading: Reading) -> None:
    """Notes the file that an object of another program holds, or that it is not read."""
    named = next(shape._element.iter(OBJECT), None)
    relation = shape.part.rels.get(named.get(f"{R}id") or "") if named is not None else None
    file = None
    if relation is not None and not relation.is_external:
        file = embedded(str(relation.target_part.partname), relation.target_part.blob)
    if file:
        reading.members.append(file)
    else:
        reading.lost.append(said("an object on slide %(page)s was not read", page=page))


def _grid(table: Any) -> list[list[str]]:
    """The texts of a table; a merged cell says the same in every row that it covers."""
    grid = [[frame_text(cell._tc).strip() for cell in row.cells] for row in table.rows]
    for above, row in pairwise(range(len(grid))):
        for column, cell in enumerate(table.rows[row].cells):
            if cell._tc.vMerge:
                grid[row][column] = grid[above][column]
    return grid


def _placeholder(shape: Shape) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _paragraphs(shape: Shape, page: int) -> Iterator[Block]:
    listed = _placeholder(shape) in _LISTS
    for number, level, text in counted(shape.text_frame._txBody, shape):
        item = split_bullet(text)
        if number:
            yield Block("item", f"{number} {text}", level=level, page=page)
        elif listed or item:
            yield Block("item", item or f"• {text}", level=level, page=page)
        else:
            yield Block("paragraph", text, page=page)


def _on_page(block: Block, page: int) -> Block:
    return Block(block.kind, block.text, block.level, page)
