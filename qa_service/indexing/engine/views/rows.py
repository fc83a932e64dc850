"""An index of vectors of which some rows alone are found."""

from __future__ import annotations

import numpy as np

from qa_service.indexing.engine.dense import DenseEngine, Rows, Vectors


class DenseOfView:
    """A DenseEngine that finds some rows of another, by their numbers there."""

    def __init__(self, engine: DenseEngine, rows: Rows) -> None:
        """`rows` are ascending."""
        self._engine = engine
        self._rows = rows

    def add(self, vectors: Vectors) -> None:
        """Nothing is added to what is seen of a finished build."""
        raise NotImplementedError

    def search(self, vector: Vectors, limit: int, rows: Rows | None = None) -> tuple[Rows, Vectors]:
        """See DenseEngine."""
        among = self._rows if rows is None else np.intersect1d(rows, self._rows, True)
        return self._engine.search(vector, limit, among)

    def __len__(self) -> int:
        return len(self._rows)

    def close(self) -> None:
        """The other engine stays open."""
