"""Words -> best rows: BM25 over stems, written once and mapped into memory afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from qa_service.stems import terms, unaccented

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Weights = Mapping[str, float]
"""Stems of a question, each with what its score is multiplied by."""

K1, B = 1.2, 0.75

FEW_ROWS = 20_000
"""Among so many rows each is looked up in the postings, instead of the postings looked through."""
ROUNDING = 1e-3
"""More than sums of 32-bit scores differ by in another order of adding."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The rows that hold a stem, ascending, its score in each, and what that is multiplied by."""

    rows: NDArray[np.int32]
    scores: Scores
    weight: float = 1.0

    def holding(self, rows: Rows) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Which of some rows hold the stem, and the places of those among its own."""
        if not len(self.rows):
            return np.zeros(len(rows), np.bool_), np.empty(0, np.intp)
        # In their own type, or all rows of the stem would be copied into the other.
        places = np.searchsorted(self.rows, rows.astype(self.rows.dtype))
        places = np.minimum(places, len(self.rows) - 1)
        held = self.rows[places] == rows
        return held, places[held]


_NO_WORD = "\0"
_OF_NO_TEXT = {"", _NO_WORD}
"""What the library adds by itself, and what it is given where no text has a word."""


class KeywordIndex:
    """Okapi BM25 (Robertson et al., 1994, in Lucene's form) by the bm25s library.

    The library's own search sorts every row for every question; that is done here from its
    arrays.
    """

    def __init__(self, engine: Any, rows: int, only: Rows | None = None) -> None:
        """With `only`, it is as if it held these rows alone, but for the mean length of a row."""
        self._engine = engine
        self._rows = rows
        self._only = None if only is None else _marked(only, rows)
        self._held = rows if only is None else len(only)
        # Plain arrays: a slice of a mapped one takes ten times as long to make.
        parts = (engine.scores[name] for name in ("indptr", "indices", "data"))
        self._firsts, self._holders, self._scores = map(np.asarray, parts)

    @classmethod
    def create(cls, texts: Iterable[str]) -> KeywordIndex:
        """An index over texts, one row each, in order."""
        # Interned, or every occurrence of a stem would be an object of its own.
        tokens = [[sys.intern(stem) for stem in terms(text)] for text in texts]
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        # The library cannot index a corpus without a single word; such a one finds nothing.
        engine.index(tokens if any(tokens) else [[_NO_WORD], *tokens[1:]], show_progress=False)
        return cls(engine, len(tokens))

    @classmethod
    def open(cls, folder: Path, rows: int) -> KeywordIndex:
        """An index on disk over `rows` rows."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), rows)

    def within(self, rows: Rows) -> KeywordIndex:
        """The index as if it held some of its rows alone, which keep their numbers."""
        return KeywordIndex(self._engine, self._rows, rows)

    def save(self, folder: Path) -> None:
        """Writes the index into a new folder, without pickled objects."""
        self._engine.save(str(folder), show_progress=False)

    def search(self, weights: Weights, limit: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """The `limit` rows of highest score above 0, best first, with it; only among `rows`, if
        given. Of rows with one score the first comes first."""
        return best_rows(list(self._postings(weights)), limit, self._rows, rows)

    def scores(self, weights: Weights, rows: Rows) -> Scores:
        """The score of each of some rows: BM25 for every stem, times its weight, added up."""
        return scores_of(self._postings(weights), rows)

    def inverse_document_frequency(self, word: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) of a stem that stands in n of N rows."""
        return rarity(len(self.rows_with(word)), self._held)

    def held(self, words: Iterable[str]) -> frozenset[str]:
        """Those of some stems that stand in any row."""
        return frozenset(word for word in words if len(self.rows_with(word)))

    def holding(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        """For each of some rows, whether a stem stands in it."""
        return self._posting(word).holding(rows)[0]

    def rows_with(self, word: str) -> NDArray[np.int32]:
        """The rows in which a stem stands, ascending."""
        return self._posting(word).rows

    def rows_with_accents(self, word: str) -> NDArray[np.int32]:
        """The rows in which a stem stands, ascending; of builds of before with accents, too."""
        plain = unaccented(word)
        forms = [plain, *self._accented.get(plain, ())]
        return reduce(np.union1d, map(self.rows_with, forms))

    @cached_property
    def _accented(self) -> dict[str, list[str]]:
        """Stems without their accents, each with those that have some; found when first needed."""
        found: dict[str, list[str]] = {}
        for stem in self._engine.vocab_dict:
            if (plain := unaccented(stem)) != stem:
                found.setdefault(plain, []).append(stem)
        return found

    def postings(self) -> Iterator[tuple[str, Posting]]:
        """Every stem that stands in a row, with its posting."""
        for word in self._engine.vocab_dict.keys() - _OF_NO_TEXT:
            if len((posting := self._posting(word)).rows):
                yield word, posting

    def close(self) -> None:
        """Lets go of the mapped files; nothing can be looked up any more."""
        self._engine = None
        self._firsts = self._holders = self._scores = np.empty(0)

    def _postings(self, weights: Weights) -> Iterator[Posting]:
        for word, weight in weights.items():
            if weight > 0 and len((posting := self._posting(word, weight)).rows):
                yield posting

    def _posting(self, word: str, weight: float = 1.0) -> Posting:
        number = self._engine.vocab_dict.get(word)
        if number is None:
            return Posting(np.empty(0, np.int32), np.empty(0, np.float32))
        first, last = self._firsts[number : number + 2]
        posting = Posting(self._holders[first:last], self._scores[first:last], weight)
        return posting if self._only is None else self._admitted(posting, self._only)

    def _admitted(self, posting: Posting, only: NDArray[np.bool_]) -> Posting:
        """The rows among those marked; their scores hold how rare the stem is among all rows."""
        held = only[posting.rows]
        rows = posting.rows[held]
        among_all = rarity(len(posting.rows), self._rows)
        weight = posting.weight * rarity(len(rows), self._held) / among_all
        return Posting(rows, posting.scores[held], weight)


def scores_of(postings: Iterable[Posting], rows: Rows) -> Scores:
    """The score of each of some rows: those of all postings, times their weights, added up."""
    total = np.zeros(len(rows), np.float32)
    for posting in postings:
        held, places = posting.holding(rows)
        total[held] += posting.weight * posting.scores[places]
    return total


def best_rows(
    postings: Sequence[Posting], limit: int, number: int, rows: Rows | None = None
) -> tuple[Rows, Scores]:
    """The `limit` rows of highest score above 0, best first, with it, of so many rows; only among
    `rows`, if given. Of rows with one score the first comes first."""
    if rows is None or len(rows) > FEW_ROWS:
        rows = _promising(postings, limit, number, rows)
    scores = scores_of(postings, rows)
    best = np.lexsort((rows, -scores))[:limit]
    best = best[scores[best] > 0]
    return rows[best], scores[best]


def _promising(postings: Sequence[Posting], limit: int, number: int, rows: Rows | None) -> Rows:
    """Rows among which the best are sure to be, ascending.

    The best of those that hold the rarest stems show how high a row must score: most of
    the others are then passed over without being sorted.
    """
    rarest_first = sorted(postings, key=lambda posting: len(posting.rows))
    totals = np.zeros(number, np.float32)
    for posting in rarest_first:
        totals[posting.rows] += posting.weight * posting.scores
    if rows is not None:
        totals[_others(rows, number)] = 0
    least = _limit_th(totals, rarest_first, limit) - ROUNDING
    return np.flatnonzero(totals > max(least, 0.0))


def rarity(count: int, rows: int) -> float:
    """The inverse document frequency of a stem that stands in `count` of so many rows."""
    return float(np.log1p((rows - count + 0.5) / (count + 0.5)))


def weighed(words: Iterable[str], weight: float = 1.0) -> dict[str, float]:
    """Each stem with the weight, as often as it is there."""
    return added(*({word: weight} for word in words))


def added(*parts: Weights) -> dict[str, float]:
    """The sum of weights, stem by stem."""
    total: dict[str, float] = {}
    for part in parts:
        for word, weight in part.items():
            total[word] = total.get(word, 0.0) + weight
    return total


def _limit_th(totals: Scores, postings: Sequence[Posting], limit: int) -> float:
    """The lowest of the `limit` highest totals among rows with the first stems; 0 for fewer."""
    rows = np.empty(0, np.int32)
    for posting in postings:
        if len(rows) >= limit:
            break
        rows = np.union1d(rows, posting.rows) if len(rows) else posting.rows
    return float(np.partition(totals[rows], -limit)[-limit]) if len(rows) >= limit else 0.0


def _others(rows: Rows, total: int) -> NDArray[np.bool_]:
    """Marks for all rows but some."""
    return ~_marked(rows, total)


def _marked(rows: Rows, total: int) -> NDArray[np.bool_]:
    """Marks for some of all rows."""
    marks = np.zeros(total, np.bool_)
    marks[rows] = True
    return marks
