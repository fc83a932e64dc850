"""How likely it is that a quote answers the question."""

from __future__ import annotations

import math

from qa_service.answering.evidence import Evidence

WITH_READER = {"cosine": 2.8, "fit": 1.3, "relevance": 0.26, "intercept": -3.9}
WITHOUT_READER = {"cosine": 3.0, "fit": 1.7, "relevance": 0.0, "intercept": -4.4}
"""Logistic regressions by scripts/fit_confidence.py; how and on what: docs/quality.md."""


def confidence(evidence: Evidence) -> float:
    """0 to 1: a logistic function of how far the sentence fits and the reader agrees."""
    weights = WITHOUT_READER if evidence.relevance is None else WITH_READER
    logit = weights["cosine"] * evidence.cosine + weights["fit"] * evidence.fit
    logit += weights["relevance"] * (evidence.relevance or 0.0) + weights["intercept"]
    return 1 / (1 + math.exp(-logit))
