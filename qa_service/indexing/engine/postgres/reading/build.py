"""One build in a database, as somebody sees it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from qa_service.indexing.engine.keyword import Rows, Scores, Weights
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.reading.texts import DatabaseTexts
from qa_service.indexing.engine.postgres.reading.vectors import (
    DatabaseVectors,
    PassageVectors,
    SentenceVectors,
)
from qa_service.indexing.engine.postgres.reading.words import DatabaseWords
from qa_service.indexing.engine.store_cache import Kept
from qa_service.indexing.keeping.manifest import Manifest
from qa_service.indexing.lookup.suggested import SUGGESTED_FILE, SuggestedQuestion
from qa_service.indexing.lookup.words import (
    COUNTS_FILE,
    WORDS_FILE,
    CountsByAccess,
    Vocabulary,
    counts_of,
)
from qa_service.nouns.access import Groups
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.nouns.results import IndexInfo

MOST_ADMITTED = 8
"""Filters of which it is kept what rows they let through."""


class DatabaseBuild:
    """The BuildReader of a build's schema; it holds no connection between questions."""

    is_as_opened = True

    def __init__(
        self, session: Session, manifest: Manifest, whole: DatabaseBuild | None = None
    ) -> None:
        """`whole` is the build of which this one is seen."""
        self.session = session
        self.manifest = manifest
        self._whole = whole
        self.store = DatabaseTexts(session)
        documents, passages = self._counted()
        self.info = IndexInfo(manifest.build, documents, passages)
        self.keyword = DatabaseWords(session, manifest.passages, passages, self._rows)
        self.vectors = DatabaseVectors(
            PassageVectors(session, manifest.dimension, manifest.passages),
            SentenceVectors(session, manifest.dimension),
        )
        texts = self.store
        self._admitted: Kept[Filters, Rows | None] = Kept(
            lambda several: {each: texts.rows_within(each) for each in several}, MOST_ADMITTED
        )

    def nearest(
        self, vector: Scores, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """See BuildReader."""
        return self.vectors.passages.nearest(vector, limit, filters, self.count(filters))

    def best_worded(
        self, weights: Weights, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """See BuildReader."""
        return self.keyword.search(weights, limit, filters)

    def count(self, filters: Filters) -> int:
        """See BuildReader."""
        rows = self._rows(filters)
        return self.info.passages if rows is None else len(rows)

    def among(self, rows: Rows, filters: Filters) -> Rows:
        """See BuildReader."""
        admitted = self._rows(filters)
        return rows if admitted is None else np.intersect1d(rows, admitted)

    def seen_by(self, groups: Groups, ids: Sequence[str]) -> DatabaseBuild:  # noqa: ARG002
        """See BuildReader; the groups stand in every statement."""
        return DatabaseBuild(self.session.for_groups(groups), self.manifest, self)

    @cached_property
    def words(self) -> Vocabulary | None:
        """See BuildReader."""
        return Vocabulary(json.loads(self._file(WORDS_FILE) or "{}")) if self._is_whole else None

    def word_counts(self) -> CountsByAccess | None:
        """See BuildReader."""
        told = (self._whole or self)._file(COUNTS_FILE)
        return counts_of(told) if told else None

    @cached_property
    def suggested(self) -> tuple[SuggestedQuestion, ...]:
        """The suggested questions of the documents that are seen."""
        if self._whole:
            seen = {name for _, name in self.store.first_rows()}
            return tuple(item for item in self._whole.suggested if item.document_id in seen)
        values = json.loads(self._file(SUGGESTED_FILE) or "[]")
        return tuple(SuggestedQuestion(**value) for value in values)

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def _is_whole(self) -> bool:
        return self._whole is None

    def _counted(self) -> tuple[int, int]:
        if self._is_whole:
            return self.manifest.documents, self.manifest.passages
        statement = f"""SELECT count(*), coalesce(sum(passages), 0)::int8 FROM documents
            WHERE {self.session.seen}"""
        documents, passages = self.session.rows(statement)[0]
        return documents, passages

    def _rows(self, filters: Filters) -> Rows | None:
        return self._admitted.of([filters])[0] if filters != NO_FILTERS else None

    def _file(self, name: str) -> str:
        """A file of the build; empty where it has none."""
        statement = "SELECT content FROM files WHERE name = %(name)s"
        found = self.session.rows(statement, name=name)
        return found[0][0].decode("utf-8") if found else ""
