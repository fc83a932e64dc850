"""Words of a build in a database: how rare each is, and where it stands with what score.

What is asked for is kept, so that common words are fetched once. Scores are then added up here by
the code of the embedded engine; words that stand in too many rows to be kept, by the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import (
    Posting,
    Rows,
    Scores,
    Weights,
    best_rows,
    rarity,
    scores_of,
)
from qa_service.indexing.engine.postgres.reading.common_words import CommonWords
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.wire import received_array
from qa_service.indexing.engine.store_cache import Kept
from qa_service.nouns.questions import Filters
from qa_service.stems import unaccented

MOST_ROWS = 1_000_000
"""In which a stem stands that is kept; of 8 bytes each."""
MOST_KEPT = 6_000_000
"""Rows of all stems that are kept for one who asks: 48 megabytes."""
OF_A_FORM = 64
"""Rows that a stem counts as, besides those in which it stands."""

_FORMS = """SELECT plain, stem, held, rarity,
    CASE WHEN fewest <= %(most)s THEN array_send(rows) END,
    CASE WHEN fewest <= %(most)s THEN array_send(scores) END
    FROM (SELECT *, sum(held) OVER (PARTITION BY stem) AS fewest FROM postings
        WHERE plain = ANY(%(plains)s) AND {seen}) AS found ORDER BY plain, stem"""


@dataclass(frozen=True, slots=True)
class Stem:
    """In how many rows a stem stands, how rare it is in the whole build, and where; None where
    those are too many to be kept."""

    count: int
    rarity: float
    posting: Posting | None


NOWHERE = Stem(0, 0.0, Posting(np.empty(0, np.int32), np.empty(0, np.float32)))
Forms = dict[str, Stem]
"""The stems that are one without their accents."""


class DatabaseWords:
    """The KeywordReader of a build."""

    def __init__(
        self,
        session: Session,
        rows: int,
        seen: int,
        admitted: Callable[[Filters], Rows | None],
    ) -> None:
        """Of so many rows of the build so many are seen; `admitted` are those that filters let
        through, None for all."""
        self._session = session
        self._number, self._seen = rows, seen
        self._admitted = admitted
        self._common = CommonWords(session)
        self._forms: Kept[str, Forms] = Kept(self._load, MOST_KEPT, _size)

    def search(self, weights: Weights, limit: int, filters: Filters) -> tuple[Rows, Scores]:
        """See BuildReader.best_worded."""
        asked = self._asked(weights)
        postings = self._postings(asked)
        if postings is None:
            return self._common.search(asked, limit, filters)
        return best_rows(postings, limit, self._number, self._admitted(filters))

    def scores(self, weights: Weights, rows: Rows) -> Scores:
        """See KeywordReader."""
        asked = self._asked(weights)
        postings = self._postings(asked)
        return self._common.scores(asked, rows) if postings is None else scores_of(postings, rows)

    def inverse_document_frequency(self, word: str) -> float:
        """See KeywordReader."""
        return rarity(self._stem(word).count, self._seen)

    def held(self, words: Iterable[str]) -> frozenset[str]:
        """See KeywordReader."""
        return frozenset(word for word, stem in self._stems(list(words)).items() if stem.count)

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """See KeywordReader."""
        posting = self._stem(word).posting
        return posting.holding(rows)[0] if posting else self._common.holding(word, rows)

    def rows_with(self, word: str) -> NDArray[np.int32]:
        """See KeywordReader."""
        posting = self._stem(word).posting
        return posting.rows if posting else self._common.rows_with(word)

    def rows_with_accents(self, word: str) -> NDArray[np.int32]:
        """See KeywordReader."""
        forms = self._forms.of([unaccented(word)])[0]
        return reduce(np.union1d, map(self.rows_with, forms), np.empty(0, np.int32))

    def _stem(self, word: str) -> Stem:
        return self._stems([word])[word]

    def _stems(self, words: Sequence[str]) -> dict[str, Stem]:
        forms = self._forms.of([unaccented(word) for word in words])
        return {word: known.get(word, NOWHERE) for word, known in zip(words, forms, strict=True)}

    def _asked(self, weights: Weights) -> dict[str, float]:
        """Stems that stand in what is seen, with what the scores stored are multiplied by: for a
        view these hold how rare a stem is in the whole build."""
        return {
            stem: weights[stem] * self._share(found)
            for stem, found in self._stems(list(weights)).items()
            if found.count and weights[stem] > 0
        }

    def _share(self, stem: Stem) -> float:
        is_view = self._session.seen != "true"
        return rarity(stem.count, self._seen) / stem.rarity if is_view else 1.0

    def _postings(self, asked: Mapping[str, float]) -> list[Posting] | None:
        """Where these stems stand; None if one of them is too common to be kept."""
        found = [self._stem(stem).posting for stem in asked]
        both = zip(found, asked.values(), strict=True)
        postings = [replace(each, weight=weight) for each, weight in both if each]
        return postings if len(postings) == len(asked) else None

    def _load(self, plains: Sequence[str]) -> dict[str, Forms]:
        """Stems by how they are without accents; none of what somebody does not see."""
        statement = _FORMS.format(seen=self._session.seen)
        found = self._session.rows(statement, plains=list(plains), most=MOST_ROWS)
        forms: dict[str, Forms] = {plain: {} for plain in plains}
        for (plain, stem), parts in groupby(found, key=lambda row: row[:2]):
            forms[plain][stem] = _joined([row[2:] for row in parts])
        return forms


def _joined(parts: Sequence[tuple[int, float, bytes | None, bytes | None]]) -> Stem:
    """One stem of what is stored of it apart for each access."""
    count, rare = sum(held for held, *_ in parts), parts[0][1]
    sent = [(rows, scores) for *_, rows, scores in parts if rows and scores]
    if not sent:
        return Stem(count, rare, None)
    rows, scores = (
        np.concatenate([received_array(it) for it in each]) for each in zip(*sent, strict=True)
    )
    order = np.argsort(rows)
    return Stem(count, rare, Posting(rows[order], scores[order]))


def _size(forms: Forms) -> int:
    kept = (len(stem.posting.rows) for stem in forms.values() if stem.posting)
    return OF_A_FORM * (1 + len(forms)) + sum(kept)
