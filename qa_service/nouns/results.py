"""What a search finds, and in which build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa_service.nouns.documents import DocumentSummary, Passage

Reason = Literal["no_evidence", "empty_index", "small_talk", "not_in_collection"]


@dataclass(frozen=True, slots=True)
class MatchExplanation:
    """Why a passage matched a question.

    `shared_terms` are the question's words, as they stand in it, whose stems the passage or
    its context (title, headings) holds; `absent_terms` those that neither holds. `sentence`
    is where in the document the sentence stands that fits best (start, end).
    """

    shared_terms: tuple[str, ...]
    absent_terms: tuple[str, ...]
    sentence: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. Ranks count from 1; None where that side missed it.

    `score` is the fused score, 0 to 1; where passages were read, these come first, likeliest
    first, whatever their scores. `duplicates` are other documents in which nearly
    the same passage stands. `folded_into` is the id of the better hit that this passage
    nearly repeats; such hits only fill up a list for which the index has no others.
    """

    passage: Passage
    document: DocumentSummary
    rank: int
    score: float
    dense_rank: int | None
    keyword_rank: int | None
    duplicates: tuple[DocumentSummary, ...] = ()
    folded_into: str | None = None
    why: MatchExplanation | None = None


@dataclass(frozen=True, slots=True)
class RefusedBuild:
    """A build that could not be used, and why."""

    build: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which build answers and how large it is. `build` is None before the first build.

    `refused` is a newer one that was to take its place and cannot be used.
    """

    build: str | None
    documents: int
    passages: int
    refused: RefusedBuild | None = None
