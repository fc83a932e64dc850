"""What understanding may ask of whatever knows what the collection calls things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.understanding.lexicon import words_of


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

    def subjects_in(self, text: str) -> Sequence[NamedDocuments]:
        """Names and signs in a text that a few documents bear where they begin, in order: what
        these are about, though their titles do not say so."""
        ...

    def documents_holding(self, word: str) -> int:
        """In how many documents a word stands, whatever its ending."""
        ...

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the language."""
        ...

    def is_like_known(self, word: str) -> bool:
        """Whether a word is nearly one of the documents, or short for one of their names."""
        ...

    @property
    def tell_apart(self) -> bool:
        """Whether the documents are told apart by such places and bodies."""
        ...

    def calls_documents(self, noun: str) -> bool:
        """Whether documents of the collection are called so: “reports”."""
        ...

    def document_noun(self, word: str) -> str:
        """The noun of that kind to whose family a word belongs: “inspection” for “inspectors”;
        "" for none."""
        ...

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents that a reply quotes, in its order."""
        ...

    def dates_on(self, place: str) -> Sequence[str]:
        """The dates of the documents on a place, earliest first."""
        ...

    def dates_beside(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents on the place of the newest that a reply quotes, and of its
        kind, earliest first."""
        ...

    def quoted_place(self, question: str, reply: str) -> str:
        """The place or body that the document is on which a reply quotes first; "" for none."""
        ...


SHORTEST_OWNER = 4
"""Letters of a name that may own something without an apostrophe: “lewishams board”."""


def names_in_full(text: str, names: CollectionNames) -> str:
    """A text with places and bodies as the documents write them: “IoW”, “lewishams board”."""
    for item in names.places_in(text):
        if item.name:
            text = text.replace(item.words, item.name, 1)
    for word in words_of(text):
        if (
            len(word) > SHORTEST_OWNER
            and word.endswith("s")
            and not names.is_common(word)
            and _owns(word, names)
        ):
            text = text.replace(word, f"{word[:-1]}’s")
    return text


def _owns(word: str, names: CollectionNames) -> bool:
    """Whether a word is the name of a place and an s, without an apostrophe."""
    whole, owner = (names.places_in(f"in {name}") for name in (word, word[:-1]))
    return bool(owner) and not whole
