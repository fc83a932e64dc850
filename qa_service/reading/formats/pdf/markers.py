"""Numbers and bullets of list items that a PDF stores apart from them.

WeasyPrint, for one, draws those that stand in the margin behind all other text of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.reading.formats.pdf.lines import Line

LONGEST_MARKER = 7
_MARKER = re.compile(r"[•◦▪‣–-]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})[.)]", re.IGNORECASE)
SAME_LINE = 0.2
"""A marker stands on the line of its item, but for such a share of their size …"""
FARTHEST = 3.0
"""… and no more than so many sizes before it."""


def with_markers(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with each marker that stands alone before the item beside it."""
    markers = [line for line in lines if _is_marker(line)]
    if not markers or len(markers) == len(lines):
        return list(lines)
    ordered = list(lines)
    for marker in markers:
        place = ordered.index(marker)
        beside = [at for at, line in enumerate(ordered) if _is_item_of(line, marker)]
        if beside and place + 1 not in beside:
            at = min(beside, key=lambda at: ordered[at].left)
            ordered[at] = _joined(marker, ordered[at])
            del ordered[place]
    return ordered


def _is_marker(line: Line) -> bool:
    return len(line.text) <= LONGEST_MARKER and _MARKER.fullmatch(line.text) is not None


def _is_item_of(line: Line, marker: Line) -> bool:
    gap = line.left - marker.right
    return (
        abs(line.top - marker.bottom) <= SAME_LINE * line.size
        and -line.size < gap <= FARTHEST * line.size
        and line.left > marker.left
        and not _is_marker(line)
    )


def _joined(marker: Line, item: Line) -> Line:
    text, words = f"{marker.text} {item.text}", (*marker.words, *item.words)
    return replace(item, text=text, left=marker.left, words=words)
