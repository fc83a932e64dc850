"""A folder of a build's files, verified and opened: what questions ask of the embedded engine."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.dense import DenseEngine, FaissEngine
from qa_service.indexing.engine.keyword import KeywordIndex, Rows, Scores, Weights
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.store_cache import Kept
from qa_service.indexing.engine.vectors import VectorFiles
from qa_service.indexing.engine.views.rows import DenseOfView
from qa_service.indexing.keeping.manifest import (
    file_states,
    is_build_name,
    read_manifest,
    verify_files,
)
from qa_service.indexing.lookup.suggested import SUGGESTED_FILE, SuggestedQuestion, open_suggested
from qa_service.indexing.lookup.words import (
    COUNTS_FILE,
    WORDS_FILE,
    CountsByAccess,
    Vocabulary,
    open_counts,
)
from qa_service.nouns.access import Groups
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.nouns.results import IndexInfo
from qa_service.translation.sentences import said

STORE_FILE = "passages.sqlite"
DENSE_FILE = "dense.faiss"
KEYWORD_FOLDER = "keyword"
MOST_ADMITTED = 8
"""Filters of which it is kept which rows they let through: one question asks several times."""


class FolderBuild:
    """The BuildReader of a folder, verified against its manifest.

    Opening raises DamagedBuild where a file, or a count, is not what the manifest says. Large
    files that were hashed and have not changed since are hashed `anew` only where that is asked.
    """

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        self.folder = folder
        self._is_view = False
        self._states = file_states(folder)
        self.manifest = read_manifest(folder)
        if is_build_name(folder.name) and self.manifest.build != folder.name:
            raise DamagedBuild(
                said(
                    "the folder %(folder)s holds build %(build)s; run: qa-service build --full",
                    folder=folder.name,
                    build=self.manifest.build,
                )
            )
        verify_files(folder, self.manifest, anew=anew)
        self.vectors = VectorFiles.open(folder)
        self.dense: DenseEngine = FaissEngine.open(folder / DENSE_FILE, self.vectors.passages)
        self.keyword = KeywordIndex.open(folder / KEYWORD_FOLDER, self.manifest.passages)
        self.store = PassageStore(folder / STORE_FILE)
        self.words: Vocabulary | None = self._open_words()
        self.suggested = self._open_suggested()
        self.info = IndexInfo(self.manifest.build, self.manifest.documents, self.manifest.passages)
        self._admitted = _admitted_by(self.store)
        self._require_counts()

    @property
    def is_as_opened(self) -> bool:
        """See BuildReader; what was removed is still open here."""
        now = file_states(self.folder)
        return all(now.get(name, state) == state for name, state in self._states.items())

    def nearest(
        self, vector: Scores, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """See BuildReader."""
        return self.dense.search(vector, limit, self._rows(filters))

    def best_worded(
        self, weights: Weights, limit: int, filters: Filters = NO_FILTERS
    ) -> tuple[Rows, Scores]:
        """See BuildReader."""
        return self.keyword.search(weights, limit, self._rows(filters))

    def count(self, filters: Filters) -> int:
        """See BuildReader."""
        rows = self._rows(filters)
        return self.info.passages if rows is None else len(rows)

    def among(self, rows: Rows, filters: Filters) -> Rows:
        """See BuildReader."""
        admitted = self._rows(filters)
        return rows if admitted is None else np.intersect1d(rows, admitted)

    def seen_by(self, groups: Groups, ids: Sequence[str]) -> FolderBuild:  # noqa: ARG002
        """See BuildReader. It lasts as long as this build is open."""
        view = copy(self)
        view._is_view = True
        view.store = PassageStore(self.folder / STORE_FILE, ids)
        view._admitted = _admitted_by(view.store)
        rows, admitted = view.store.rows(), frozenset(ids)
        view.keyword, view.dense = self.keyword.within(rows), DenseOfView(self.dense, rows)
        view.words = None
        view.suggested = tuple(item for item in self.suggested if item.document_id in admitted)
        view.info = replace(self.info, documents=len(ids), passages=len(rows))
        return view

    def word_counts(self) -> CountsByAccess | None:
        """See BuildReader."""
        known = COUNTS_FILE in self.manifest.files
        return open_counts(self.folder / COUNTS_FILE) if known else None

    def close(self) -> None:
        """Lets go of the build's files; a view, of its own alone."""
        self.dense.close()
        self.keyword.close()
        self.store.close()
        if not self._is_view:
            self.vectors.close()

    def _rows(self, filters: Filters) -> Rows | None:
        return self._admitted.of([filters])[0] if filters != NO_FILTERS else None

    def _open_words(self) -> Vocabulary:
        """The words of the corpus; none in a build that is older than this part of it."""
        known = WORDS_FILE in self.manifest.files
        return Vocabulary.open(self.folder / WORDS_FILE) if known else Vocabulary({})

    def _open_suggested(self) -> tuple[SuggestedQuestion, ...]:
        """The suggested questions; none in a build that is older than this part of it."""
        known = SUGGESTED_FILE in self.manifest.files
        return open_suggested(self.folder / SUGGESTED_FILE) if known else ()

    def _require_counts(self) -> None:
        manifest = self.manifest
        expected = (manifest.documents, manifest.passages, manifest.sentences)
        lengths = (len(self.dense), len(self.vectors.passages))
        if self.store.counts() != expected or lengths != (manifest.passages, manifest.passages):
            self.close()
            raise DamagedBuild(
                said(
                    "the parts of build %(folder)s differ in size; run: qa-service build --full",
                    folder=self.folder.name,
                )
            )


def _admitted_by(store: PassageStore) -> Kept[Filters, Rows | None]:
    return Kept(lambda several: {each: store.rows_within(each) for each in several}, MOST_ADMITTED)


def open_folder(folder: Path, *, anew: bool = False) -> OpenedBuild:
    """The build of a folder for questions. Raises as FolderBuild does."""
    return OpenedBuild(FolderBuild(folder, anew=anew))
