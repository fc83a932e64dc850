"""Fused candidates -> a finer order: sentences, phrases and neighbours of the best ones.

Each signal is cheap, made of what the build already holds, and weighs what the settings say
beside the fused score; 0 switches it off. docs/quality.md has what each brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add

import numpy as np

from qa_service.answering.ranking.fusion import scaled
from qa_service.answering.ranking.retrieval import (
    Candidates,
    Query,
    Rows,
    Scores,
    phrases,
    share,
    spaced,
    term_weights,
)
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store_records import StoredSentences
from qa_service.stems import stem_set

COSINE_SHARE = 0.4
"""Of a sentence's weight; the rest is its cosine with the stems that it shares."""
NEIGHBOURS = 5
TAKEN_AS_RELEVANT = 2
"""So many of the best passages show what else may be meant."""


def rerank(
    opened: OpenedBuild,
    query: Query,
    candidates: Candidates,
    scores: Scores,
    settings: Settings,
) -> Scores:
    """New scores of all candidates, 0 to 1: the best `rerank_depth` gain by each signal.

    `scores` are the fused ones, 0 to 1. Added to them are, of 0 to 1 each: the cosine of
    the passage's best sentence; that cosine with the share of the question's stems which
    the sentence holds; the share of the question's neighbouring stems that stand side by
    side in the passage too (Metzler and Croft: A Markov random field model for term
    dependencies, SIGIR 2005); the share of its names that passage, title and headings
    hold; and the mean score of the passages most like it (Diaz: Regularizing ad hoc
    retrieval scores, CIKM 2005). Then all rows gain by nearness to the best of them.
    """
    best = np.argsort(-scores, kind="stable")[: settings.rerank_depth]
    rows = candidates.rows[best]
    sentences = opened.cache.sentences(rows)
    weights = term_weights(opened, query.words)
    cosines = opened.sentence_cosines(sentences, query.vector)
    vectors = candidates.vectors
    neighbours = _neighbour_scores(vectors[best], scores[best])
    signals = (
        (settings.sentence_weight, _sentence_signal(cosines, sentences, weights)),
        (settings.phrase_weight, _phrase_shares(query, sentences)),
        (settings.name_weight, _name_shares(opened, query, rows, sentences, weights)),
        (settings.neighbour_weight, scaled(neighbours)),
    )
    total = scores.astype(np.float32)
    total[best] += sum(weight * signal for weight, signal in signals)
    total /= 1 + sum(weight for weight, _ in signals)
    return _nearer_the_best(vectors, total, settings.pseudo_feedback_weight)


def _nearer_the_best(vectors: Scores, scores: Scores, weight: float) -> Scores:
    """The scores, 0 to 1, with what each passage's nearness to the best ones adds.

    Those are taken as relevant and joined, weighed by their scores: Rocchio's relevance
    feedback (1971) without a person's judgement.
    """
    if weight == 0:
        return scores
    best = np.argsort(-scores, kind="stable")[:TAKEN_AS_RELEVANT]
    nearness = scaled(vectors @ (scores[best] @ vectors[best]))
    return np.asarray((scores + weight * nearness) / (1 + weight), np.float32)


def _sentence_signal(
    cosines: Sequence[Sequence[float]],
    passages: Sequence[StoredSentences],
    weights: dict[str, float],
) -> Scores:
    """For each passage its best sentence's cosine, and its best cosine with shared stems."""
    wanted = spaced(weights)
    best, fits = np.zeros((2, len(passages)), np.float32)
    for at, (near, each) in enumerate(zip(cosines, passages, strict=True)):
        shares = [share(sentence, wanted) for sentence in each.spaced]
        best[at], fits[at] = max(near, default=0), max(map(add, near, shares), default=0)
    return np.asarray(COSINE_SHARE * scaled(best) + (1 - COSINE_SHARE) * scaled(fits))


def _phrase_shares(query: Query, passages: Sequence[StoredSentences]) -> Scores:
    wanted = phrases(query.words)
    held = (sum(phrase in each.run for phrase in wanted) for each in passages)
    return np.array([count / max(1, len(wanted)) for count in held], np.float32)


def _name_shares(
    opened: OpenedBuild,
    query: Query,
    rows: Rows,
    passages: Sequence[StoredSentences],
    weights: dict[str, float],
) -> Scores:
    """For each passage the part of the question's names that it, its title or headings hold."""
    names = {name: weights[name] for name in query.names & weights.keys()}
    if not names:
        return np.zeros(len(rows), np.float32)
    total = sum(names.values())
    held = zip(map(stem_set, opened.cache.contexts(rows)), passages, strict=True)
    shares = [
        sum([names[name] for name in names if name in context or f" {name} " in each.run])
        for context, each in held
    ]
    return np.array([share / total for share in shares], np.float32)


def _neighbour_scores(vectors: Scores, scores: Scores) -> Scores:
    """Mean score of each passage's nearest among the others, weighed by squared cosine."""
    nearest = min(NEIGHBOURS, len(scores) - 1)
    if nearest < 1:
        return scores
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    places = np.argpartition(-alike, nearest - 1, axis=1)[:, :nearest]
    weights = np.maximum(np.take_along_axis(alike, places, 1), 1e-6) ** 2
    means: Scores = (weights * scores[places]).sum(1) / weights.sum(1)
    return means
