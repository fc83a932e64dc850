"""Confidence made true for one corpus: a rising map from it to the share that is right."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from qa_service.config import Settings

LEAST = 1e-6
"""Confidence counts as no nearer than this to 0 or 1, where its log odds have no end."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising map from confidence to the share of answers so confident that are right.

    Without `points` it is a line on the log odds (Platt 1999): the logistic function of
    intercept + slope * ln(c / (1 - c)). With `points`, (confidence, share) in rising order,
    it runs straight between them and level beyond. Below `threshold`, a share, the service
    declines. A map that falls anywhere cannot be made: ValueError.
    """

    threshold: float
    intercept: float = 0.0
    slope: float = 1.0
    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        shares = [self.threshold, *(share for point in self.points for share in point)]
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("a share lies outside 0 to 1")
        if not (math.isfinite(self.intercept) and math.isfinite(self.slope) and self.slope > 0):
            raise ValueError("the slope is not above 0")
        if any(low[0] >= high[0] or low[1] > high[1] for low, high in pairwise(self.points)):
            raise ValueError("the points do not rise")

    def apply(self, confidence: float) -> float:
        """The share, 0 to 1, of answers of this confidence that are right."""
        if self.points:
            return _between(self.points, confidence)
        odds = self.intercept + self.slope * log_odds(confidence)
        return 1 / (1 + math.exp(-max(-700.0, min(700.0, odds))))


def log_odds(confidence: float) -> float:
    """ln(c / (1 - c)), within the bounds that LEAST sets."""
    kept = min(max(confidence, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def calibrated(confidence: float, calibration: Calibration | None) -> float:
    """The confidence to show; as it is where nothing was calibrated."""
    return calibration.apply(confidence) if calibration else confidence


def least_confidence(settings: Settings, calibration: Calibration | None) -> float:
    """The confidence to show below which the service declines.

    The operator's own minimum_confidence comes before the threshold that was calibrated,
    and that before the default.
    """
    if calibration is None or settings.sets_minimum_confidence:
        return settings.minimum_confidence
    return calibration.threshold


def _between(points: tuple[tuple[float, float], ...], confidence: float) -> float:
    after = bisect_right(points, confidence, key=lambda point: point[0])
    if after in (0, len(points)):
        return points[0 if after == 0 else -1][1]
    (low, low_share), (high, high_share) = points[after - 1 : after + 1]
    share = low_share + (confidence - low) / (high - low) * (high_share - low_share)
    return min(share, high_share)
