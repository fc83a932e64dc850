"""How likely it is that a quote answers the question."""

from __future__ import annotations

import math

from qa_service.answering.evidence import Evidence

COVERAGE_WEIGHT = 2.44
COSINE_WEIGHT = 6.64
INTERCEPT = -4.87
"""Logistic regression by scripts/fit_confidence.py; how and on what: docs/quality.md."""


def confidence(evidence: Evidence) -> float:
    """0 to 1: a logistic function of how far passage and sentence fit the question."""
    logit = COVERAGE_WEIGHT * evidence.coverage + COSINE_WEIGHT * evidence.cosine + INTERCEPT
    return 1 / (1 + math.exp(-logit))
