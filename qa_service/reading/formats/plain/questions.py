"""Questions with answers in a plain text: each "Q. …" is the heading of its "A. …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_QUESTION = re.compile(r"\s*(?:Q|Question)(?: ?\d{1,3})?[.):]\s+\S")
_ANSWER = re.compile(r"\s*(?:A|Answer)(?: ?\d{1,3})?[.):]\s+\S")
_LONGEST_QUESTION = 60


def with_questions_apart(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, those divided in which an answer follows its question line by line."""
    if not any(map(_QUESTION.match, paragraphs)):
        return list(paragraphs)
    return [part for paragraph in paragraphs for part in _parts(paragraph)]


def questions_among(paragraphs: Sequence[str]) -> frozenset[int]:
    """Places of the questions that an answer follows, at once or behind more questions."""
    found: set[int] = set()
    waiting: list[int] = []
    for place, paragraph in enumerate(paragraphs):
        if _QUESTION.match(paragraph) and len(paragraph.split()) <= _LONGEST_QUESTION:
            waiting.append(place)
        else:
            found.update(waiting if _ANSWER.match(paragraph) else ())
            waiting = []
    return frozenset(found)


def _parts(paragraph: str) -> Iterator[str]:
    rows: list[str] = []
    for row in paragraph.split("\n"):
        if rows and (_QUESTION.match(row) or _ANSWER.match(row)):
            yield "\n".join(rows)
            rows = []
        rows.append(row)
    yield "\n".join(rows)
