"""Evidence -> evidence as the reader sees it: its order, and the exact words that answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.reader import Place, Reader, Reading

RELEVANCE_WEIGHT = 0.05
"""What one unit of the reader's logit adds to the score of a place."""
EXACT_CERTAINTY = 0.25
"""From how likely on the words are marked: that the place answers, and with these words."""


def review(
    reader: Reader, question: str, evidence: Sequence[Evidence], limit: int
) -> list[Evidence]:
    """The `limit` best places, read with the question, best first; the others are left out."""
    read = evidence[:limit]
    readings = reader.read(question, [_place(item) for item in read])
    reviewed = [_reviewed(item, found) for item, found in zip(read, readings, strict=True)]
    return sorted(reviewed, key=lambda item: -item.score)


def _place(item: Evidence) -> Place:
    passage = item.hit.passage
    text = passage.text[item.start - passage.start : item.end - passage.start]
    return Place(item.hit.document.title, text)


def _reviewed(item: Evidence, reading: Reading) -> Evidence:
    likely = reading.certainty / (1 + math.exp(-reading.relevance))
    marked = reading.end > reading.start and likely >= EXACT_CERTAINTY
    return replace(
        item,
        score=item.score + RELEVANCE_WEIGHT * reading.relevance,
        relevance=reading.relevance,
        exact=(item.start + reading.start, item.start + reading.end) if marked else None,
    )
