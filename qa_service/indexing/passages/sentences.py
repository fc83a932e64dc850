"""Where sentences begin and end, as offsets; a line of canonical text never joins the next."""

from __future__ import annotations

import re
from itertools import pairwise

import sentencex

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
# The library leaves "… were good. No. 10 was first." whole. A full stop after a word of four
# or more small letters ends a sentence when a capital follows; so does a stop standing alone
# between spaces, as in texts that were tokenised before they were published.
_MISSED_END = re.compile(r"(?<=[a-z]{4})[.!?][\"'”’)]*\s+(?=[“\"‘(]?[A-Z])|(?<=\s)[.!?]\s+(?=\S)")
_BULLET = re.compile(r"(?:[•▪◦‣–-]|\(?[0-9a-zA-Z]{1,3}[.)])\s*")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """(start, end) of every sentence of `text[start:end]`, in order, blanks at the ends left out.

    Together they hold every character of the stretch but white space.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    for line in _LINE.finditer(text, start, end):
        spans.extend(_line_spans(line.group(), line.start()))
    return spans


def _line_spans(line: str, offset: int) -> list[Span]:
    cuts = {boundary["start_index"] for boundary in sentencex.get_sentence_boundaries("en", line)}
    cuts |= {match.end() for match in _MISSED_END.finditer(line)}
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(line)), len(line)]
    pieces = _join_bullet(line, list(pairwise(edges)))
    trimmed = [_trim(line, first, last) for first, last in pieces]
    return [(offset + first, offset + last) for first, last in trimmed if first < last]


def _join_bullet(line: str, pieces: list[Span]) -> list[Span]:
    """A list marker cut off from its item ("1. | Staff act promptly.") belongs to it."""
    if len(pieces) > 1 and _BULLET.fullmatch(line, *pieces[0]):
        return [(pieces[0][0], pieces[1][1]), *pieces[2:]]
    return pieces


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
