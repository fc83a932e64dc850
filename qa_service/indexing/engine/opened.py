"""A finished build, opened for answering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial, reduce
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.seam.reading import BuildReader
from qa_service.indexing.engine.store_cache import StoreCache
from qa_service.indexing.engine.store_records import StoredSentences
from qa_service.indexing.engine.store_walk import document_words
from qa_service.indexing.lookup.aliases import NameAliases
from qa_service.indexing.lookup.completions import CompletionIndex
from qa_service.indexing.lookup.document_nouns import DocumentNouns
from qa_service.indexing.lookup.fact_labels import FactLabel, fact_labels
from qa_service.indexing.lookup.names import DocumentNames
from qa_service.indexing.lookup.short_titles import ShortTitle, short_titles
from qa_service.indexing.lookup.title_places import places_of_titles, stands_as_place
from qa_service.indexing.lookup.titles import DocumentTitles, TitleStems, title_stems
from qa_service.indexing.lookup.words import (
    Vocabulary,
    count_words,
    words_of_all,
)
from qa_service.nouns.access import ACCESS, Groups, may_read, named_groups
from qa_service.nouns.answers import Completion
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.stems import terms

MOSTLY = 0.8
"""Share of the documents that must be told apart in a way for a collection to be."""

PLACES_READ = 60
"""Passages with a name that are read to tell whether it is one of a place."""
WORDS_COUNTED = 10_000
"""Words of which it is kept in how many documents they stand."""


class OpenedBuild:
    """What answers are made from: a build as its engine reads it, and what is known of all its
    documents once somebody has asked for it."""

    def __init__(self, reader: BuildReader) -> None:
        self.reader = reader
        self.manifest, self.info = reader.manifest, reader.info
        self.store, self.keyword, self.vectors = reader.store, reader.keyword, reader.vectors
        self.nearest, self.best_worded = reader.nearest, reader.best_worded
        self.count, self.among = reader.count, reader.among
        self.suggested = reader.suggested
        self.cache = StoreCache(reader.store)

    def view_for(self, groups: Groups) -> OpenedBuild:
        """The build as if it held the documents that these groups may read, and no others.

        What is found when first needed is found of these alone. It lasts as long as this build
        is open.
        """
        ids = [item.id for item in self.catalogue if may_read(item.metadata, groups)]
        return OpenedBuild(self.reader.seen_by(groups, ids))

    @property
    def is_as_opened(self) -> bool:
        """Whether nothing was written to the build since it was opened."""
        return self.reader.is_as_opened

    def sentence_cosines(
        self, passages: Sequence[StoredSentences], vector: NDArray[np.float32]
    ) -> list[list[float]]:
        """For each passage the cosines of its sentences with a vector of length 1."""
        places = [range(each.first, each.first + each.number) for each in passages]
        vectors = self.vectors.sentences[np.fromiter(chain.from_iterable(places), np.int64)]
        cosines = iter((np.asarray(vectors, np.float32) @ vector).tolist())
        return [list(islice(cosines, len(place))) for place in places]

    def rows_with(self, stems: Iterable[str]) -> NDArray[Any]:
        """Rows of the passages that hold all of some stems, ascending; none without a stem."""
        return _in_all([self.keyword.rows_with(stem) for stem in set(stems)])

    def rows_with_accents(self, stems: Iterable[str]) -> NDArray[Any]:
        """As rows_with, whatever accents the stems have or lack."""
        return _in_all([self.keyword.rows_with_accents(stem) for stem in set(stems)])

    def documents_of(self, rows: NDArray[Any]) -> set[str]:
        """Ids of the documents that the passages of some rows are of."""
        return {self._documents[place][1] for place in self._places_of_documents(rows)}

    @cached_property
    def access_groups(self) -> Groups | None:
        """The groups that documents name; None where everybody may read every document."""
        stated = [item.metadata for item in self.catalogue if item.metadata.get(ACCESS)]
        return frozenset().union(*map(named_groups, stated)) if stated else None

    @cached_property
    def words(self) -> Vocabulary:
        """The words of the documents: kept of all, of some made up when first needed.

        Those of a build that has none counted by access are counted anew.
        """
        if self.reader.words is not None:
            return self.reader.words
        counts = self.reader.word_counts()
        if counts is None:
            return count_words(document_words(self.store, item) for item in self.catalogue)
        stated = {item.metadata.get(ACCESS, "") for item in self.catalogue}
        return words_of_all(part for access, part in counts.items() if access in stated)

    @cached_property
    def catalogue(self) -> tuple[DocumentSummary, ...]:
        """All documents without their text, by title; read when first needed."""
        return self.store.summaries()

    @cached_property
    def by_id(self) -> dict[str, DocumentSummary]:
        """The documents of the catalogue by their ids."""
        return {item.id: item for item in self.catalogue}

    def summaries(self, ids: Iterable[str]) -> list[DocumentSummary]:
        """The documents of some ids that are there, by title."""
        found = (self.by_id[name] for name in set(ids) if name in self.by_id)
        return sorted(found, key=lambda item: (item.title, item.date or "", item.id))

    def dates(self, rows: NDArray[np.int64]) -> list[str | None]:
        """For each row, the date of its document."""
        return [self.by_id[self._documents[place][1]].date for place in self._owners(rows)]

    @cached_property
    def names(self) -> DocumentNames:
        """Names by which questions may mean some of the documents; found when first needed."""
        return DocumentNames(self.catalogue, self.words, self.documents_holding)

    @cached_property
    def aliases(self) -> NameAliases:
        """Short forms of these names; found when first needed."""
        return NameAliases(self.catalogue, self.names, self.words.is_name)

    @cached_property
    def document_nouns(self) -> DocumentNouns:
        """What its documents are called; found when first needed."""
        return DocumentNouns(self.catalogue, self.words.is_name)

    @cached_property
    def fact_labels(self) -> tuple[FactLabel, ...]:
        """Labels that several documents state; found when first needed."""
        return fact_labels(self.store.facts(), self.catalogue, self.title_stems)

    @cached_property
    def told_apart_by_names(self) -> bool:
        """Whether nearly all documents have the name of a place or a body in their title that
        others have too: reports on the same places, year for year."""
        named = (self.names.named_in(document.title) for document in self.catalogue)
        shared = sum(any(len(item.document_ids) > 1 for item in items) for items in named)
        return shared > MOSTLY * len(self.catalogue)

    @cached_property
    def places_of_titles(self) -> dict[str, str]:
        """The place that each title names, by the document's id; found when first needed."""
        return places_of_titles(self.catalogue, self._names_in_title, self._is_place)

    def _names_in_title(self, title: str) -> Sequence[NamedDocuments]:
        return self.names.named_in(title) or self.aliases.named_in(title)

    def _is_place(self, named: NamedDocuments) -> bool:
        """Whether a document that bears a name says of something that it is there."""
        rows = self.rows_with(terms(named.words))
        owners = [self._documents[place][1] for place in self._owners(rows)]
        bearing = [
            int(row) for row, owner in zip(rows, owners, strict=True) if owner in named.document_ids
        ]
        passages = self.store.passages(bearing[:PLACES_READ])
        return any(stands_as_place(named.words, passage.text) for passage in passages)

    @cached_property
    def short_titles(self) -> dict[str, ShortTitle]:
        """The title of each document as a list shows it; made when first needed."""
        return short_titles(self.catalogue)

    @cached_property
    def titles(self) -> DocumentTitles:
        """Titles by which questions may mean a document; read when first needed."""
        return DocumentTitles(self.catalogue)

    @cached_property
    def title_stems(self) -> TitleStems:
        """What the titles say; counted when first needed."""
        return title_stems(self.catalogue)

    @cached_property
    def completions(self) -> CompletionIndex:
        """Suggested questions, titles and headings by how they begin; made when first needed."""
        return CompletionIndex(self._completions())

    def close(self) -> None:
        """Lets go of the build's files, and of what was made of them.

        Some of that refers to this build, which would go on holding all of it until the collector
        of circles comes by: after dozens of rebuilds.
        """
        for name in [name for name in vars(self) if _is_made_when_needed(name)]:
            delattr(self, name)
        self.reader.close()

    def documents_holding(self, word: str) -> int:
        """In how many documents a word stands, whatever its ending."""
        return self._holding(word)

    def begins_document(self, row: int, within: int) -> bool:
        """Whether a row is among the first so many of its document."""
        return len(self.first_of_documents(np.array([row], np.int64), within)) > 0

    def first_of_documents(self, rows: NDArray[np.int64], within: int) -> NDArray[np.int64]:
        """Those of some rows that are among the first so many of their document."""
        return rows[np.array(self.places_in_documents(rows), np.int64) < within]

    def places_in_documents(self, rows: NDArray[np.int64]) -> list[int]:
        """For each row how many of its document come before it."""
        return [int(place) for place in rows - self._first_rows[self._owners(rows)]]

    def _places_of_documents(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Places, in the order of rows, of the documents that some rows are of."""
        return np.unique(self._owners(rows))

    def _owners(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """For each row the place of its document, in the order of rows."""
        return np.searchsorted(self._first_rows, rows, side="right") - 1

    @cached_property
    def _holding(self) -> Callable[[str], int]:
        return lru_cache(maxsize=WORDS_COUNTED)(self._count_documents)

    def _count_documents(self, word: str) -> int:
        rows = [self.keyword.rows_with(stem) for stem in terms(word)]
        return len(self._places_of_documents(np.concatenate([[], *rows])))

    @cached_property
    def _first_rows(self) -> NDArray[np.int64]:
        return np.array([row for row, _ in self._documents], np.int64)

    @cached_property
    def _documents(self) -> list[tuple[int, str]]:
        return self.store.first_rows()

    def _completions(self) -> Iterator[Completion]:
        for question in self.suggested:
            yield Completion(question.text, "question")
        for document in self.catalogue:
            yield Completion(document.title, "title", document.id)
        for document_id, heading in self.store.headings():
            yield Completion(heading, "heading", document_id)


def _is_made_when_needed(name: str) -> bool:
    return isinstance(getattr(OpenedBuild, name, None), cached_property)


def _in_all(postings: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """The rows, ascending in each, that stand in all."""
    if not postings:
        return np.array([], np.int64)
    return reduce(partial(np.intersect1d, assume_unique=True), postings)
