"""Vectors -> nearest rows. The one module that knows FAISS; other engines fit the same seam."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Vectors = NDArray[np.float32]

MOST_EXACT = 5_000
"""Vectors that are compared as they are; of more, rounded ones show which are worth it."""
VECTORS_A_LIST = 244
"""On average: 4,096 lists for a million."""
PROBED_SHARE = 1 / 8
FEWEST_PROBED = 256
"""Lists looked through, of all: the share of them, or so many where that is more."""
TRAINED_ON = 50
"""Vectors for each list."""
RESCORED = 2
"""So many times the rows asked for are compared exactly, as stored vectors are rounded."""


class DenseEngine(Protocol):
    """The seam to a vector index. Row numbers follow the order of adding, from 0."""

    def add(self, vectors: Vectors) -> None:
        """Appends (n, dimension) rows of length 1."""

    def search(self, vector: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """The `limit` rows of highest cosine, best first, with it; only among `rows` if given.

        An engine may miss some of them where it holds many, but gives no wrong cosine.
        """

    def __len__(self) -> int:
        """How many vectors it holds."""

    def close(self) -> None:
        """Lets go of what it holds open."""


class StoredRows(Protocol):
    """What gives the vectors of any rows: an array, or a file of them."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(rows, dimension)."""

    def __getitem__(self, rows: Rows, /) -> Any:
        """The (rows, dimension) float32 vectors of some rows."""


class FaissEngine:
    """An inner-product index, which is one file of a build.

    Few vectors are kept whole and all compared. Of more, each byte holds one number, in lists
    of neighbours (Jégou et al.: Product quantization for nearest neighbor search, 2011; here
    with a scalar quantiser); the best found are compared again with the vectors themselves.
    """

    def __init__(self, index: Any, vectors: StoredRows | None = None) -> None:
        """`vectors` are those added, for exact comparison; kept whole ones need none."""
        self._index = index
        self._vectors = vectors

    @classmethod
    def create(cls, dimension: int) -> FaissEngine:
        """An empty index in memory, of vectors kept whole."""
        return cls(faiss.IndexFlatIP(dimension))

    @classmethod
    def for_vectors(cls, vectors: StoredRows) -> FaissEngine:
        """An empty index of the kind that fits so many vectors, trained on some of them."""
        count, dimension = vectors.shape
        if count <= MOST_EXACT:
            return cls.create(dimension)
        lists = 1 << round(np.log2(count / VECTORS_A_LIST))
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        chosen = np.random.default_rng(0).choice(count, min(count, TRAINED_ON * lists), False)
        index.train(np.asarray(vectors[np.sort(chosen)], np.float32))
        return cls(index, vectors)

    @classmethod
    def open(cls, path: Path, vectors: StoredRows) -> FaissEngine:
        """An index on disk, mapped into memory rather than read."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC), vectors)

    def save(self, path: Path) -> None:
        """Writes the index to one file. Raises OSError where the disk is full."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"the index of vectors cannot be written: {error}") from error

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
        if rows is None or len(rows) > MOST_EXACT:
            rows = self._near(vector, RESCORED * limit, rows)
        scores = self._exact(rows) @ vector
        best = np.lexsort((rows, -scores))[:limit]
        return rows[best], scores[best]

    def _near(self, vector: Vectors, limit: int, rows: Rows | None) -> Rows:
        """Most of the nearest rows, ascending."""
        given: dict[str, Any] = {} if rows is None else {"sel": _selector(rows, len(self))}
        kind: Any = faiss.SearchParameters
        if isinstance(self._index, faiss.IndexIVF):
            share = 1.0 if rows is None else len(rows) / len(self)
            lists = self._index.nlist
            given["nprobe"] = min(lists, int(max(FEWEST_PROBED, lists * PROBED_SHARE) / share))
            kind = faiss.SearchParametersIVF
        _, found = self._index.search(vector[None], limit, params=kind(**given))
        return np.sort(found[0][found[0] >= 0])

    def _exact(self, rows: Rows) -> Vectors:
        """The vectors of some rows as they were added."""
        if self._vectors is None or isinstance(self._index, faiss.IndexFlat):
            return np.asarray(self._index.reconstruct_batch(rows))
        return np.asarray(self._vectors[rows])

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def close(self) -> None:
        """Releases the mapping with the last reference to the index."""
        self._index = faiss.IndexFlatIP(1)


def _selector(rows: Rows, total: int) -> Any:
    """Lets only these rows through: a bit for each."""
    bits = np.zeros(total, np.bool_)
    bits[rows] = True
    make: Any = faiss.IDSelectorBitmap
    return make(np.packbits(bits, bitorder="little"))
