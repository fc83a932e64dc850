"""How likely it is that a place answers the question."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

from qa_service.answering.evidence.candidates import Evidence

LARGEST_ODDS = 6.0
"""Log odds of the reader beyond this count as this: it is never surer than it has learned to be."""


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """A logistic regression by scripts/fit_confidence.py; on what, and how well: docs/quality.md.

    `answered` weighs log odds of the reader, that any passage read answers; the others weigh what
    Evidence says under the same names, `search` the search's score.
    """

    intercept: float
    cosine: float
    fit: float
    lacking: float
    names_lacking: float
    foreign: float
    settled: float
    search: float = 0.0
    answered: float = 0.0


WITH_READER = ConfidenceWeights(
    intercept=-1.9,
    cosine=1.0,
    fit=0.55,
    lacking=-0.55,
    names_lacking=-0.5,
    foreign=-2.0,
    settled=0.8,
    search=0.35,
    answered=0.53,
)
WITHOUT_READER = ConfidenceWeights(
    intercept=-4.37,
    cosine=3.07,
    fit=1.7,
    lacking=0.0,
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
        "lacking": evidence.lacking,
        "names_lacking": evidence.names_lacking,
        "foreign": float(evidence.foreign),
        "settled": float(evidence.settled),
        "search": evidence.hit.score,
    }
    judged = evidence.judged
    return signals | {
        "answered": _odds(1 - judged.none) if judged else 0.0,
    }


def _odds(chance: float) -> float:
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-LARGEST_ODDS, min(LARGEST_ODDS, math.log(kept / (1 - kept))))
