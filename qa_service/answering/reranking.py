"""Fused candidates -> a finer order: sentences, phrases and neighbours of the best ones.

Each signal is cheap, made of what the build already holds, and weighs what the settings say
beside the fused score; 0 switches it off. docs/quality.md has what each brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.fusion import scaled
from qa_service.answering.retrieval import Query, Scores, share, term_weights
from qa_service.config import Settings
from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.terms import terms
from qa_service.schema import Passage

COSINE_SHARE = 0.4
"""Of a sentence's weight; the rest is its cosine with the stems that it shares."""
NEIGHBOURS = 5
TAKEN_AS_RELEVANT = 2
"""So many of the best passages show what else may be meant."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Stems of one passage: of each sentence, those side by side, and of its context."""

    sentences: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]
    context: frozenset[str]


def rerank(
    opened: OpenedBuild,
    query: Query,
    rows: NDArray[np.int64],
    scores: Scores,
    settings: Settings,
) -> Scores:
    """New scores of all rows, 0 to 1: the best `rerank_depth` gain by each signal.

    `scores` are the fused ones, 0 to 1. Added to them are, of 0 to 1 each: the cosine of
    the passage's best sentence; that cosine with the share of the question's stems which
    the sentence holds; the share of the question's neighbouring stems that stand side by
    side in the passage too (Metzler and Croft: A Markov random field model for term
    dependencies, SIGIR 2005); the share of its names that passage, title and headings
    hold; and the mean score of the passages most like it (Diaz: Regularizing ad hoc
    retrieval scores, CIKM 2005). Then all rows gain by nearness to the best of them.
    """
    best = np.argsort(-scores, kind="stable")[: settings.rerank_depth]
    passages = opened.store.passages(rows[best])
    words = _words(opened, passages)
    weights = term_weights(opened, query.words)
    neighbours = _neighbour_scores(opened, rows[best], scores[best])
    signals = (
        (settings.sentence_weight, _sentence_signal(opened, query, passages, words, weights)),
        (settings.phrase_weight, _phrase_shares(query, words)),
        (settings.name_weight, _name_shares(query, words, weights)),
        (settings.neighbour_weight, scaled(neighbours)),
    )
    total = scores.astype(np.float32)
    total[best] += sum(weight * signal for weight, signal in signals)
    total /= 1 + sum(weight for weight, _ in signals)
    return _nearer_the_best(opened, rows, total, settings.pseudo_feedback_weight)


def _nearer_the_best(
    opened: OpenedBuild, rows: NDArray[np.int64], scores: Scores, weight: float
) -> Scores:
    """The scores, 0 to 1, with what each passage's nearness to the best ones adds.

    Those are taken as relevant and joined, weighed by their scores: Rocchio's relevance
    feedback (1971) without a person's judgement.
    """
    if weight == 0:
        return scores
    vectors = np.asarray(opened.vectors.passages[rows], np.float32)
    best = np.argsort(-scores, kind="stable")[:TAKEN_AS_RELEVANT]
    nearness = scaled(vectors @ (scores[best] @ vectors[best]))
    return np.asarray((scores + weight * nearness) / (1 + weight), np.float32)


def _words(opened: OpenedBuild, passages: Sequence[Passage]) -> list[_Words]:
    documents = {passage.document_id for passage in passages}
    titles = {name: terms(opened.store.summary(name).title) for name in documents}
    stems = opened.store.sentence_stems(passage.row for passage in passages)
    return [
        _passage_words(passage, sentences, titles[passage.document_id])
        for passage, sentences in zip(passages, stems, strict=True)
    ]


def _passage_words(
    passage: Passage, stems: Sequence[Sequence[str]], title: Sequence[str]
) -> _Words:
    pairs = frozenset(pairwise(stem for sentence in stems for stem in sentence))
    context = frozenset([*title, *terms(" ".join(passage.heading_path))])
    return _Words(tuple(map(frozenset, stems)), pairs, context)


def _sentence_signal(
    opened: OpenedBuild,
    query: Query,
    passages: Sequence[Passage],
    words: Sequence[_Words],
    weights: dict[str, float],
) -> Scores:
    """For each passage its best sentence's cosine, and its best cosine with shared stems."""
    cosines, fits = np.zeros((2, len(passages)), np.float32)
    for at, vectors in enumerate(opened.sentence_vectors(passages)):
        if len(vectors):
            nearness = vectors @ query.vector
            shares = [share(sentence, weights) for sentence in words[at].sentences]
            cosines[at], fits[at] = nearness.max(), (nearness + np.asarray(shares)).max()
    return np.asarray(COSINE_SHARE * scaled(cosines) + (1 - COSINE_SHARE) * scaled(fits))


def _phrase_shares(query: Query, words: Sequence[_Words]) -> Scores:
    wanted = set(pairwise(query.words))
    return np.array([len(wanted & each.pairs) / max(1, len(wanted)) for each in words], np.float32)


def _name_shares(query: Query, words: Sequence[_Words], weights: dict[str, float]) -> Scores:
    names = {name: weights[name] for name in query.names & weights.keys()}
    total = sum(names.values()) or 1.0
    held = (each.context.union(*each.sentences) for each in words)
    return np.array([share(stems, names) / total for stems in held], np.float32)


def _neighbour_scores(opened: OpenedBuild, rows: NDArray[np.int64], scores: Scores) -> Scores:
    """Mean score of each passage's nearest among the others, weighed by squared cosine."""
    nearest = min(NEIGHBOURS, len(rows) - 1)
    if nearest < 1:
        return scores
    vectors = np.asarray(opened.vectors.passages[rows], np.float32)
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    places = np.argpartition(-alike, nearest - 1, axis=1)[:, :nearest]
    weights = np.maximum(np.take_along_axis(alike, places, 1), 1e-6) ** 2
    means: Scores = (weights * scores[places]).sum(1) / weights.sum(1)
    return means
