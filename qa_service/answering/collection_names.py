"""What an opened build's documents call people, places and themselves, for understanding."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.citing.quoted_sources import quoted_dates
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.parsed_question import NamedDocuments


class NamesOfBuild:
    """The names of one build: understanding's CollectionNames."""

    def __init__(self, opened: OpenedBuild) -> None:
        self._opened = opened

    def is_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital, however it was typed."""
        return self._opened.words.is_name(word.lower())

    def places_in(self, text: str) -> Sequence[NamedDocuments]:
        """Places and bodies in a text by which documents are told apart, in order."""
        return self._opened.names.named_in(text)

    def titles_in(self, text: str) -> Sequence[NamedDocuments]:
        """Titles of documents in a text, in order."""
        return self._opened.titles.named_in(text)

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents that a reply quotes, earliest first."""
        return quoted_dates(self._opened, question, reply)
