"""Mean figures with 95 % intervals by bootstrap over questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

RESAMPLES = 1000
SEED = 20_16
RESAMPLES_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `questions` with its 95 % interval, which one question alone has not."""

    value: float
    questions: int
    low: float | None
    high: float | None


def mean_figures(rows: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    """Figure by name: the mean over the rows that have the name.

    `rows` are the scores of one question each. The percentile bootstrap (Efron 1979) draws
    1,000 times from the questions that have a figure, with a fixed seed.
    """
    members: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for name in row:
            members.setdefault(name, []).append(place)
    groups: dict[tuple[int, ...], list[str]] = {}
    for name, places in members.items():
        groups.setdefault(tuple(places), []).append(name)
    found: dict[str, Figure] = {}
    for group, names in groups.items():
        values = np.array([[rows[place][name] for place in group] for name in names])
        found |= dict(zip(names, _figures(values), strict=True))
    return found


def mean_intervals(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper ends for the (figures, questions) values of at least two questions.

    All figures share the draws: each draw is how often a question was taken, so that the
    means of all figures are one product of matrices.
    """
    count = values.shape[1]

    def means(drawn: NDArray[np.int64], axis: int = -1) -> NDArray[np.float64]:  # noqa: ARG001
        draws = len(drawn)
        shifted = drawn + count * np.arange(draws)[:, None]
        times = np.bincount(shifted.ravel(), minlength=draws * count).reshape(draws, count)
        return np.asarray(values @ times.T / count, np.float64)

    return percentile_interval((np.arange(count),), means)


def percentile_interval(samples: tuple[NDArray[Any], ...], statistic: Any) -> tuple[Any, Any]:
    """Lower and upper ends for what `statistic` (of samples and `axis`) says of each draw; each
    sample is drawn from by itself, with a fixed seed."""
    interval = bootstrap(
        samples,
        statistic,
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=RESAMPLES_AT_ONCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return interval.low, interval.high


def _figures(values: NDArray[np.float64]) -> list[Figure]:
    count = values.shape[1]
    means = values.mean(axis=1)
    if count < 2:
        return [Figure(float(mean), count, None, None) for mean in means]
    low, high = mean_intervals(values)
    return [
        Figure(float(mean), count, float(one), float(other))
        for mean, one, other in zip(means, low, high, strict=True)
    ]
