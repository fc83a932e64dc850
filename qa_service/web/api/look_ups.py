"""The addresses of look-ups: every place that mentions something, every fact of a label."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from qa_service.nouns import questions as nouns
from qa_service.web.api.requests import (
    MAX_NAME_CHARACTERS,
    Filters,
    Names,
    QuestionText,
    filters_of,
)

ENTRIES_OF_A_PAGE = 100


class PageAddress(Struct, frozen=True, kw_only=True):
    """Which page of what is found, and as what."""

    limit: Annotated[
        Annotated[int, Meta(ge=1, le=1_000)] | None,
        Meta(description="Entries of a page: 100 unless told; of a table all."),
    ] = None
    cursor: Annotated[
        Annotated[str, Meta(max_length=MAX_NAME_CHARACTERS)] | None,
        Meta(description="Of the page before."),
    ] = None
    format: Literal["json", "csv"] = "json"

    @property
    def most(self) -> int | None:
        """How many entries are wanted, None for all of them."""
        return self.limit or (ENTRIES_OF_A_PAGE if self.format == "json" else None)


class MentionsAddress(PageAddress, frozen=True, kw_only=True):
    """What is looked for, and in which documents. A member that is a list is given several
    times."""

    q: QuestionText
    document_id: Names | None = None
    collection: Names | None = None
    date_from: date | None = None
    date_to: date | None = None

    @property
    def filters(self) -> nouns.Filters:
        """The documents that are meant. Raises InputError."""
        given = Filters(self.document_id, self.collection, self.date_from, self.date_to)
        return filters_of(given, "")


class FactsAddress(PageAddress, frozen=True, kw_only=True):
    """What documents state, as "Lead inspector"."""

    label: QuestionText
