"""Figures for reading in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qa_service.evaluating.reports.comparison import Comparison, verdicts


def report_text(report: Mapping[str, Any]) -> str:
    """An evaluation's figures, one a line, means with their 95 % interval; then its tables."""
    intervals = report.get("intervals", {})
    figures = {name: value for name, value in report.items() if not isinstance(value, dict)}
    figures.pop("follow_ups", None)
    width = max(len(name) for name in figures)
    lines = [
        f"{name:<{width}}  {_figure(value)}{_interval(intervals.get(name))}"
        for name, value in figures.items()
    ]
    tables = (_stages_text(report), _reliability_text(report), _follow_ups_text(report))
    return "\n\n".join(["\n".join(lines), *filter(None, tables)])


def comparison_text(comparison: Comparison) -> str:
    """Two runs side by side, and in a sentence each what that shows."""
    first, second = comparison.median_ms
    left_out = comparison.only_first + comparison.only_second
    head = (
        f"{comparison.dataset}: {comparison.questions} questions in both runs"
        f"{f', {left_out} in one alone left out' if left_out else ''}; "
        f"median {first:.1f} ms (A), {second:.1f} ms (B)"
    )
    rows = [_compared_row(asdict(figure)) for figure in comparison.figures]
    columns = ("figure", "questions", "A", "B", "B - A", "95 % interval", "p")
    return "\n\n".join([head, _table(columns, rows), "\n".join(verdicts(comparison.figures))])


def _compared_row(figure: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        figure["name"],
        str(figure["questions"]),
        _figure(figure["first"]),
        _figure(figure["second"]),
        f"{figure['difference']:+.4f}",
        _interval((figure["low"], figure["high"])).strip(),
        f"{figure['p_value']:.4f}",
    )


def _stages_text(report: Mapping[str, Any]) -> str:
    rows = [
        (name, f"{times['median_ms']:.1f}", f"{times['percentile_95_ms']:.1f}")
        for name, times in report.get("stages", {}).items()
    ]
    return _table(("stage", "median_ms", "percentile_95_ms"), rows) if rows else ""


def _reliability_text(report: Mapping[str, Any]) -> str:
    bins = report.get("reliability", {}).get("all", ())
    rows = [
        (
            f"{item['low']:.1f} to {item['high']:.1f}",
            str(item["count"]),
            _figure(item["confidence"]),
            _figure(item["right"]),
        )
        for item in bins
        if item["count"]
    ]
    return _table(("confidence", "questions", "mean", "right"), rows) if rows else ""


def _follow_ups_text(report: Mapping[str, Any]) -> str:
    compared = report.get("follow_ups")
    if not compared:
        return ""
    columns = ("follow-ups", "questions", "without", "with", "difference", "95 % interval", "p")
    return _table(columns, [_compared_row(item) for item in compared["differences"]])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of cells; the first to the left, the others to the right."""
    lines = [columns, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _interval(ends: Sequence[float | None] | None) -> str:
    if ends is None or ends[0] is None or ends[1] is None:
        return ""
    return f"  [{ends[0]:.4f}, {ends[1]:.4f}]"


def _figure(value: Any) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)
