"""How likely it is that a quote answers the question."""

from __future__ import annotations

import math

from qa_service.answering.evidence.candidates import Evidence

WITH_READER = {"cosine": 3.15, "fit": 1.0, "relevance": 0.13, "intercept": -3.45}
WITHOUT_READER = {"cosine": 3.07, "fit": 1.7, "relevance": 0.0, "intercept": -4.37}
"""Logistic regressions by scripts/fit_confidence.py; how and on what: docs/quality.md."""
SETTLED = 0.6
"""Added to the logit where the question names the documents, and the sentence answers the rest."""

NAMES_ALONE = 0.8
"""Taken off the logit where a quote shares little with the question but names."""


def confidence(evidence: Evidence, names_alone: bool = False) -> float:
    """0 to 1: a logistic function of how far the sentence fits and the reader agrees.

    `names_alone` says that a quote shares little with the question but names (names_alone.py).
    """
    weights = WITHOUT_READER if evidence.relevance is None else WITH_READER
    logit = weights["cosine"] * evidence.cosine + weights["fit"] * evidence.fit
    logit += weights["relevance"] * (evidence.relevance or 0.0) + weights["intercept"]
    logit += SETTLED * evidence.settled - NAMES_ALONE * names_alone
    return 1 / (1 + math.exp(-logit))
