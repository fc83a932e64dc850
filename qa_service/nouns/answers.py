"""The nouns of an answer: what it quotes, from where, and what else it says.

Offsets and dates are as in `documents.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Literal

from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import NO_FILTERS, Correction, Filters, Understood
from qa_service.nouns.results import Hit, IndexInfo, MatchExplanation, Reason

AnswerKind = Literal["quotes", "documents", "facts", "comparison", "small_talk", "declined"]
ANSWERED_KINDS: frozenset[AnswerKind] = frozenset({"quotes", "documents", "facts", "comparison"})


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
    """What one document says in a comparison: the number of the citation, or None.

    `nearest` is its best passage where nothing in it is close enough to be cited; `place` whose
    side it is where places are compared, "" over time.
    """

    document: DocumentSummary
    citation: int | None
    nearest: Hit | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the index holds, for a question about that: a sentence, and the documents meant.

    `total` counts all that are meant, also where not every one is listed.
    """

    text: str
    documents: tuple[DocumentSummary, ...]
    total: int


@dataclass(frozen=True, slots=True)
class FactCell:
    """What a document says of one label, and the number of the citation that shows it."""

    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class FactsRow:
    """What one document says: a cell for each label of the table, None where it says nothing."""

    document: DocumentSummary
    cells: tuple[FactCell | None, ...]


@dataclass(frozen=True, slots=True)
class FactsTable:
    """Facts of documents side by side: a row for each document, a column for each label.

    `rows` are the documents that answer, `others` those that state one of the labels and say
    something else, where that tells them apart. What the others say is no part of the answer:
    their cells name `other_citations`, counted by themselves.
    Cannot be made without a label, without a value, or with a row of another width.
    """

    labels: tuple[str, ...]
    rows: tuple[FactsRow, ...]
    others: tuple[FactsRow, ...] = ()
    other_citations: tuple[Citation, ...] = ()

    def __post_init__(self) -> None:
        rows = (*self.rows, *self.others)
        if not self.labels or any(len(row.cells) != len(self.labels) for row in rows):
            raise ValueError("a table of facts has a cell for each of its labels in every row")
        if not self.cited:
            raise ValueError("a table of facts holds one value at least")
        if _cited(self.others) != {citation.number for citation in self.other_citations}:
            raise ValueError("a table of facts cites what its other rows say, and nothing else")

    @property
    def cited(self) -> frozenset[int]:
        """The numbers of the answer's citations that its cells name."""
        return _cited(self.rows)


def _cited(rows: Sequence[FactsRow]) -> frozenset[int]:
    return frozenset(cell.citation for row in rows for cell in row.cells if cell)


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the collection holds in place of something that it does not: a name or a document."""

    text: str
    document: DocumentSummary | None = None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Words of a question that stand in the documents that these filters admit, so that every
    place which mentions them can be looked up."""

    words: str
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant by the beginning of a question; `document_id` is None for a question."""

    text: str
    kind: Literal["question", "title", "heading"]
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, of one kind: what was found, or a reason why nothing was.

    `hint` is a sentence for the person where nothing is quoted, or where what the question
    asked for (“the 2014 report”) is not there; `stages` are the milliseconds that each stage
    took, in order. `understood` is None where nothing was taken over from the conversation.
    `catalogue` are the documents of the kind "documents", `facts` the table of "facts",
    `timeline` the entries of a comparison, oldest first. `missing` is what the question named
    that the collection does not hold, `nearest` what it holds in its place; `contradicted_by` a
    fact that denies what it takes for granted, cited apart. `parts` are the
    answers to the questions of one message, in order: then the outer one has their quotes and
    citations, whose numbers run through. `suggestions` are questions that lead on; `mentions`
    is what every place can be looked up of, None where that is nothing. An answer that
    contradicts itself cannot be made; `_contradiction` says what that is.
    """

    kind: AnswerKind
    question: str
    standalone_question: str
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
    facts: FactsTable | None = None
    contradicted_by: Citation | None = None
    missing: tuple[str, ...] = ()
    nearest: tuple[Alternative, ...] = ()
    parts: tuple[Answer, ...] = ()
    suggestions: tuple[str, ...] = ()
    mentions: Mentioned | None = None

    def __post_init__(self) -> None:
        if said := _contradiction(self):
            raise ValueError(said)

    @property
    def answered(self) -> bool:
        """Whether something was found: quotes, documents, facts or a comparison."""
        return self.kind in ANSWERED_KINDS


def _contradiction(answer: Answer) -> str:
    """What cannot be true of an answer; empty where all can."""
    return (
        _wrong_reason(answer)
        or _wrong_quotes(answer)
        or (_wrong_parts(answer) if answer.parts else _wrong_kind(answer))
    )


def _wrong_reason(answer: Answer) -> str:
    if answer.answered == (answer.reason is not None):
        return "an answer has a reason exactly when it is not answered"
    if (answer.kind == "small_talk") != (answer.reason == "small_talk"):
        return "an answer has the reason small_talk exactly when that is its kind"
    if answer.reason == "not_in_collection" and not answer.missing:
        return "an answer has what is missing where that is the reason"
    if answer.contradicted_by and answer.answered:
        return "an answer is contradicted only where it is not answered"
    if answer.nearest and not answer.missing:
        return "an answer has alternatives only for something that is missing"
    return ""


def _wrong_quotes(answer: Answer) -> str:
    numbers = {citation.number for citation in answer.citations}
    if len(numbers) != len(answer.citations):
        return "an answer has one citation of each number"
    if {quote.citation for quote in answer.quotes} != numbers:
        return "every quote has a citation and every citation a quote"
    if answer.quotes and not answer.answered:
        return "an answer has quotes only where it is answered"
    if not {entry.citation for entry in answer.timeline or ()} <= numbers | {None}:
        return "a timeline names citations of the answer only"
    if answer.facts and not answer.facts.cited <= numbers:
        return "a table of facts names citations of the answer only"
    return ""


def _wrong_kind(answer: Answer) -> str:
    if answer.kind in ("quotes", "facts", "comparison") and not answer.quotes:
        return f"an answer has quotes where its kind is {answer.kind}"
    if (answer.kind == "documents") != (answer.catalogue is not None):
        return "an answer has a catalogue exactly when its kind is documents"
    if answer.kind == "facts" and answer.facts is None:
        return "an answer has a table of facts where its kind is facts"
    if answer.facts and answer.kind not in ("facts", "comparison"):
        return "an answer has a table of facts only where its kind is facts or comparison"
    if answer.kind == "comparison" and not answer.timeline:
        return "an answer has a timeline where its kind is comparison"
    return ""


def _wrong_parts(answer: Answer) -> str:
    """The outer answer holds all that its parts quote, and answers where one of them does."""
    parts = answer.parts
    if any(part.parts for part in parts):
        return "an answer has parts that have none themselves"
    if answer.answered != any(part.answered for part in parts):
        return "an answer has parts of which one is answered exactly when it is"
    if answer.quotes != tuple(quote for part in parts for quote in part.quotes):
        return "an answer has the quotes of its parts, in order"
    if answer.citations != tuple(citation for part in parts for citation in part.citations):
        return "an answer has the citations of its parts, in order"
    return ""
