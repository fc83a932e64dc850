"""The nouns of an answer: what it quotes, from where, and what else it says.

Offsets and dates are as in `schema.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from typing import Literal

from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit, IndexInfo, MatchExplanation, Reason


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question that counts as mistyped, the word searched for in its place, and
    where it stands in what was typed (start, end)."""

    typed: str
    taken: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that a question took over from the conversation before it."""

    text: str
    kind: Literal["subject", "place", "date", "document"]


@dataclass(frozen=True, slots=True)
class Understood:
    """How a follow-up was understood: as a question that stands alone, with what it took over."""

    text: str
    carried: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Where another document says the same as a quote (start, end in its text)."""

    document: DocumentSummary
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. Cannot be made unless `source_text[start:end]` is the quote.

    `exact` is where in the document the words within the quote stand that answer by
    themselves (start, end); None where that is not certain enough. `also_in` are other
    documents that say the same.
    """

    number: int
    passage_id: str
    document: DocumentSummary
    heading_path: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    source_text: InitVar[str]
    exact: tuple[int, int] | None = None
    why: MatchExplanation | None = None
    also_in: tuple[OtherSource, ...] = ()

    def __post_init__(self, source_text: str) -> None:
        if not self.quote or source_text[self.start : self.end] != self.quote:
            raise ValueError(f"the quote is not the text of {self.document.id} at its offsets")
        if self.exact and not self.start <= self.exact[0] < self.exact[1] <= self.end:
            raise ValueError(f"the exact words do not stand in the quote of {self.document.id}")


@dataclass(frozen=True, slots=True)
class Quote:
    """One verbatim part of an answer and the number of the citation it belongs to."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words of a question themselves narrowed the search to.

    `documents` are those that `filters` names; `words` the stretches of the question that
    narrowed it. `lifted` are stretches that would have, but nothing within answered.
    """

    filters: Filters
    documents: tuple[DocumentSummary, ...]
    words: tuple[str, ...]
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What one document says in a comparison over time: the number of the citation, or None."""

    document: DocumentSummary
    citation: int | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the index holds, for a question about that: a sentence, and the documents meant.

    `total` counts all that are meant, also where not every one is listed.
    """

    text: str
    documents: tuple[DocumentSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant by the beginning of a question; `document_id` is None for a question."""

    text: str
    kind: Literal["question", "title", "heading"]
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: quotes with citations, or a reason why there is none.

    `hint` is a sentence for the person where nothing is quoted, or where what the question
    asked for (“the 2014 report”) is not there; `stages` are the
    milliseconds that each stage took, in order. `understood` is None where nothing was taken
    over from the conversation. `timeline` is a comparison's, oldest first;
    `suggestions` are questions that lead on. An answer cannot be made with `answered` true
    and no citation, or false and quotes.
    """

    question: str
    standalone_question: str
    answered: bool
    confidence: float
    reason: Reason | None
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    index: IndexInfo
    took_ms: float
    hint: str | None = None
    corrections: tuple[Correction, ...] = ()
    understood: Understood | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    scope: Scope | None = None
    timeline: tuple[TimelineEntry, ...] | None = None
    catalogue: Catalogue | None = None
    suggestions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = {citation.number for citation in self.citations}
        if self.answered != bool(self.quotes) or self.answered != bool(self.citations):
            raise ValueError("an answer has quotes and citations exactly when it is answered")
        if self.answered == (self.reason is not None):
            raise ValueError("an answer has a reason exactly when it is not answered")
        if {quote.citation for quote in self.quotes} != numbers:
            raise ValueError("every quote has a citation and every citation a quote")
        if not {entry.citation for entry in self.timeline or ()} <= numbers | {None}:
            raise ValueError("a timeline names citations of the answer only")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked passages for a query, without an answer."""

    query: str
    hits: tuple[Hit, ...]
    index: IndexInfo
    took_ms: float
    corrections: tuple[Correction, ...] = ()
