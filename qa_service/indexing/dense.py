"""Vectors -> nearest rows. The one module that knows FAISS; other engines fit the same seam."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]


class DenseEngine(Protocol):
    """The seam to a vector index. Row numbers follow the order of adding, from 0."""

    def add(self, vectors: Vectors) -> None:
        """Appends (n, dimension) rows of length 1."""

    def search(self, vector: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """The `limit` rows of highest cosine, best first, with it; only among `rows` if given."""

    def __len__(self) -> int:
        """How many vectors it holds."""

    def close(self) -> None:
        """Lets go of what it holds open."""


class FaissEngine:
    """Exact search over an inner-product index, which is one file of a build."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def create(cls, dimension: int) -> FaissEngine:
        """An empty index in memory."""
        return cls(faiss.IndexFlatIP(dimension))

    @classmethod
    def open(cls, path: Path) -> FaissEngine:
        """An index on disk, mapped into memory rather than read."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Writes the index to one file."""
        faiss.write_index(self._index, str(path))

    def add(self, vectors: Vectors) -> None:
        """See DenseEngine. Raises ValueError for vectors that are not finite."""
        if not np.isfinite(vectors).all():
            raise ValueError("the model gave vectors that are not finite numbers")
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def search(self, vector: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """See DenseEngine."""
        limit = min(limit, len(self) if rows is None else len(rows))
        if limit == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        selector = None if rows is None else faiss.IDSelectorBatch(np.asarray(rows, np.int64))
        parameters = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, found = self._index.search(vector[None], limit, params=parameters)
        kept = found[0] >= 0
        return found[0][kept], scores[0][kept]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def close(self) -> None:
        """Releases the mapping with the last reference to the index."""
        self._index = faiss.IndexFlatIP(1)
