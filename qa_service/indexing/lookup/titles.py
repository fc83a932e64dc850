"""Documents that a question names by their whole title, and what the titles say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.stems import terms

FEWEST_TERMS = 4
"""Stems of a title that can only mean the document; a shorter one may be what is asked about."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_KIND = (
    r"(?:(?:news|web)\s+)?(?:reports?|documents?|pages?|articles?|polic(?:y|ies)|guides?|papers?"
    r"|leaflets?|letters?|files?)"
)
_SPOKEN_OF_BEFORE = re.compile(
    rf"(?:[“\"‘']|\baccording\s+to(?:\s+the)?\s+|\b{_KIND}(?:\s+(?:called|entitled|titled|named))?\s+"
    r"(?:on\s+)?[“\"‘']?|\b(?:called|entitled|titled)\s+[“\"‘']?)$",
    re.IGNORECASE,
)
_SPOKEN_OF_AFTER = re.compile(
    rf"[”\"’']?\s+(?:{_KIND}|says?|said|states?|stated|mentions?|mentioned|recommends?"
    r"|recommended|tells?|told)\b",
    re.IGNORECASE,
)


COMMON_SHARE = 0.05
"""A word in more of the titles than this is common to the collection, and tells no fact."""
OWN_SHARE = 0.08
"""Words in the titles of no more documents than this share say what these are on."""


@dataclass(frozen=True)
class TitleStems:
    """The stems of each title by the document's id, and in how many titles each stem stands."""

    of: Mapping[str, frozenset[str]]
    counts: Mapping[str, int]

    @cached_property
    def common(self) -> frozenset[str]:
        """Those that a share of the titles hold."""
        least = max(1, COMMON_SHARE * len(self.of))
        return frozenset(stem for stem, count in self.counts.items() if count > least)

    def own(self, document_id: str) -> frozenset[str]:
        """Those of a document's title that few others have: what it is on."""
        most = max(1, OWN_SHARE * len(self.of))
        stems = self.of.get(document_id, frozenset())
        return frozenset(stem for stem in stems if self.counts[stem] <= most)


def title_stems(documents: Sequence[DocumentSummary]) -> TitleStems:
    """What the titles say, counted once."""
    stems = {document.id: frozenset(terms(document.title)) for document in documents}
    return TitleStems(stems, Counter(stem for held in stems.values() for stem in held))


class DocumentTitles:
    """Which documents a question names by title, word for word, whatever stands between them.

    A title of few words may be the subject of a question too. It names its document only in
    quotation marks, or where the question speaks of a document by it ("the report X", "what
    does X say about …").
    """

    def __init__(self, documents: Sequence[DocumentSummary]) -> None:
        self._bearers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for document in documents:
            self._bearers[_words(document.title)].add(document.id)
        self._bearers.pop((), None)
        self._lengths = sorted({len(title) for title in self._bearers}, reverse=True)

    def named_in(self, text: str) -> list[NamedDocuments]:
        """Every title in a question with the documents that bear it, in order, the longest
        where one holds another."""
        found = list(_WORD.finditer(text))
        words = [word.group().lower().replace("’", "'") for word in found]
        named, first = [], 0
        while first < len(words):
            length = self._title_at(text, found, words, first)
            if length:
                stretch = text[found[first].start() : found[first + length - 1].end()]
                title = tuple(words[first : first + length])
                named.append(NamedDocuments(stretch, frozenset(self._bearers[title])))
            first += length or 1
        return named

    def _title_at(
        self, text: str, found: Sequence[re.Match[str]], words: Sequence[str], first: int
    ) -> int:
        """How many words from `first` on are a title that names a document; 0 for none."""
        for length in self._fitting(len(words) - first):
            if tuple(words[first : first + length]) in self._bearers:
                start, end = found[first].start(), found[first + length - 1].end()
                if _names_document(text, start, end):
                    return length
        return 0

    def _fitting(self, longest: int) -> Iterator[int]:
        return (length for length in self._lengths if length <= longest)


def _words(title: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(title))


def _names_document(text: str, start: int, end: int) -> bool:
    if len(set(terms(text[start:end]))) >= FEWEST_TERMS:
        return True
    before, after = _SPOKEN_OF_BEFORE.search(text[:start]), _SPOKEN_OF_AFTER.match(text[end:])
    return bool(before or after)
