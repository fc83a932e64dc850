"""What an opened build's documents call people, places and themselves, for understanding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.answering.earlier_replies import quoted_documents
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import LEAST_SHARE, named_together
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.reading.language.known_words import english_words
from qa_service.stems import terms
from qa_service.understanding.lexicon import LEADS_TO_PLACE, begins_before_place
from qa_service.understanding.naming import written_names

LONG_WORD = 6
"""Letters from which a word two edits away may be the one meant."""
ABBREVIATED = 4
"""Letters by which a name may be short for one of the documents: “Lincs”."""
OPENING, MOST_ABOUT = 3, 3
"""Passages with which a document begins: there it says what it is about. And the most documents
that a name may pick so."""


class NamesOfBuild:
    """The names of one build, for one question: understanding's CollectionNames."""

    def __init__(self, opened: OpenedBuild) -> None:
        self._opened = opened
        self._places: dict[str, Sequence[NamedDocuments]] = {}

    def is_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital, however it was typed."""
        return self._opened.words.is_name(word.lower())

    def places_in(self, text: str) -> Sequence[NamedDocuments]:
        """Places and bodies in a text by which documents are told apart, in order."""
        if text not in self._places:
            self._places[text] = self._find_places(text)
        return self._places[text]

    def _find_places(self, text: str) -> Sequence[NamedDocuments]:
        found = list(self._opened.names.named_in(text))
        if not found and text != text.lower():
            found = [item for item in self._typed_small(text) if item not in found]
        rest = text
        for item in found:
            rest = rest.replace(item.words, "\N{BULLET}" * len(item.words), 1)
        found += self._opened.aliases.named_in(rest)
        return sorted(found, key=lambda item: text.find(item.words))

    def _typed_small(self, text: str) -> Iterator[NamedDocuments]:
        """Names typed in small letters after a word that leads to a place, or begins a question."""
        small = text.lower()
        if len(small) != len(text):
            return
        for item in self._opened.names.named_in(small):
            start = small.find(item.words)
            before = small[:start]
            if LEADS_TO_PLACE.search(before) or begins_before_place(before):
                yield NamedDocuments(text[start : start + len(item.words)], item.document_ids)

    def titles_in(self, text: str) -> Sequence[NamedDocuments]:
        """Titles of documents in a text, in order."""
        return self._opened.titles.named_in(text)

    def subjects_in(self, text: str) -> Sequence[NamedDocuments]:
        """Names and signs in a text that a few documents bear where they begin, in order."""
        found = (NamedDocuments(name, self._about(name)) for name in written_names(text, self))
        return [item for item in found if item.document_ids]

    def _about(self, name: str) -> frozenset[str]:
        """Ids of the few documents that bear a name where they begin, and of those that hold it
        at all are half or more; none where there are no such."""
        if not (stems := terms(name)):
            return frozenset()
        rows = self._opened.rows_with(stems)
        first = self._opened.first_of_documents(rows, OPENING)
        if not 0 < len(first) <= OPENING * MOST_ABOUT:
            return frozenset()
        words = map(re.escape, re.findall(r"\w+", name))
        said = re.compile(r"\W+".join(words), re.IGNORECASE)
        passages = self._opened.store.passages(first)
        about = frozenset(it.document_id for it in passages if said.search(it.text))
        tells = LEAST_SHARE * len(self._opened.documents_of(rows)) <= len(about) <= MOST_ABOUT
        return about if tells else frozenset()

    def documents_holding(self, word: str) -> int:
        """In how many documents a word stands, whatever its ending."""
        return self._opened.documents_holding(word)

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the language."""
        return word.lower() in english_words()

    def is_like_known(self, word: str) -> bool:
        """Whether a word is nearly one of the documents, or short for one of their names."""
        small = word.lower()
        beginning = small[:ABBREVIATED]
        short = any(known.startswith(beginning) for known in self._opened.names.words)
        distance = 2 if word.islower() and len(word) >= LONG_WORD else 1
        near = self._opened.words.near(small, distance)
        alike = (item.text for item in near if item.text.lower() != small)
        return short or any(word[0].islower() or item[0].isupper() for item in alike)

    @property
    def tell_apart(self) -> bool:
        """Whether the documents are told apart by the names of places and bodies."""
        return self._opened.told_apart_by_names

    def calls_documents(self, noun: str) -> bool:
        """Whether documents of the collection are called so."""
        return self._opened.document_nouns.calls(noun)

    def document_noun(self, word: str) -> str:
        """The noun of that kind to whose family a word belongs; "" for none."""
        return self._opened.document_nouns.noun_of(word)

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents that a reply quotes, in its order."""
        found = quoted_documents(self._opened, self.places_in(question), reply)
        return [document.date for document in found if document.date]

    def dates_on(self, place: str) -> Sequence[str]:
        """The dates of the documents on a place, earliest first."""
        ids = named_together(self.places_in(f"in {place}"))
        return sorted(it.date for it in self._opened.summaries(ids) if it.date)

    def dates_beside(self, question: str, reply: str) -> Sequence[str]:
        """The dates of the documents on the place of the newest that a reply quotes, and of its
        kind, earliest first."""
        quoted = quoted_documents(self._opened, self.places_in(question), reply)
        newest = max(quoted, key=lambda document: document.date or "", default=None)
        places = self.places_in(newest.title)[:1] if newest else ()
        ids = named_together(places)
        others = self._opened.summaries(ids)
        kind = newest and self._opened.document_nouns.kind_of(newest)
        like = [it for it in others if self._opened.document_nouns.kind_of(it) == kind]
        return sorted(document.date for document in like if document.date)

    def quoted_place(self, question: str, reply: str) -> str:
        """The place or body that the document is on which a reply quotes first; "" for none."""
        found = quoted_documents(self._opened, self.places_in(question), reply)[:1]
        places = [place for document in found for place in self.places_in(document.title)]
        return places[0].words if places else ""
