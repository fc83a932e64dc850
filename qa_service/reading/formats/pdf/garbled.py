"""Pages whose text layer holds other letters than they show, and what is clearer than it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pypdfium2 as pdfium

from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.language.legibility import Legibility, legibility

LEAST_KNOWN = 0.35
"""Right pages have more known words: the poorest of 1,230 real ones, a table, had 0.45."""
LEAST_KNOWN_OF_SCAN = 0.7
"""What a program once recognised in a scan is held to more: recognising is done again."""
MOST_GARBLED = 0.3
NEXT_TO_NONE, ENOUGH_WORDS = 0.15, 20
CLEARER = 0.1
FRUITLESS = 3
"""After so many pages that text recognition reads no better, no further one is tried."""


def is_doubtful(lines: Sequence[Line], *, scan: bool) -> bool:
    """Whether so few words of a page are known that another reading of it is worth a try."""
    found = _legibility(lines)
    least = LEAST_KNOWN_OF_SCAN if scan else LEAST_KNOWN
    return found.known < least or found.garbled_lines > MOST_GARBLED


def is_clearer(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether more words are known of the first reading of a page, or fewer lines garbled."""
    one, other = _legibility(lines), _legibility(others)
    if not lines or one.known < LEAST_KNOWN:
        return False
    return (
        one.known >= other.known + CLEARER
        or one.garbled_lines <= other.garbled_lines - MOST_GARBLED / 2
    )


def makes_no_words(lines: Sequence[Line]) -> bool:
    """Whether next to no word of a page is known: it is no text of any language."""
    found = _legibility(lines)
    return found.known < NEXT_TO_NONE and found.words >= ENOUGH_WORDS


def has_signs_without_meaning(page: pdfium.PdfPage) -> bool:
    """Whether most signs of a page are none of Unicode's: its fonts do not say what they are."""
    text_page = page.get_textpage()
    try:
        signs = "".join(text_page.get_text_range().split())
    finally:
        text_page.close()
    unknown = sum(unicodedata.category(sign) in ("Co", "Cn", "Cc") for sign in signs)
    return 2 * unknown > len(signs) > 0


def _legibility(lines: Sequence[Line]) -> Legibility:
    return legibility([line.text for line in lines])
