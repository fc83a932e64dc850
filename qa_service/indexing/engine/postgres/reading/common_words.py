"""Words that stand in more rows of a build than are fetched: the server adds their scores up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import Rows, Scores
from qa_service.indexing.engine.postgres.reading.filtering import condition
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.wire import received_array
from qa_service.indexing.engine.store_cache import Kept
from qa_service.nouns.questions import NO_FILTERS, Filters

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


class CommonWords:
    """As DatabaseWords, whatever words are asked for; `asked` are stems with their weights."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._words: Kept[int, dict[str, float]] = Kept(self._load, MOST_ROWS)

    def search(
        self, asked: Mapping[str, float], limit: int, filters: Filters
    ) -> tuple[Rows, Scores]:
        """See BuildReader.best_worded."""
        where, values = condition(filters)
        within = _WITHIN.format(where=where) if filters != NO_FILTERS else ""
        statement = _SUMS.format(seen=self._session.seen, within=within)
        values |= {"stems": list(asked), "weights": list(asked.values()), "limit": limit + SPARE}
        found = self._session.rows(statement, **values)
        rows = np.array([row for (row,) in found], np.int64)
        scores = self.scores(asked, rows)
        best = np.lexsort((rows, -scores))[:limit]
        best = best[scores[best] > 0]
        return rows[best], scores[best]

    def scores(self, asked: Mapping[str, float], rows: Rows) -> Scores:
        """See KeywordReader; added up as the embedded engine does."""
        words = self._words.of([int(row) for row in rows])
        total = np.zeros(len(rows), np.float32)
        for stem, weight in asked.items():
            found = np.array([held.get(stem, 0.0) for held in words], np.float32)
            total[found > 0] += weight * found[found > 0]
        return total

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """See KeywordReader."""
        words = self._words.of([int(row) for row in rows])
        return np.array([word in held for held in words], np.bool_)

    def rows_with(self, word: str) -> NDArray[np.int32]:
        """See KeywordReader."""
        statement = f"""SELECT array_send(rows) FROM postings
            WHERE stem = %(stem)s AND {self._session.seen}"""
        found = [received_array(sent) for (sent,) in self._session.rows(statement, stem=word)]
        return np.sort(np.concatenate([np.empty(0, np.int32), *found]))

    def _load(self, rows: Sequence[int]) -> dict[int, dict[str, float]]:
        """The stems of rows with their scores; none of what somebody does not see."""
        statement = f"""SELECT row, stems, scores FROM words
            WHERE row = ANY(%(rows)s) AND {self._session.seen}"""
        found = self._session.rows(statement, rows=list(rows))
        known = {row: dict(zip(stems, scores, strict=True)) for row, stems, scores in found}
        return {row: known.get(row, {}) for row in rows}
