"""The nouns of feedback. Frozen, and without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa_service.nouns.questions import NO_FILTERS, Filters, Turn
from qa_service.nouns.results import Reason

Verdict = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """The first citation of an answer that was judged: `quote` stood at `start` to `end` (code
    points) in this version (sha256 of the source bytes, in hex) of the document.
    """

    document_id: str
    document_version: str
    title: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's verdict on one answer: "up" for right, "down" for wrong.

    `standalone_question` is the question as it was searched, `history` what was said before
    it, `filters` what it was limited to, `reason` why there was no answer. An answer that lists
    documents has no citation; cannot be made with `answered` false and one.
    """

    question: str
    verdict: Verdict
    answered: bool
    citation: CitedQuote | None
    standalone_question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = NO_FILTERS
    reason: Reason | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.citation is not None and not self.answered:
            raise ValueError("feedback names a citation only where there was an answer")


@dataclass(frozen=True, slots=True)
class StoredFeedback:
    """Feedback with the id under which it is stored, and when (UTC, ISO 8601 in seconds)."""

    id: str
    stored: str
    feedback: Feedback
