"""Whether confidence is what it says: of answers at 0.8, are eight in ten right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions of one tenth of confidence. The last holds its upper end, 1, too.

    `confidence` is their mean and `right` their share of right ones; None where `count` is 0.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


def reliability_table(
    confidences: Sequence[float], right: Sequence[bool]
) -> tuple[ReliabilityBin, ...]:
    """Ten bins of equal width, from 0 to 1."""
    sure, hits = np.asarray(confidences, float), np.asarray(right, float)
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    counts = np.bincount(places, minlength=BINS)
    sums = np.bincount(places, sure, BINS), np.bincount(places, hits, BINS)
    return tuple(
        ReliabilityBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            count=int(count),
            confidence=float(sums[0][place] / count) if count else None,
            right=float(sums[1][place] / count) if count else None,
        )
        for place, count in enumerate(counts)
    )


def calibration_error(table: Sequence[ReliabilityBin]) -> float | None:
    """Expected calibration error (Naeini et al. 2015): the mean gap between confidence and
    share of right ones, weighted by the bins' counts. None for an empty table."""
    total = sum(item.count for item in table)
    if not total:
        return None
    gaps = [
        item.count * abs(item.confidence - item.right)
        for item in table
        if item.confidence is not None and item.right is not None
    ]
    return sum(gaps) / total
