"""Words of a build in a database. Scores are added up as the embedded engine adds them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import Rows, Scores, Weights, rarity
from qa_service.indexing.engine.postgres.reading.filtering import condition
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.store_cache import Kept
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.stems import unaccented

MOST_STEMS = 50_000
"""Of which it is kept in how many rows they stand."""
MOST_ROWS = 2_048
"""Of which the stems are kept, with their scores: a question asks many times for the same."""
SPARE = 50
"""So many more rows than wanted are scored exactly, as sums in another order differ a little."""

_SUMS = """SELECT found.row FROM unnest(%(stems)s::text[], %(weights)s::float8[])
    AS asked (stem, weight) JOIN postings USING (stem),
    unnest(postings.rows, postings.scores) AS found (row, score)
    WHERE {seen} {within} GROUP BY found.row
    ORDER BY sum(asked.weight * found.score) DESC, found.row LIMIT %(limit)s"""
_WITHIN = """AND found.row IN (SELECT passages.row FROM passages WHERE document_id IN
    (SELECT id FROM documents WHERE {where}))"""


class DatabaseWords:
    """The KeywordReader of a build."""

    def __init__(self, session: Session, rows: int) -> None:
        """`rows` are how many somebody sees."""
        self._session = session
        self._rows = rows
        self._words: Kept[int, dict[str, float]] = Kept(self._load_words, MOST_ROWS)
        self._known: Kept[str, tuple[int, float]] = Kept(self._load, MOST_STEMS)

    def search(self, weights: Weights, limit: int, filters: Filters) -> tuple[Rows, Scores]:
        """See BuildReader.best_worded."""
        asked = self._asked(weights)
        where, values = condition(filters)
        within = _WITHIN.format(where=where) if filters != NO_FILTERS else ""
        statement = _SUMS.format(seen=self._session.seen, within=within)
        values |= {"stems": list(asked), "weights": list(asked.values()), "limit": limit + SPARE}
        found = self._session.rows(statement, **values) if asked else []
        rows = np.array([row for (row,) in found], np.int64)
        scores = self.scores(weights, rows)
        best = np.lexsort((rows, -scores))[:limit]
        best = best[scores[best] > 0]
        return rows[best], scores[best]

    def scores(self, weights: Weights, rows: Rows) -> Scores:
        """See KeywordReader."""
        asked = self._asked(weights)
        words = self._words.of([int(row) for row in rows])
        total = np.zeros(len(rows), np.float32)
        for stem, weight in asked.items():
            found = np.array([held.get(stem, 0.0) for held in words], np.float32)
            total[found > 0] += weight * found[found > 0]
        return total

    def inverse_document_frequency(self, word: str) -> float:
        """See KeywordReader."""
        return rarity(self._known.of([word])[0][0], self._rows)

    def holds(self, word: str) -> bool:
        """See KeywordReader."""
        return self._known.of([word])[0][0] > 0

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """See KeywordReader."""
        words = self._words.of([int(row) for row in rows])
        return np.array([word in held for held in words], np.bool_)

    def rows_with(self, word: str) -> Rows:
        """See KeywordReader."""
        statement = f"""SELECT unnest(rows) AS row FROM postings
            WHERE stem = %(stem)s AND {self._session.seen} ORDER BY row"""
        return np.array([row for (row,) in self._session.rows(statement, stem=word)], np.int64)

    def rows_with_accents(self, word: str) -> Rows:
        """See KeywordReader."""
        plain = unaccented(word)
        statement = f"""SELECT DISTINCT unnest(rows) AS row FROM postings
            WHERE plain = %(plain)s AND {self._session.seen} ORDER BY row"""
        return np.array([row for (row,) in self._session.rows(statement, plain=plain)], np.int64)

    def _asked(self, weights: Weights) -> dict[str, float]:
        """Stems that somebody's rows hold, with what the scores stored are multiplied by: these
        hold how rare a stem is in the whole build."""
        known = zip(weights, self._known.of(list(weights)), strict=True)
        return {
            stem: weights[stem] * (rarity(count, self._rows) / stored if stored else 1.0)
            for stem, (count, stored) in known
            if count and weights[stem] > 0
        }

    def _load_words(self, rows: Sequence[int]) -> dict[int, dict[str, float]]:
        """The stems of rows with their scores; none of what somebody does not see."""
        statement = f"""SELECT row, stems, scores FROM words
            WHERE row = ANY(%(rows)s) AND {self._session.seen}"""
        found = self._session.rows(statement, rows=list(rows))
        known = {row: dict(zip(stems, scores, strict=True)) for row, stems, scores in found}
        return {row: known.get(row, {}) for row in rows}

    def _load(self, stems: Sequence[str]) -> dict[str, tuple[int, float]]:
        """In how many rows stems stand, and how rare they are in the whole build; 0 where a view
        weighs as the whole does."""
        statement = f"""SELECT stem, sum(held)::int8, min(rarity) FROM postings
            WHERE stem = ANY(%(stems)s) AND {self._session.seen} GROUP BY stem"""
        found = {
            stem: (count, 0.0 if self._session.seen == "true" else stored)
            for stem, count, stored in self._session.rows(statement, stems=list(stems))
        }
        return {stem: found.get(stem, (0, 0.0)) for stem in stems}
