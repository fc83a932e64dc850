"""Candidates -> one order. Each fusion is a function of the same type."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from qa_service.answering.ranking.retrieval import Candidates, Scores

Fusion = Callable[[Candidates, float], Scores]
"""(candidates, keyword weight) -> a score from 0 to 1 for each of their rows."""

RANK_CONSTANT = 60


def weighted_sum(candidates: Candidates, keyword_weight: float) -> Scores:
    """Both scores scaled to 0..1 over the candidates, then weighed and added."""
    keyword = keyword_weight * scaled(candidates.keyword)
    return keyword + np.float32(1 - keyword_weight) * scaled(candidates.dense)


def reciprocal_rank(candidates: Candidates, keyword_weight: float) -> Scores:
    """Weighed sum of 1 / (60 + rank), scaled so that first on both sides gives 1.

    Cormack, Clarke and Buettcher: Reciprocal Rank Fusion, SIGIR 2009.
    """
    weights = (1 - keyword_weight, keyword_weight)
    sides = (candidates.dense_ranks, candidates.keyword_ranks)
    total = sum(
        weight * np.where(ranks > 0, (RANK_CONSTANT + 1) / (RANK_CONSTANT + ranks), 0)
        for weight, ranks in zip(weights, sides, strict=True)
    )
    return np.asarray(total, np.float32)


FUSIONS: dict[str, Fusion] = {
    "weighted_sum": weighted_sum,
    "reciprocal_rank": reciprocal_rank,
}


def scaled(scores: Scores) -> Scores:
    """Scores moved and stretched to 0..1; all 0 where they are equal."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return np.asarray((scores - low) / max(high - low, 1e-9), np.float32)
