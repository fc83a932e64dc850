"""What tools take beside what the endpoint does, each with its bounds."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from qa_service.contract.parts import Offset, Version
from qa_service.nouns import questions as nouns
from qa_service.web.api.requests import MAX_CITED_CHARACTERS, Filters, Name, Names, filters_of

MOST_READ = 20_000
"""Characters of a document that one call gives."""
MOST_LISTED = 200


class DocumentsArguments(Struct, frozen=True, kw_only=True):
    """Which documents are listed."""

    find: Annotated[
        str, Meta(max_length=200, description="Words of the title, the file's name or the date.")
    ] = ""
    collections: Names | None = None
    date_from: date | None = None
    date_to: date | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_LISTED)] = 20
    cursor: Annotated[
        Annotated[str, Meta(pattern="^[0-9]{1,9}$")] | None, Meta(description="Of the page before.")
    ] = None

    @property
    def filters(self) -> nouns.Filters:
        """The documents that are meant. Raises InputError."""
        return filters_of(Filters(None, self.collections, self.date_from, self.date_to), "")


class ReadArguments(Struct, frozen=True, kw_only=True):
    """A stretch of a document's text."""

    document_id: Name
    start: Offset = 0
    end: Annotated[
        Offset | None, Meta(description=f"At most {MOST_READ:,} characters are given at a time.")
    ] = None


class VerifyArguments(Struct, frozen=True, kw_only=True):
    """A quote, and where it is said to stand; without a place it is looked for."""

    document_id: Name
    quote: Annotated[str, Meta(min_length=1, max_length=MAX_CITED_CHARACTERS)]
    start: Offset | None = None
    end: Offset | None = None
    version: Annotated[Version | None, Meta(description="`document_version` of the citation.")] = (
        None
    )
