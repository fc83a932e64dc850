"""Question -> candidate passages from both indexes, each with both scores."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.engine.keyword import Weights, added, weighed
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.parsed_question import NOTHING_EXPECTED, Expectation
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.stems import stem_set, terms

_SPELLING_OUT = stem_set("stand stands short")
"""Said to ask for the words of an abbreviation; no passage needs to say it."""
_NAME = re.compile(r"(?<=[\w,;:’'\"“(] )[“\"‘'(]?([A-Z][\w’'-]+)")

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


class QueryEncoder(Protocol):
    """What questions need of an embedder."""

    def encode_query(self, text: str) -> Scores:
        """The (dimension,) vector of a question."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation adds to the search for a question: to its vector, and to its stems;
    `document_id` is the document that it is most about."""

    vector: Scores
    keyword: Weights
    document_id: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the indexes take it: its vector, of length 1, and its stems.

    `names` are the stems of words that it writes with a capital inside a sentence; `context`
    is what the conversation before it adds to both searches; `settled` where words are left
    out that all documents searched fulfil; `expectation` is what a sentence that answers
    is to hold; `preferred` are dates, as in it, of the documents that it may rather mean;
    `in_talk` is what a reader reads in its place, "" where no talk adds to it.
    """

    text: str
    vector: Scores
    words: tuple[str, ...]
    expectation: Expectation
    names: frozenset[str] = frozenset()
    context: Context | None = None
    settled: bool = False
    preferred: tuple[str, ...] = ()
    in_talk: str = ""

    @property
    def dates(self) -> tuple[str, ...]:
        """The years and months that it names, or else those that it may rather mean."""
        return self.expectation.dates or self.preferred

    @property
    def vector_in_talk(self) -> Scores:
        """Its vector with what the conversation adds; of length 1."""
        if self.context is None:
            return self.vector
        vector = self.vector + self.context.vector
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    @property
    def words_in_talk(self) -> Weights:
        """Its stems, each with its weight, with those that the conversation adds."""
        own = weighed(self.words)
        return added(own, self.context.keyword) if self.context else own


def make_query(
    text: str, embedder: QueryEncoder, expectation: Expectation = NOTHING_EXPECTED
) -> Query:
    """A question made ready for both indexes, with what was understood of a fitting sentence."""
    names = terms(" ".join(_NAME.findall(text)))
    asking = _SPELLING_OUT if expectation.abbreviation else ()
    words = tuple(stem for stem in terms(text) if stem not in asking)
    vector = embedder.encode_query(text)
    return Query(text, vector, words, expectation, frozenset(names))


def term_weights(opened: OpenedBuild, words: Sequence[str]) -> dict[str, float]:
    """Each stem's share of the question, by how rare it is; they add up to 1.

    One is added to the inverse document frequency, so that in a corpus of few passages a
    word that stands in most of them still counts.
    """
    rarity = {word: 1 + opened.keyword.inverse_document_frequency(word) for word in words}
    total = sum(rarity.values()) or 1.0
    return {word: value / total for word, value in rarity.items()}


def share(words: Container[str], weights: dict[str, float]) -> float:
    """The part of a question, 0 to 1, that these stems make up."""
    return sum([weight for word, weight in weights.items() if word in words])


def spaced(weights: dict[str, float]) -> dict[str, float]:
    """Stems as they stand in StoredSentences.spaced, of which `share` may be asked then."""
    return {f" {word} ": weight for word, weight in weights.items()}


def phrases(words: Sequence[str]) -> list[str]:
    """A question's neighbouring stems, two and two, as they stand in StoredSentences.run."""
    return [f" {one} {other} " for one, other in dict.fromkeys(pairwise(words))]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows that either index found, with the cosine and the BM25 score of every one of them.

    `vectors` are theirs, (rows, dimension).

    Ranks count from 1 within each side's own list; 0 where that side did not list the row.
    """

    rows: Rows
    vectors: Scores
    dense: Scores
    keyword: Scores
    dense_ranks: Rows
    keyword_ranks: Rows


def retrieve(
    opened: OpenedBuild, query: Query, limit: int, filters: Filters = NO_FILTERS
) -> Candidates:
    """The `limit` best rows of each index, joined; of those alone that filters let through."""
    vector, weights = query.vector, query.words_in_talk
    if query.context:
        vector = vector + query.context.vector
    dense_rows, _ = opened.nearest(vector, limit, filters)
    keyword_rows, _ = opened.best_worded(weights, limit, filters)
    rows = np.union1d(dense_rows, keyword_rows)
    vectors = opened.vectors.passages[rows]
    return Candidates(
        rows=rows,
        vectors=vectors,
        dense=np.asarray(vectors @ vector, np.float32),
        keyword=opened.keyword.scores(weights, rows),
        dense_ranks=_ranks(rows, dense_rows),
        keyword_ranks=_ranks(rows, keyword_rows),
    )


def _ranks(rows: Rows, ranked: Sequence[int] | Rows) -> Rows:
    ranks = np.zeros(len(rows), np.int64)
    ranks[np.searchsorted(rows, ranked)] = np.arange(1, len(ranked) + 1)
    return ranks
