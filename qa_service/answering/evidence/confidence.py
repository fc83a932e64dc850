"""How likely it is that a place answers the question, and that made true for one corpus."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import asdict, dataclass
from itertools import pairwise

from qa_service.answering.evidence.candidates import Evidence
from qa_service.config import Settings

LARGEST_ODDS = 6.0
"""Log odds of the reader beyond this count as this: it is never surer than it has learned to be."""
STATED_CONFIDENCE = 0.95
"""How sure a line is that a document states of just what is asked for."""
NAMED_CONFIDENCE = 0.4
"""How sure a sentence is that names the topic, if that is all that is known of it."""
LEAST = 1e-6
"""Confidence counts as no nearer than this to 0 or 1, where its log odds have no end."""


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """A logistic regression by scripts/fit_confidence.py; on what, and how well: docs/quality.md.

    `answered` weighs log odds of the reader, that any passage read answers; the others weigh what
    Evidence says under the same names, `search` the search's score. `in_talk` was chosen
    on written talks, whose answers are right less often.
    """

    intercept: float
    cosine: float
    names_lacking: float
    foreign: float
    settled: float
    fit: float = 0.0
    search: float = 0.0
    answered: float = 0.0
    in_talk: float = 0.0


WITH_READER = ConfidenceWeights(
    intercept=-1.39,
    cosine=0.92,
    names_lacking=-0.92,
    foreign=-1.86,
    settled=0.66,
    search=0.48,
    answered=0.49,
    in_talk=-0.6,
)
WITHOUT_READER = ConfidenceWeights(
    intercept=-4.37,
    cosine=3.07,
    fit=1.7,
    names_lacking=-0.3,
    foreign=-2.0,
    settled=0.6,
)


def confidence(evidence: Evidence) -> float:
    """0 to 1: a logistic function of what search, words and the reader say of a place.

    A fact of a document that is asked for by its label, or a list by its heading, says so itself.
    """
    if evidence.stated is not None:
        return evidence.stated
    weights = WITH_READER if evidence.judged else WITHOUT_READER
    signals = confidence_signals(evidence)
    logit = sum(weight * signals[name] for name, weight in asdict(weights).items())
    return 1 / (1 + math.exp(-logit))


def confidence_signals(evidence: Evidence) -> dict[str, float]:
    """What ConfidenceWeights weighs, by the same names."""
    signals = {
        "intercept": 1.0,
        "cosine": evidence.cosine,
        "fit": evidence.fit,
        "names_lacking": evidence.names_lacking,
        "foreign": float(evidence.foreign),
        "settled": float(evidence.settled),
        "in_talk": float(evidence.in_talk),
        "search": evidence.hit.score,
    }
    judged = evidence.judged
    return signals | {
        "answered": _odds(1 - judged.none) if judged else 0.0,
    }


def _odds(chance: float) -> float:
    return max(-LARGEST_ODDS, min(LARGEST_ODDS, log_odds(chance)))


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
