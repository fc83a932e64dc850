"""Plots as shapes in a unit square: x to the right, y upwards, both from 0 to 1.

The template turns them into inline SVG whose colours are the page's own, so that a plot
follows the reader's light or dark scheme, which a drawing library's fixed colours would not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.evaluating.measures.abstention import risk_by_coverage
from qa_service.evaluating.results import QuestionResult

Point = tuple[float, float]
COLOURS = {"answerable": "first", "unanswerable": "second", "foreign": "third"}
CONFIDENCE_BINS = 20
TIME_BINS = 30
_SHARES = tuple((tenth / 10, f"{tenth * 10} %") for tenth in range(0, 11, 2))
_CONFIDENCES = tuple((tenth / 10, f"{tenth / 10:.1f}") for tenth in range(0, 11, 2))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from the ground; `kind` names its colour."""

    x: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `kind` names its colour."""

    points: tuple[Point, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A marked point."""

    x: float
    y: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot. Ticks are (place, text); the legend (kind, text)."""

    title: str
    caption: str
    x_label: str
    y_label: str
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


def reliability_plot(table: Sequence[Mapping[str, Any]]) -> Plot:
    """Share right by tenth of confidence, against the diagonal of honest confidence."""
    filled = [item for item in table if item["count"]]
    return Plot(
        title="Reliability",
        caption="Bars on the dashed line mean that confidence is what it says. All questions of "
        "the set; what was withheld is judged as if it had been given.",
        x_label="confidence",
        y_label="share right",
        x_ticks=_CONFIDENCES,
        y_ticks=_SHARES,
        bars=tuple(map(_share_right, filled)),
        lines=(Line(((0.0, 0.0), (1.0, 1.0)), "guide"),),
        dots=tuple(map(_mean_confidence, filled)),
        legend=(("first", "share right"), ("ink", "mean confidence of the bar's questions")),
    )


def _share_right(tenth: Mapping[str, Any]) -> Bar:
    told = f"{tenth['count']} questions, {tenth['right']:.0%} right"
    width = tenth["high"] - tenth["low"] - 0.016
    return Bar(tenth["low"] + 0.008, width, tenth["right"], "first", told)


def _mean_confidence(tenth: Mapping[str, Any]) -> Dot:
    told = f"mean confidence {tenth['confidence']:.2f}"
    return Dot(tenth["confidence"], tenth["right"], "ink", told)


def risk_plot(results: Sequence[QuestionResult]) -> Plot:
    """What goes wrong when the threshold is moved: wrong quotes and false answers."""
    known = [result for result in results if result.kind == "answerable"]
    risk = risk_by_coverage([item.confidence for item in known], [item.right for item in known])
    lines = [Line(((0.0, risk[0][1]), *risk), "first")] if risk else []
    legend = [("first", "wrong among answers to answerable questions")]
    for kind in ("unanswerable", "foreign"):
        if known and (confidences := _confidences(results, kind)):
            curve = _answered_by_coverage([item.confidence for item in known], confidences)
            lines.append(Line(curve, COLOURS[kind]))
            legend.append((COLOURS[kind], f"share of {kind} questions answered"))
    return Plot(
        title="Risk and coverage",
        caption="From left to right the threshold falls and more is answered; the dot is the "
        "threshold in use.",
        x_label="share of answerable questions answered",
        y_label="share",
        x_ticks=_SHARES,
        y_ticks=_SHARES,
        lines=tuple(lines),
        dots=_operating_point(known),
        legend=tuple(legend),
    )


def confidence_plot(results: Sequence[QuestionResult]) -> Plot:
    """How confidence is spread over each kind of question."""
    edges = np.linspace(0, 1, CONFIDENCE_BINS + 1)
    asked = {kind: _confidences(results, kind) for kind in COLOURS}
    shares = {
        kind: np.histogram(confidences, edges)[0] / len(confidences)
        for kind, confidences in asked.items()
        if confidences
    }
    top = _round_top(max((float(share.max()) for share in shares.values()), default=1.0))
    return Plot(
        title="Confidence",
        caption="Share of each kind of question by confidence. The less the colours overlap, the "
        "better declining works.",
        x_label="confidence",
        y_label="share of the kind",
        x_ticks=_CONFIDENCES,
        y_ticks=_ticks(100 * top, "{:g} %"),
        bars=tuple(_grouped_bars(shares, top)),
        legend=tuple((COLOURS[kind], f"{kind} ({len(asked[kind])})") for kind in shares),
    )


def time_plot(results: Sequence[QuestionResult], median: float, percentile_95: float) -> Plot:
    """How long answers took; what is beyond the plot's end stands in its last bar."""
    times = np.array([result.took_ms for result in results])
    end = _round_top(max(1.6 * percentile_95, 1e-6))
    counts, edges = np.histogram(np.minimum(times, end), np.linspace(0, end, TIME_BINS + 1))
    top = _round_top(float(counts.max()))
    return Plot(
        title="Time",
        caption="Whole answers, model included. The last bar holds all that took longer.",
        x_label="milliseconds",
        y_label="questions",
        x_ticks=_ticks(end, "{:g}"),
        y_ticks=_ticks(top, "{:g}"),
        bars=tuple(_time_bars(counts, edges, top)),
        lines=(_upright(median / end, "second"), _upright(percentile_95 / end, "third")),
        legend=(
            ("second", f"median {median:.1f} ms"),
            ("third", f"95th percentile {percentile_95:.1f} ms"),
        ),
    )


def _time_bars(counts: Any, edges: Any, top: float) -> Iterator[Bar]:
    """A bar for each stretch of time in which an answer came; `top` is the height of the plot."""
    for place, count in enumerate(counts):
        if count:
            told = f"{count} questions from {edges[place]:.1f} to {edges[place + 1]:.1f} ms"
            start = float(edges[place] / edges[-1]) + 0.002
            yield Bar(start, 1 / TIME_BINS - 0.004, float(count / top), "first", told)


def _confidences(results: Sequence[QuestionResult], kind: str) -> list[float]:
    return [result.confidence for result in results if result.kind == kind]


def _grouped_bars(shares: Mapping[str, NDArray[np.float64]], top: float) -> Iterator[Bar]:
    """Bars of several kinds side by side in every bin."""
    step = 1 / CONFIDENCE_BINS
    width = 0.9 * step / max(len(shares), 1)
    for order, (kind, counted) in enumerate(shares.items()):
        for place, share in enumerate(counted):
            if share:
                x = (place + 0.05) * step + order * width
                title = f"{kind}: {share:.1%} from {place * step:.2f} to {(place + 1) * step:.2f}"
                yield Bar(x, width, float(share) / top, COLOURS[kind], title)


def _answered_by_coverage(known: Sequence[float], others: Sequence[float]) -> tuple[Point, ...]:
    """(share of the known, share of the others) at or above every confidence that occurs."""
    thresholds = np.unique([*known, *others])[::-1]
    shares = [
        1 - np.searchsorted(np.sort(np.asarray(values)), thresholds, side="left") / len(values)
        for values in (known, others)
    ]
    return ((0.0, 0.0), *zip(shares[0].tolist(), shares[1].tolist(), strict=True))


def _operating_point(known: Sequence[QuestionResult]) -> tuple[Dot, ...]:
    given = [result for result in known if result.answered]
    if not given:
        return ()
    coverage = len(given) / len(known)
    risk = sum(not result.right for result in given) / len(given)
    return (Dot(coverage, risk, "ink", f"{coverage:.0%} answered, {risk:.0%} of these wrong"),)


def _upright(x: float, kind: str) -> Line:
    return Line(((x, 0.0), (x, 1.0)), kind)


def _round_top(highest: float) -> float:
    """The end of an axis: the least that holds `highest` and has fifths of few digits."""
    unit = 10.0 ** math.floor(math.log10(highest / 5))
    return next(
        5 * step * unit for step in (1, 1.5, 2, 2.5, 3, 4, 5, 10) if highest <= 5 * step * unit
    )


def _ticks(top: float, form: str) -> tuple[tuple[float, str], ...]:
    """Ticks at fifths of the axis."""
    return tuple((part / 5, form.format(round(part / 5 * top, 9))) for part in range(6))
