"""Passages -> the sentences that answer: which to quote, and how well each fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from qa_service.answering.ranking.retrieval import Query, share, term_weights
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.passages.cutting import search_context
from qa_service.indexing.passages.quotable import quotable_sentences
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.expectation import expected

SHORT_SENTENCE_WORDS = 5
WEAK_SENTENCE_PENALTY = 0.3
"""Taken off a question, or a fragment: such a sentence repeats words but answers nothing."""
NEIGHBOUR_SHARE = 0.5
"""A neighbour is quoted too from this share of the best sentence's own score."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in a hit that answers best.

    `score` orders places of all hits; `cosine` is that of the sentence and the question,
    `fit` the sentence's whole score; `absent` are the stems of the question that neither
    the passage nor its context holds; `settled` where a scope took words out of it.
    `relevance` is the reader's logit that the place answers and `exact` the words in it that
    do (document offsets); None where no reader looked, or where it is not certain enough of
    the words.
    """

    hit: Hit
    start: int
    end: int
    score: float
    cosine: float
    fit: float
    absent: frozenset[str] = frozenset()
    relevance: float | None = None
    settled: bool = False
    exact: tuple[int, int] | None = None


def find_evidence(opened: OpenedBuild, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
    """The best place of every hit that has one, best hit first; contents and boilerplate are none.

    A sentence scores its passage's fused score and coverage, plus its own cosine with the
    question and the share of the question's stems that it holds, those that only its title
    or headings hold counting half: four parts of 0 to 1. What kind of thing is asked for
    (expectation.py) adds a little.
    """
    weights = term_weights(opened, query.words)
    sentences = opened.store.sentences(hit.passage.row for hit in hits)
    cosines = opened.sentence_cosines(sentences, query.vector)
    found = [
        _best_place(hit, near, said.stems, weights, query)
        for hit, near, said in zip(hits, cosines, sentences, strict=True)
        if any(quotable_sentences(hit.passage))
    ]
    return sorted(found, key=lambda evidence: -evidence.score)


def _best_place(
    hit: Hit,
    cosines: Sequence[float],
    stems: Sequence[Sequence[str]],
    weights: dict[str, float],
    query: Query,
) -> Evidence:
    context = set(terms(search_context(hit.document, hit.passage.heading_path)))
    fits = [
        _sentence_score(text, set(words), context, weights) + expected(query.text, text)
        for text, words in zip(_sentence_texts(hit), stems, strict=True)
    ]
    scores = [
        cosine + fit if quotable else float("-inf")
        for cosine, fit, quotable in zip(
            cosines, fits, quotable_sentences(hit.passage), strict=True
        )
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    first, last = _with_neighbour(hit, scores, best)
    absent = weights.keys() - context - set(chain.from_iterable(stems))
    coverage = 1 - share(absent, weights) if weights else 0.0
    return Evidence(
        hit=hit,
        start=hit.passage.sentences[first][0],
        end=hit.passage.sentences[last][1],
        score=hit.score + coverage + scores[best],
        cosine=cosines[best],
        fit=scores[best],
        absent=frozenset(absent),
        settled=query.settled,
    )


def _sentence_score(
    text: str, words: set[str], context: set[str], weights: dict[str, float]
) -> float:
    held = (share(words, weights) + share(words | context, weights)) / 2
    return held - WEAK_SENTENCE_PENALTY * _is_weak(text)


def _sentence_texts(hit: Hit) -> list[str]:
    passage = hit.passage
    return [
        passage.text[start - passage.start : end - passage.start]
        for start, end in passage.sentences
    ]


def _with_neighbour(hit: Hit, scores: Sequence[float], best: int) -> tuple[int, int]:
    """The best sentence, and the better one beside it where that fits the question too."""
    beside = [at for at in (best - 1, best + 1) if _same_line(hit, best, at)]
    strong = [at for at in beside if scores[at] >= NEIGHBOUR_SHARE * scores[best] > 0]
    if not strong:
        return best, best
    other = max(strong, key=lambda at: scores[at])
    return min(best, other), max(best, other)


def _same_line(hit: Hit, one: int, other: int) -> bool:
    sentences, passage = hit.passage.sentences, hit.passage
    if not 0 <= other < len(sentences):
        return False
    first, second = sorted((one, other))
    gap = passage.text[sentences[first][1] - passage.start : sentences[second][0] - passage.start]
    return "\n" not in gap


def _is_weak(text: str) -> bool:
    return text.endswith("?") or len(text.split()) < SHORT_SENTENCE_WORDS
