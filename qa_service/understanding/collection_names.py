"""What understanding may ask of whatever knows what the collection calls things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa_service.nouns.parsed_question import NamedDocuments


class CollectionNames(Protocol):
    """What the documents call people, places and themselves."""

    def is_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital, however it was typed."""
        ...

    def places_in(self, text: str) -> Sequence[NamedDocuments]:
        """Places and bodies in a text by which documents are told apart, in order."""
        ...

    def titles_in(self, text: str) -> Sequence[NamedDocuments]:
        """Titles of documents in a text, in order."""
        ...

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents that a reply quotes, earliest first."""
        ...


class NoNames:
    """Of a collection of which nothing is known: a name is what has a capital."""

    def is_name(self, word: str) -> bool:
        """As typed."""
        return word[:1].isupper()

    def places_in(self, text: str) -> Sequence[NamedDocuments]:  # noqa: ARG002
        """None."""
        return ()

    def titles_in(self, text: str) -> Sequence[NamedDocuments]:  # noqa: ARG002
        """None."""
        return ()

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:  # noqa: ARG002
        """None."""
        return ()
