"""What the browser sends of its pinboard: quotes with their notes, in groups, in order."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from qa_service.contract.parts import DocumentDate, Number, Offset, Permalink, Version

MOST_GROUPS = 100
MOST_PINS = 500
LONGEST_QUOTE = 20_000
LONGEST_LINE = 2_000
LONGEST_NOTE = 10_000

Line = Annotated[str, Meta(max_length=LONGEST_LINE)]


class Pin(Struct, frozen=True, kw_only=True):
    """A quote that somebody collected: its citation, and what they noted on it."""

    quote: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUOTE)]
    title: Line
    date: DocumentDate = None
    page: Number | None = None
    heading: Line | None = None
    publisher: Line | None = None
    address: Annotated[
        Line | None, Meta(description="Of the document on the web, where it has one.")
    ] = None
    language: Line | None = None
    source: Line
    document_id: Line
    document_version: Version
    start: Offset
    end: Offset
    permalink: Permalink
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] = ""


class PinGroup(Struct, frozen=True):
    """Quotes below one heading."""

    heading: Line = ""
    pins: Annotated[list[Pin], Meta(max_length=MOST_PINS)] = []


class Pinboard(Struct, frozen=True):
    """All of a pinboard."""

    title: Line = ""
    groups: Annotated[list[PinGroup], Meta(max_length=MOST_GROUPS)] = []


class BriefingAddress(Struct, frozen=True):
    """The kind of file, and the style of its references."""

    format: Literal["docx", "markdown", "bibtex", "csl-json"]
    style: Literal["harvard", "oscola"] = "harvard"
