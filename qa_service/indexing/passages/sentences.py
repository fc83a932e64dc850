"""Where sentences begin and end, as offsets, and which may be quoted; a line of canonical text
never joins the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise

from qa_service.indexing.passages.sentence_ends import sentence_starts
from qa_service.nouns.documents import Passage, Span
from qa_service.reading.blocks.canonical import RAISED_SIGNS

_LINE = re.compile(r"[^\n]+")
_NOTE_SIGN = re.compile(rf"[{RAISED_SIGNS}]+\s*")
_BULLET = re.compile(r"(?:[•▪◦‣–-]|\(?(?:[0-9a-zA-Z]{1,3}|\d{1,3}(?:\.\d{1,3})+)[.)])\s*")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]\s*")
"""What stands before an item within a line."""
NEVER_QUOTED = ("contents", "boilerplate")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """(start, end) of every sentence of `text[start:end]`, in order, blanks at the ends left out.

    Together they hold every character of the stretch but white space.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    for line in _LINE.finditer(text, start, end):
        spans.extend(_line_spans(line.group(), line.start()))
    return spans


def said_from(text: str, sentence: Span, markers: Mapping[int, int]) -> int:
    """Where the words of a sentence begin: behind a marker, given by start and end of each.

    A sentence that is nothing but its marker begins with it.
    """
    start, end = sentence
    behind = markers.get(start, start)
    rest = text[behind:end]
    return behind + len(rest) - len(rest.lstrip()) if rest.strip() else start


def _line_spans(line: str, offset: int) -> list[Span]:
    edges = [0, *(_behind_note_sign(line, start) for start in sentence_starts(line)), len(line)]
    pieces = _join_bullet(line, list(pairwise(edges)))
    trimmed = [_trim(line, first, last) for first, last in pieces]
    return [(offset + first, offset + last) for first, last in trimmed if first < last]


def _behind_note_sign(line: str, start: int) -> int:
    """Behind the sign of a note that ends the sentence before: "… in March.¹ It …"."""
    sign = _NOTE_SIGN.match(line, start)
    return sign.end() if sign else start


def _join_bullet(line: str, pieces: list[Span]) -> list[Span]:
    """A list marker cut off from its item ("1. | Staff act promptly.") belongs to it."""
    joined: list[Span] = []
    for piece in pieces:
        marker = _NUMBER if len(joined) > 1 else _BULLET
        if joined and marker.fullmatch(line, *joined[-1]):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def quotable_sentences(passage: Passage) -> tuple[bool, ...]:
    """For each sentence of a passage whether it may be quoted, or made a suggestion of.

    Lines of contents and boilerplate may not: they are there to be searched. A passage whose
    blocks are not known is quoted whole.
    """
    starts = [block.start for block in passage.blocks]
    places = [bisect_right(starts, start) - 1 for start, _ in passage.sentences]
    return tuple(place < 0 or passage.blocks[place].kind not in NEVER_QUOTED for place in places)
