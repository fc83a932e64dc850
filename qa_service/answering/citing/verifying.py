"""Whether a citation still holds: the same words at the same place of the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa_service.answering.citing.relocating import NearestPlace, nearest_place
from qa_service.errors import InputError
from qa_service.nouns.documents import Document, Span

State = Literal["verified", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names; `quote` is empty where only the place is known."""

    version: str
    start: int
    end: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the words are there (`verified`), and if not, where the nearest are.

    `nearest` is None where nothing like the quote is left, or where no quote was given to
    look for.
    """

    state: State
    same_version: bool
    nearest: NearestPlace | None = None


def verify(document: Document, cited: Cited) -> Verification:
    """How a citation stands today. Raises InputError for a place that the version never had."""
    same = cited.version == document.version
    found = document.text[cited.start : cited.end]
    if same and not cited.quote and not found.strip():
        raise InputError("end", f"names no place; the text has {len(document.text):,} characters")
    if same and (not cited.quote or _alike(found, cited.quote)):
        return Verification("verified", same)
    nearest = nearest_place(document.text, cited.quote, cited.start) if cited.quote else None
    return Verification("changed", same, nearest)


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """Where a quote stands word for word; None with the nearest place, if anything is like it."""

    place: Span | None
    nearest: NearestPlace | None = None


def find_quote(document: Document, quote: str) -> FoundQuote:
    """The first place at which the words of a quote stand, white space aside."""
    words = r"\s+".join(map(re.escape, quote.split()))
    if words and (found := re.search(words, document.text)):
        return FoundQuote(found.span())
    return FoundQuote(None, nearest_place(document.text, quote, 0))


def _alike(found: str, quote: str) -> bool:
    """Whether two texts are the same but for white space, which copying may change."""
    return found.split() == quote.split()
