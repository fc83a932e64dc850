"""Presentations (.pptx), read with python-pptx. A slide is a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pptx

from qa_service.reading.blocks.losses import pictures_told, words_told
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.drawings.words import (
    open_alternates,
    picture_descriptions,
    take_out_struck,
)
from qa_service.reading.formats.office.looks.slides import take_out_unseen
from qa_service.reading.formats.office.packages.mending import opened
from qa_service.reading.formats.office.packages.properties import Properties, package_properties
from qa_service.reading.formats.office.packages.strict import transitional
from qa_service.reading.formats.office.slides.furniture import furniture_told, layout_words
from qa_service.reading.formats.office.slides.lists import frame_text
from qa_service.reading.formats.office.slides.shapes import Reading, shapes_blocks
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

EMPTY_SLIDE = N_("a slide of pictures alone, or an empty one")


def read_presentation(data: bytes) -> Content:
    """A presentation as content: each slide's title, text, tables, drawings and notes."""
    data = transitional(data)
    shown, damaged = opened(data, lambda package: pptx.Presentation(BytesIO(package)))
    reading = Reading(lost=list(damaged))
    names = enumerate((item.rId for item in shown._element.get_or_add_sldIdLst()), start=1)
    found = [tuple(_read_slide(shown, name, page, reading)) for page, name in names]
    lost = [*reading.lost, *furniture_told(reading.furniture)]
    content = slides_content("pptx", found, package_properties(data), lost)
    return replace(content, members=tuple(reading.members))


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


def hidden_slide(page: int) -> str:
    """What is told of a slide that is not shown."""
    return said("slide %(page)s is hidden when presented; it was read", page=page)


def _read_slide(shown: Any, name: str, page: int, reading: Reading) -> Iterator[Block]:
    """The blocks of a slide; none of one that cannot be read."""
    try:
        slide = shown.part.related_slide(name)
        open_alternates(slide._element)
        struck = take_out_struck(slide._element)
        reading.lost += words_told(said("struck-out text on slide %(page)s", page=page), struck)
        reading.lost += _unseen_told(slide, page)
        yield from tuple(shapes_blocks(slide, page, reading))
        yield from _notes(slide, page, reading)
        reading.lost += _unread(slide, page)
        reading.furniture += layout_words(slide)
    except Exception as error:
        reading.could_not(N_("slide %(page)s could not be read (%(error)s)"), page, error)


def _notes(slide: Any, page: int, reading: Reading) -> Iterator[Block]:
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return
    body = slide.notes_slide.notes_text_frame._txBody
    struck = take_out_struck(body)
    reading.lost += words_told(said("struck-out text on slide %(page)s", page=page), struck)
    if notes := frame_text(body).strip():
        yield Block("paragraph", f"Notes: {notes}", page=page)


def _unread(slide: Any, page: int) -> Iterator[str]:
    """What of a slide is not read, or is not shown when it is presented."""
    if slide._element.get("show") in ("0", "false"):
        yield hidden_slide(page)
    if any(relation.reltype.endswith("/comments") for relation in slide.part.rels.values()):
        yield said("comments on slide %(page)s were not read", page=page)
    yield from pictures_told(
        picture_descriptions(slide._element), said(" on slide %(page)s", page=page)
    )


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
