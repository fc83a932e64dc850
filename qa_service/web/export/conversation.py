"""A conversation as a request sends it to be exported: what is read of it, and its bounds.

Answers are as the endpoint gave them, perhaps by an earlier version: members that are not read
here may be missing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from qa_service.contract import document_shapes, shapes
from qa_service.contract.parts import Permalink, Share, WrittenDate
from qa_service.nouns.questions import Understood

MAX_TURNS = 200
MAX_TITLE_CHARACTERS = 2_000
MAX_ENTRIES = 1_000
"""Of any list of one answer, and of a list within it."""
MAX_PLACES = 3_000
"""Quotes and links of a whole conversation, counted by the transcript: each takes time to write."""

Texts = Annotated[list[str], Meta(max_length=MAX_ENTRIES)]


class SaidTitle(Struct, frozen=True):
    """A document that a question was limited to."""

    title: str


class SaidLimits(Struct, frozen=True, omit_defaults=True):
    """What a question was limited to."""

    date_from: WrittenDate | None = None
    date_to: WrittenDate | None = None
    collections: Texts = []
    documents: Annotated[list[SaidTitle], Meta(max_length=MAX_ENTRIES)] = []
    words: Texts = []
    lifted: Texts = []


class SaidAsked(Struct, frozen=True):
    """How a question was put."""

    limits: SaidLimits | None = None


class SaidLink(Struct, frozen=True):
    """A document that was listed."""

    title: str
    permalink: Permalink
    date: WrittenDate | None = None


class SaidCatalogue(Struct, frozen=True):
    """Documents that were listed, and the sentence about them."""

    text: str
    documents: Annotated[list[SaidLink], Meta(max_length=MAX_ENTRIES)] = []


class SaidCitation(shapes.Citation, frozen=True, kw_only=True):
    """A citation as it was given, with the bound of its list."""

    also_in: Annotated[list[document_shapes.DocumentLink], Meta(max_length=MAX_ENTRIES)]


class SaidAnswer(Struct, frozen=True, omit_defaults=True):
    """What is read of an answer."""

    answered: bool | None = None
    confidence: Share = 0.0
    reason: str | None = None
    hint: str | None = None
    understood: Understood | None = None
    corrections: Annotated[list[shapes.Correction], Meta(max_length=MAX_ENTRIES)] = []
    scope: SaidLimits | None = None
    asked: SaidAsked | None = None
    timeline: Annotated[list[shapes.Moment], Meta(max_length=MAX_ENTRIES)] | None = None
    catalogue: SaidCatalogue | None = None
    citations: Annotated[list[SaidCitation], Meta(max_length=MAX_ENTRIES)] = []


class SaidTurn(Struct, frozen=True):
    """A question and its answer."""

    question: str
    answer: SaidAnswer


class Conversation(Struct, frozen=True):
    """A conversation, which the browser keeps and sends."""

    turns: Annotated[list[SaidTurn], Meta(min_length=1, max_length=MAX_TURNS)]
    title: Annotated[str, Meta(max_length=MAX_TITLE_CHARACTERS)] | None = None


class ExportAddress(Struct, frozen=True):
    """The kind of file."""

    format: Literal["markdown", "docx", "json"]
