"""Fused candidates -> a finer order: sentences, phrases and names of the best ones.

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
    dependencies, SIGIR 2005); and the share of its names that passage, title and headings
    hold.
    """
    best = np.argsort(-scores, kind="stable")[: settings.rerank_depth]
    rows = candidates.rows[best]
    sentences = opened.cache.sentences(rows)
    weights = term_weights(opened, query.words)
    cosines = opened.sentence_cosines(sentences, query.vector)
    signals = (
        (settings.sentence_weight, _sentence_signal(cosines, sentences, weights)),
        (settings.phrase_weight, _phrase_shares(query, sentences)),
        (settings.name_weight, _name_shares(opened, query, rows, sentences, weights)),
    )
    total = scores.astype(np.float32)
    total[best] += sum(weight * signal for weight, signal in signals)
    return np.asarray(total / (1 + sum(weight for weight, _ in signals)), np.float32)


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
