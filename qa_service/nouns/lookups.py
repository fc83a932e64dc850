"""The nouns of look-ups: ranked passages, every place that mentions something, every fact of a
label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa_service.nouns.answers import Citation
from qa_service.nouns.questions import Correction
from qa_service.nouns.results import Hit, IndexInfo


@dataclass(frozen=True, slots=True)
class Mentions:
    """Places that mention a word, a name or a phrase, the newest document first.

    `counts` has every document that does, with the number of its places, in that order;
    `citations` the places of one page, each with its sentence as the quote and the words
    themselves as `exact`, numbered through all. `cursor` leads to the next page, None on the
    last.
    """

    query: str
    counts: Mapping[str, int]
    citations: tuple[Citation, ...]
    cursor: str | None
    index: IndexInfo
    took_ms: float

    @property
    def total(self) -> int:
        """How many places there are in all."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A label and its value as one document states them.

    The citation quotes the line or row, with the value as its `exact` words. `column` is the
    head above the value in a table, `date` the value as a date, None where it is none.
    """

    label: str
    value: str
    column: str
    date: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What documents state of one label, the newest document first.

    `facts` are those of one page of `total`; `cursor` leads to the next, None on the last.
    """

    label: str
    total: int
    facts: tuple[StatedFact, ...]
    cursor: str | None
    index: IndexInfo
    took_ms: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked passages for a query, without an answer."""

    query: str
    hits: tuple[Hit, ...]
    index: IndexInfo
    took_ms: float
    corrections: tuple[Correction, ...] = ()
