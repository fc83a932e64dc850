"""What questions ask of a build, whatever engine holds it.

Rows are the numbers of passages, from 0 without a gap, and mean something within one build only.
Filters go in and are applied before anything is ranked; no list of what they let through does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import Rows, Scores, Weights
from qa_service.indexing.engine.store_records import StoredSentences
from qa_service.indexing.keeping.manifest import Manifest
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.indexing.lookup.words import CountsByAccess, Vocabulary
from qa_service.nouns.access import Groups
from qa_service.nouns.documents import (
    Block,
    Document,
    DocumentSummary,
    Passage,
    StoredFact,
    Withdrawal,
)
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.nouns.results import IndexInfo

Own = TypeVar("Own", bound="BuildReader")


class TextReader(Protocol):
    """Documents and passages. What is not as it was stored raises DamagedBuild."""

    def counts(self) -> tuple[int, int, int]:
        """How many documents, passages and sentences it holds, by its last passage."""

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""

    def sentences(self, rows: Iterable[int]) -> list[StoredSentences]:
        """The sentences of the passages of these rows, in the order asked for."""

    def contexts(self, rows: Iterable[int]) -> list[str]:
        """For each row, the title of its document and the headings it stands under."""

    def summaries(self, ids: Iterable[str] | None = None) -> tuple[DocumentSummary, ...]:
        """All documents, or those of some ids, without their text, by title."""

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text. Raises DocumentNotFound."""

    def document(self, document_id: str) -> Document:
        """One document with its text. Raises DocumentNotFound, of one that is gone
        DocumentWithdrawn."""

    def documents(self, ids: Sequence[str]) -> list[tuple[Document, tuple[Block, ...]]]:
        """Documents with their text, in the order asked for, each with its blocks, those that
        many documents have as boilerplate. Raises as `document`."""

    def facts(
        self, label: str | None = None, document_ids: Iterable[str] | None = None
    ) -> list[StoredFact]:
        """Facts in the order of their documents and places, of all documents or of some.

        `label` takes those whose label has all of its stems, in any form and order.
        """

    def first_rows(self) -> list[tuple[int, str]]:
        """First row and id of every document that has passages, by row."""

    def first_row(self, document_id: str) -> int:
        """The first row of a document. Raises DocumentNotFound."""

    def headings(self) -> list[tuple[str, str]]:
        """Document id and text of every heading."""

    def stated(self) -> list[tuple[str, str]]:
        """Every file in which documents were read, and what was stated of it, as JSON."""

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Documents of earlier builds that this one does not hold, latest first."""

    def rows_within(self, filters: Filters) -> Rows | None:
        """Rows of the documents that filters admit, ascending; None where nothing is filtered.
        For filters that name few documents."""


class KeywordReader(Protocol):
    """Words of passages. Scores are Okapi BM25, the same in every engine."""

    def scores(self, weights: Weights, rows: Rows) -> Scores:
        """The score of each of some rows: BM25 for every stem, times its weight, added up."""

    def inverse_document_frequency(self, word: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) of a stem that stands in n of N rows."""

    def held(self, words: Iterable[str]) -> frozenset[str]:
        """Those of some stems that stand in any row."""

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """For each of some rows, whether a stem stands in it."""

    def rows_with(self, word: str) -> NDArray[Any]:
        """The rows in which a stem stands, ascending."""

    def rows_with_accents(self, word: str) -> NDArray[Any]:
        """The rows in which a stem stands, with accents or without, ascending."""


class VectorReader(Protocol):
    """Vectors by their places, as (places, dimension)."""

    def __getitem__(self, places: Rows, /) -> NDArray[Any]: ...


class VectorsOfBuild(Protocol):
    """Vectors of length 1: those of passages by row, those of sentences by their place among all
    of the build."""

    @property
    def passages(self) -> VectorReader: ...

    @property
    def sentences(self) -> VectorReader: ...


class BuildReader(Protocol):
    """One finished build, for any number of threads, as somebody sees it.

    Every method may raise DamagedBuild, and EngineUnavailable where a server is away.
    """

    @property
    def manifest(self) -> Manifest: ...

    @property
    def info(self) -> IndexInfo:
        """The build's id and what is seen of it."""

    @property
    def store(self) -> TextReader: ...

    @property
    def keyword(self) -> KeywordReader: ...

    @property
    def vectors(self) -> VectorsOfBuild: ...

    @property
    def suggested(self) -> Sequence[SuggestedQuestion]: ...

    @property
    def words(self) -> Vocabulary | None:
        """How its documents write their words; None where some of them are not seen."""

    def word_counts(self) -> CountsByAccess | None:
        """Of these words, those of each access; None where they were not counted."""

    @property
    def is_as_opened(self) -> bool:
        """Whether nothing was written to the build since it was opened."""

    def nearest(
        self, vector: Scores, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """The `limit` rows of highest cosine with a vector of length 1, best first, with it.

        An engine may miss some of them where it holds many, but gives no wrong cosine.
        """

    def best_worded(
        self, weights: Weights, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """The `limit` rows of highest keyword score above 0, best first, with it. Of rows with
        one score the first comes first."""

    def count(self, filters: Filters) -> int:
        """How many rows filters let through."""

    def among(self, rows: Rows, filters: Filters) -> Rows:
        """Those of some rows that filters let through, ascending."""

    def seen_by(self: Own, groups: Groups, ids: Sequence[str]) -> Own:
        """The build as if it held the documents of these ids alone, which are all that these
        groups may read."""

    def close(self) -> None:
        """Lets go of what it holds open."""
