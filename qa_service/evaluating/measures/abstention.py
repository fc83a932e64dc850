"""How well confidence tells the questions that the documents answer from the others."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import roc_auc_score


def auroc(answerable: Sequence[float], others: Sequence[float]) -> float | None:
    """Chance that an answerable question has more confidence than another; ties are half.

    The area under the ROC curve, by scikit-learn. None where either kind is missing.
    """
    if not answerable or not others:
        return None
    kinds = [1] * len(answerable) + [0] * len(others)
    return float(roc_auc_score(kinds, [*answerable, *others]))


def false_answers_at(
    coverage: float, answerable: Sequence[float], others: Sequence[float]
) -> float | None:
    """Share of the others answered where the threshold lets `coverage` of the answerable pass.

    `coverage` is a share above 0. None where either kind is missing.
    """
    if not answerable or not others:
        return None
    passing = math.ceil(coverage * len(answerable) - 1e-9)
    threshold = sorted(answerable, reverse=True)[passing - 1]
    return float(np.mean(np.asarray(others) >= threshold))


def risk_by_coverage(
    confidences: Sequence[float], right: Sequence[bool]
) -> list[tuple[float, float]]:
    """(share answered, share wrong among these) for every threshold, the highest first.

    The risk-coverage curve of El-Yaniv and Wiener (2010); equal confidences are one step.
    """
    if not len(confidences):
        return []
    order = np.argsort(-np.asarray(confidences), kind="stable")
    sure = np.asarray(confidences)[order]
    wrong = np.cumsum(~np.asarray(right, bool)[order])
    last = np.flatnonzero(np.append(sure[1:] != sure[:-1], True))
    return [(float((at + 1) / len(sure)), float(wrong[at] / (at + 1))) for at in last]
