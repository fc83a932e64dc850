"""The title of a PDF, from what its first page prints and what its properties declare."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.formats.pdf.blocks import page_groups
from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.formats.pdf.looks import LARGE, Group, Looks, is_heading
from qa_service.reading.metadata.titles import (
    LONGEST_TITLE_LINE,
    is_meaningful_title,
    is_title_line,
    shortened,
    words_shown,
)

SHORT_TITLE_WORDS = 6
"""A printed title of no more words may be a mere name, and takes the next heading with it."""
ENOUGH_WORDS = 6


def pdf_title(lines: Sequence[Line], looks: Looks, declared: str) -> str | None:
    """The title, or None where neither page nor properties give one.

    In this order: large print on the first page; the declared title, if the page shows
    its words; the first heading; the declared title; the page's first lines.
    """
    groups = page_groups([line for line in lines if line.page == lines[0].page], looks)
    headings = [group for group in groups if is_heading(group, looks) and not _is_greeting(group)]
    large = [group for group in headings if group[0].size >= looks.body_size * LARGE]
    if large:
        return _printed_title(max(large, key=lambda group: group[0].size), groups, looks)
    meaningful = is_meaningful_title(declared)
    if meaningful and words_shown(declared, " ".join(_text(group) for group in groups)):
        return declared
    if headings:
        return _text(headings[0])
    return declared if meaningful else _opening(groups)


def _printed_title(title: Group, groups: Sequence[Group], looks: Looks) -> str:
    """A large heading; a short one, which may be a mere name, with the heading below it."""
    text = _text(title)
    place = groups.index(title) + 1
    if len(text.split()) > SHORT_TITLE_WORDS or place == len(groups):
        return text
    below = groups[place]
    if not is_heading(below, looks) or below[0].size >= title[0].size:
        return text
    return f"{text}: {_text(below)}"


def _opening(groups: Sequence[Group]) -> str | None:
    """The first lines of a page up to a few words, if they read as a title."""
    text = ""
    for group in groups:
        if len(text.split()) >= ENOUGH_WORDS or not is_title_line(_text(group)):
            break
        text = f"{text} {_text(group)}".strip()
    return shortened(text, LONGEST_TITLE_LINE) or None


def _is_greeting(group: Group) -> bool:
    return group[0].text.startswith("Dear ")


def _text(group: Group) -> str:
    return " ".join(line.text for line in group)
