"""The shapes of the endpoint's responses. Their JSON and their description come from here.

A shape may extend another one that is a part of it, as the library has it: JSON has the
members of both at one level.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from qa_service.contract.document_shapes import DocumentLink, DocumentName, ListedDocument
from qa_service.contract.parts import (
    Count,
    DocumentDate,
    Milliseconds,
    Number,
    Offset,
    Share,
    Version,
)
from qa_service.nouns import answers as nouns
from qa_service.nouns.questions import Understood
from qa_service.nouns.results import Reason


class Stretch(Struct, frozen=True):
    """A stretch of a document's text."""

    text: str
    start: Offset
    end: Offset


class Place(DocumentLink, frozen=True, kw_only=True):
    """Where something stands: the members that every quote and every passage has."""

    document_version: Version
    source: Annotated[str, Meta(description="Path under the corpus, or an address.")]
    page: Number | None
    heading: str | None
    publisher: str | None
    address: Annotated[
        str | None, Meta(description="Of the source on the web, where that is stated.")
    ] = None
    language: Annotated[
        str | None, Meta(description="Of the document, ISO 639-1, as its text shows it.")
    ] = None
    start: Offset
    end: Offset


class Why(Struct, frozen=True):
    """Why a passage matched."""

    shared_terms: Annotated[
        list[str], Meta(description="Words of the question that the passage or its context holds.")
    ]
    absent_terms: Annotated[list[str], Meta(description="Those that neither holds.")]
    sentence: Annotated[
        Stretch | None, Meta(description="The sentence of the passage that fits best.")
    ]


class Quote(Struct, frozen=True):
    """One verbatim part of an answer."""

    quote: str
    citation: Number


class Citation(Place, frozen=True, kw_only=True):
    """A quote with all that finds it again."""

    number: Number
    passage_id: str
    quote: str
    exact: Annotated[
        Stretch | None,
        Meta(description="The words of the quote that answer by themselves, if certain enough."),
    ]
    why: Why | None
    also_in: Annotated[list[DocumentLink], Meta(description="Other documents that say the same.")]


class Passage(Place, frozen=True, kw_only=True):
    """A passage that was found."""

    passage_id: str
    text: str
    score: Share
    dense_rank: Number | None
    keyword_rank: Number | None
    duplicates: list[DocumentName]
    folded_into: Annotated[
        str | None, Meta(description="The better passage that this one repeats.")
    ]
    why: Why | None


class Correction(Struct, frozen=True):
    """A word that counts as mistyped, and the one searched for in its place."""

    typed: str
    taken: str


class Scope(Struct, frozen=True, kw_only=True):
    """What the question's own words narrowed the search to."""

    date_from: str | None
    date_to: str | None
    collections: list[str]
    documents: list[DocumentName]
    words: Annotated[list[str], Meta(description="The stretches of the question that did it.")]
    lifted: Annotated[
        list[str],
        Meta(description="Stretches that narrow no more, since nothing within answered."),
    ]


class Moment(DocumentName, frozen=True, kw_only=True):
    """What one document says in a comparison; no citation where it says nothing."""

    date: DocumentDate
    citation: Number | None
    nearest: Passage | None = None
    place: Annotated[str | None, Meta(description="Whose side it is, of places compared.")] = None


class Catalogue(Struct, frozen=True):
    """What a question about the collection is answered with."""

    text: Annotated[str, Meta(description="One plain sentence.")]
    total: Annotated[Count, Meta(description="Of all documents meant, listed or not.")]
    documents: list[ListedDocument]


class FactsRow(DocumentLink, frozen=True, kw_only=True):
    """What one document says: a cell a label, null where it says nothing."""

    cells: list[nouns.FactCell | None]


class FactsTable(Struct, frozen=True):
    """What documents say of each label."""

    labels: list[str]
    rows: Annotated[list[FactsRow], Meta(description="Those that answer.")]
    others: Annotated[
        list[FactsRow],
        Meta(description="Those that say something else; their cells name `other_citations`."),
    ] = []
    other_citations: list[Citation] = []


class Alternative(Struct, frozen=True):
    """What the collection holds in the place of something that it does not."""

    text: str
    document: DocumentLink | None


class Mentioned(Struct, frozen=True, kw_only=True):
    """What every place can be looked up of, and where; empty lists limit nothing."""

    query: Annotated[str, Meta(description="For `GET /api/mentions?q=…`.")]
    document_ids: list[str]
    collections: list[str]
    date_from: str | None
    date_to: str | None


class Index(Struct, frozen=True):
    """Which build answers, and how large it is."""

    build: str | None
    documents: Count
    passages: Count


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to a question."""

    question: str
    standalone_question: Annotated[
        str, Meta(description="As searched: understood from the history, spelling corrected.")
    ]
    answered: bool
    kind: nouns.AnswerKind
    confidence: Annotated[Share, Meta(description="That the documents answer the question.")]
    reason: Annotated[Reason | None, Meta(description="Why there is no answer.")]
    hint: Annotated[
        str | None,
        Meta(description="A sentence for the person, where what was asked for is not there."),
    ]
    corrections: list[Correction]
    answer: list[Quote]
    citations: list[Citation]
    passages: list[Passage]
    understood: Annotated[
        Understood | None, Meta(description="Null where the question was taken as typed.")
    ]
    scope: Scope | None
    timeline: Annotated[list[Moment] | None, Meta(description="A comparison, oldest first.")]
    catalogue: Annotated[
        Catalogue | None, Meta(description="For a question about the collection itself.")
    ]
    documents: Annotated[
        list[ListedDocument], Meta(description="Those of an answer of the kind `documents`.")
    ]
    facts: FactsTable | None
    contradicted_by: Annotated[
        Citation | None, Meta(description="A fact that denies what the question takes for granted.")
    ]
    missing: Annotated[
        list[str], Meta(description="What was named that the collection does not hold.")
    ]
    nearest: list[Alternative]
    parts: Annotated[
        list[Answer],
        Meta(description="Of several questions; `answer` and `citations` hold all of theirs."),
    ]
    suggestions: Annotated[list[str], Meta(description="Questions that lead on.")]
    mentions: Annotated[
        Mentioned | None, Meta(description="Words of the question, to look up every place of.")
    ] = None
    index: Index
    took_ms: Milliseconds


class SearchResult(Struct, frozen=True, kw_only=True):
    """Ranked passages."""

    query: str
    corrections: list[Correction]
    passages: list[Passage]
    index: Index
    took_ms: Milliseconds


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: Annotated[
        str | UnsetType, Meta(description="The part of the request that is out of range.")
    ] = UNSET
