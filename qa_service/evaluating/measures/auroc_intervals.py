"""How sure an area under the ROC curve is, and the difference between those of two runs.

Confidences are handled as codes: the place of a value among all that occur. The area of
many draws at once is then a matter of counting codes, without sorting any draw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import permutation_test, rankdata

from qa_service.evaluating.measures.intervals import RESAMPLES_AT_ONCE, SEED, percentile_interval

Codes = NDArray[np.int64]
Confidences = tuple[Sequence[float], Sequence[float]]
"""Of the answerable questions, and of the others."""
PERMUTATIONS = 9_999


def auroc_interval(known: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval; both kinds are drawn from, each by itself.

    At least two of each kind are needed.
    """
    values, found = np.unique(np.array([*known, *others]), return_inverse=True)
    codes: Codes = np.asarray(found, np.int64)
    first, second = codes[: len(known)], codes[len(known) :]

    def area(drawn: Codes, other: Codes, axis: int = -1) -> NDArray[np.float64]:  # noqa: ARG001
        return _areas(drawn, other, len(values))

    low, high = percentile_interval((first, second), area)
    return float(low), float(high)


def auroc_difference_interval(first: Confidences, second: Confidences) -> tuple[float, float]:
    """The same for second minus first: two runs, with their questions in one order."""
    ranks, levels = _rank_codes(first, second)
    count = len(first[0])

    def difference(drawn: Codes, other: Codes, axis: int = -1) -> NDArray[np.float64]:  # noqa: ARG001
        one, two = (_areas(run[drawn], run[count + other], levels) for run in ranks)
        return two - one

    samples = (np.arange(count), np.arange(len(first[1])))
    low, high = percentile_interval(samples, difference)
    return float(low), float(high)


def auroc_p_value(first: Confidences, second: Confidences) -> float:
    """Two-sided paired permutation test of equal areas (Venkatraman and Begg 1996): the two
    runs' ranks of a question are exchanged at random. Ranks, for runs may scale otherwise."""
    ranks, levels = _rank_codes(first, second)
    count = len(first[0])

    def difference(signs: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:  # noqa: ARG001
        kept = np.atleast_2d(signs) > 0
        one: Codes = np.where(kept, ranks[0], ranks[1])
        two: Codes = np.where(kept, ranks[1], ranks[0])
        areas = [_areas(run[:, :count], run[:, count:], levels) for run in (one, two)]
        return areas[1] - areas[0]

    tested = permutation_test(
        (np.ones(ranks.shape[1]),),
        difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=RESAMPLES_AT_ONCE,
        rng=np.random.default_rng(SEED),
    )
    return float(np.ravel(tested.pvalue)[0])


def _areas(known: Codes, others: Codes, levels: int) -> NDArray[np.float64]:
    """(draws,) areas of (draws, questions) codes below `levels`: pairs in order, ties as half."""
    counts = _counts(others, levels)
    below = np.cumsum(counts, axis=1) - counts / 2
    pairs = (_counts(known, levels) * below).sum(axis=1)
    return np.asarray(pairs / (known.shape[1] * others.shape[1]), np.float64)


def _counts(codes: Codes, levels: int) -> Codes:
    shifted = codes + levels * np.arange(len(codes))[:, None]
    counted = np.bincount(shifted.ravel(), minlength=len(codes) * levels)
    return counted.reshape(len(codes), levels)


def _rank_codes(first: Confidences, second: Confidences) -> tuple[Codes, int]:
    """(2, questions) codes of each run's own ranks, the known before the others; how many."""
    ranks = np.stack([rankdata([*known, *others]) for known, others in (first, second)])
    values, codes = np.unique(ranks, return_inverse=True)
    return codes.reshape(ranks.shape), len(values)
