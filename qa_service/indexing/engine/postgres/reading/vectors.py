"""Vectors of a build in a database: the nearest, and those of some rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import Rows, Scores
from qa_service.indexing.engine.postgres.reading.filtering import condition
from qa_service.indexing.engine.postgres.reading.session import LOOKED_AT, Session
from qa_service.indexing.engine.postgres.schema import MOST_COMPARED
from qa_service.indexing.engine.postgres.wire import received_vectors
from qa_service.indexing.engine.store_cache import Kept
from qa_service.nouns.questions import NO_FILTERS, Filters

MOST_FILTERED = 100_000
"""Rows that filters let through and that are compared one by one. Of more, the index of vectors
gives so many that enough of them pass."""
MOST_LOOKED_AT = 1_000
"""Rows that the index is asked for; the server takes no more."""
MOST_PASSAGES, MOST_SENTENCES = 4_000, 20_000
"""Of which the vectors are kept: a question asks many times for the same."""

SPARE = 10
"""So many more rows than wanted are compared here, as the index holds vectors in 16 bits."""

_EXACT = """WITH near AS MATERIALIZED (SELECT row, vector <#> %(vector)s::vector AS distance
    FROM vectors WHERE {seen} {within})
    SELECT row FROM near ORDER BY distance, row LIMIT %(limit)s"""
_INDEXED = """SELECT row FROM vectors WHERE {seen} {within}
    ORDER BY vector::halfvec({dimension}) <#> %(vector)s::halfvec({dimension}) LIMIT %(limit)s"""
_WITH_VECTORS = """SELECT row, vector_send(vector) FROM vectors
    WHERE row = ANY(ARRAY({nearest})) AND {seen}"""
_WITHIN = """AND row IN (SELECT passages.row FROM passages WHERE document_id IN
    (SELECT id FROM documents WHERE {where}))"""
_DEPTH = "SELECT set_config('hnsw.ef_search', %(depth)s, true)"


class PassageVectors:
    """Those of passages, by row, the ones asked for last kept; `nearest` is by their cosine."""

    def __init__(self, session: Session, dimension: int, rows: int) -> None:
        self.session, self.dimension, self.rows = session, dimension, rows
        self._kept: Kept[int, bytes] = Kept(self._load, MOST_PASSAGES)

    def __getitem__(self, places: Rows) -> NDArray[np.float32]:
        sent = self._kept.of([int(place) for place in np.ravel(places)])
        return received_vectors(sent, self.dimension).reshape(*np.shape(places), self.dimension)

    def _load(self, rows: Sequence[int]) -> dict[int, bytes]:
        statement = f"""SELECT row, vector_send(vector) FROM vectors
            WHERE row = ANY(%(rows)s) AND {self.session.seen}"""
        return dict(self.session.rows(statement, rows=list(rows)))

    def nearest(
        self, vector: Scores, limit: int, filters: Filters, let_through: int
    ) -> tuple[Rows, Scores]:
        """See BuildReader; `let_through` is how many rows the filters do."""
        where, values = condition(filters)
        within = _WITHIN.format(where=where) if filters != NO_FILTERS else ""
        narrowed = let_through < self.rows
        exact = let_through <= (MOST_FILTERED if narrowed else MOST_COMPARED)
        form = _EXACT if exact else _INDEXED
        depth = MOST_LOOKED_AT if narrowed else min(2 * limit, MOST_LOOKED_AT)
        if not exact and depth > LOOKED_AT:
            self.session.rows(_DEPTH, depth=str(depth))
        seen = self.session.seen
        nearest = form.format(seen=seen, within=within, dimension=self.dimension)
        statement = _WITH_VECTORS.format(nearest=nearest, seen=seen)
        values |= {"vector": _text(vector), "limit": limit + SPARE}
        self._kept.keep(found := dict(self.session.rows(statement, **values)))
        return self._best(vector, limit, found)

    def _best(self, vector: Scores, limit: int, found: dict[int, bytes]) -> tuple[Rows, Scores]:
        """The nearest of what was found, compared as the embedded engine does."""
        rows = np.array(list(found), np.int64)
        cosines = received_vectors(list(found.values()), self.dimension) @ vector
        best = np.lexsort((rows, -cosines))[:limit]
        return rows[best], cosines[best]


class SentenceVectors:
    """Those of sentences, by their place among all of the build; the ones asked for last are
    kept."""

    def __init__(self, session: Session, dimension: int) -> None:
        self._session = session
        self._dimension = dimension
        self._kept: Kept[int, bytes] = Kept(self._load, MOST_SENTENCES)

    def __getitem__(self, places: Rows) -> NDArray[np.float16]:
        sent = b"".join(self._kept.of([int(place) for place in np.ravel(places)]))
        return np.frombuffer(sent, np.float16).reshape(*np.shape(places), self._dimension)

    def _load(self, places: Sequence[int]) -> dict[int, bytes]:
        statement = f"""SELECT place, vector FROM sentence_vectors
            WHERE place = ANY(%(places)s) AND {self._session.seen}"""
        return dict(self._session.rows(statement, places=list(places)))


@dataclass(frozen=True, slots=True)
class DatabaseVectors:
    """Both."""

    passages: PassageVectors
    sentences: SentenceVectors


def _text(vector: NDArray[Any]) -> str:
    """A vector as pgvector reads it; each number in as many digits as tell it apart."""
    return f"[{','.join(map(str, np.asarray(vector, np.float32).tolist()))}]"
