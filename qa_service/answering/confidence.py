"""How likely it is that a quote answers the question."""

from __future__ import annotations

import math

from qa_service.answering.evidence import Evidence

COVERAGE_WEIGHT = 2.00
COSINE_WEIGHT = 6.64
ABSENT_NAME_WEIGHT = -0.70
INTERCEPT = -4.63
"""Logistic regression by scripts/fit_confidence.py; how and on what: docs/quality.md."""


def confidence(evidence: Evidence) -> float:
    """0 to 1: a logistic function of how far passage and sentence fit the question."""
    logit = COVERAGE_WEIGHT * evidence.coverage + COSINE_WEIGHT * evidence.cosine + INTERCEPT
    logit += ABSENT_NAME_WEIGHT * evidence.names_absent
    return 1 / (1 + math.exp(-logit))
