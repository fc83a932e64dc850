"""What stands on every slide: footers, days, the words of layouts. It is told, and not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from qa_service.reading.formats.office.drawings.words import paragraph_text, paragraphs
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

LONGEST_SHOWN = 80
FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
"""Placeholders of what stands on every slide."""


def furniture_told(texts: Sequence[str]) -> Iterator[str]:
    """A sentence for each text that stands on every slide and says something."""
    for text in dict.fromkeys(texts):
        if any(map(str.isalpha, text)):
            yield said(
                'the %(kind)s of the pages was not read: "%(text)s"',
                kind=N_("footer"),
                text=shortened(text, LONGEST_SHOWN),
            )


def words_of(shape: Any) -> str:
    """The words of a shape in one line."""
    return " ".join(" ".join(map(paragraph_text, paragraphs(shape._element))).split())


def layout_words(slide: Any) -> list[str]:
    """What a slide's layout and master write on it, but for the prompts of placeholders."""
    try:
        layers = (slide.slide_layout, slide.slide_layout.slide_master)
    except KeyError:
        return []
    return [words_of(shape) for it in layers for shape in it.shapes if not shape.is_placeholder]
