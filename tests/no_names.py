"""A collection of which nothing is known, for tests of understanding."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.understanding.lexicon import DOCUMENTS


class NoNames:
    """Of a collection of which nothing is known: a name is what has a capital."""

    def is_name(self, word: str) -> bool:
        """As typed."""
        return word[:1].isupper()

    def subjects_in(self, text: str) -> Sequence[NamedDocuments]:  # noqa: ARG002
        return ()

    def places_in(self, text: str) -> Sequence[NamedDocuments]:  # noqa: ARG002
        """None."""
        return ()

    def titles_in(self, text: str) -> Sequence[NamedDocuments]:  # noqa: ARG002
        """None."""
        return ()

    def documents_holding(self, word: str) -> int:  # noqa: ARG002
        """One: nothing is known to be missing."""
        return 1

    def is_common(self, word: str) -> bool:  # noqa: ARG002
        """Every word may be."""
        return True

    def is_like_known(self, word: str) -> bool:  # noqa: ARG002
        """Every word may be."""
        return True

    @property
    def tell_apart(self) -> bool:
        """They are not."""
        return False

    def calls_documents(self, noun: str) -> bool:
        """By the words that any document may go by."""
        return noun.lower().removesuffix("s") in DOCUMENTS

    def document_noun(self, word: str) -> str:
        """By the same words."""
        return word.lower().removesuffix("s") if self.calls_documents(word) else ""

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:  # noqa: ARG002
        """None."""
        return ()

    def dates_on(self, place: str) -> Sequence[str]:  # noqa: ARG002
        """None."""
        return ()

    def dates_beside(self, question: str, reply: str) -> Sequence[str]:  # noqa: ARG002
        """None."""
        return ()

    def quoted_place(self, question: str, reply: str) -> str:  # noqa: ARG002
        """None."""
        return ""


NO_NAMES = NoNames()
