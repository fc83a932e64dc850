"""Words -> best rows: BM25 over stems, written once and mapped into memory afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.terms import terms

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]

K1, B = 1.2, 0.75


class KeywordIndex:
    """Okapi BM25 (Robertson et al., 1994, in Lucene's form) by the bm25s library."""

    def __init__(self, engine: Any, rows: int) -> None:
        self._engine = engine
        self._rows = rows

    @classmethod
    def create(cls, texts: Iterable[str]) -> KeywordIndex:
        """An index over texts, one row each, in order."""
        # Interned, or every occurrence of a stem would be an object of its own.
        tokens = [[sys.intern(stem) for stem in terms(text)] for text in texts]
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        # The library cannot index a corpus without a single word; such a one finds nothing.
        engine.index(tokens if any(tokens) else [["\0"], *tokens[1:]], show_progress=False)
        return cls(engine, len(tokens))

    @classmethod
    def open(cls, folder: Path, rows: int) -> KeywordIndex:
        """An index on disk over `rows` rows."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), rows)

    def save(self, folder: Path) -> None:
        """Writes the index into a new folder, without pickled objects."""
        self._engine.save(str(folder), show_progress=False)

    def scores(self, words: Sequence[str]) -> Scores:
        """BM25 score of every row for the stems of a question; 0 where no word is shared."""
        known = [word for word in words if word in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._rows, np.float32)
        return np.asarray(self._engine.get_scores(known), np.float32)[: self._rows]

    def inverse_document_frequency(self, word: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) of a stem that stands in n of N rows."""
        return float(np.log1p((self._rows - self._count(word) + 0.5) / (self._count(word) + 0.5)))

    def holds(self, word: str) -> bool:
        """Whether a stem stands in any row."""
        return word in self._engine.vocab_dict

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """For each of some rows, whether a stem stands in it."""
        return np.isin(rows, self.rows_with(word))

    def _count(self, word: str) -> int:
        """In how many rows a stem stands."""
        return len(self.rows_with(word))

    def rows_with(self, word: str) -> NDArray[np.integer[Any]]:
        """The rows in which a stem stands."""
        number = self._engine.vocab_dict.get(word)
        if number is None:
            return np.empty(0, np.int64)
        first, last = self._engine.scores["indptr"][number : number + 2]
        return np.asarray(self._engine.scores["indices"][first:last])


def best_rows(scores: Scores, limit: int, rows: Rows | None = None) -> Rows:
    """Rows of the `limit` highest scores above 0, best first; only among `rows` if given."""
    candidates = np.flatnonzero(scores) if rows is None else rows[scores[rows] > 0]
    if len(candidates) > limit:
        top = np.argpartition(-scores[candidates], limit - 1)[:limit]
        candidates = candidates[top]
    order = np.lexsort((candidates, -scores[candidates]))
    return np.asarray(candidates[order], np.int64)
