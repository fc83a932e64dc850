"""Results of written questions -> figures, in all and by kind, as an object and as text."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Any

from qa_service.evaluating.measures.abstention import auroc, false_answers_at
from qa_service.evaluating.measures.reliability import calibration_error, reliability_table
from qa_service.evaluating.written.asking_talks import WrittenResult

COVERAGE = 0.9
"""Share of the answerable questions that is answered where refusals are counted."""
COLUMNS = (
    *("questions", "unanswerable", "quoted", "part", "quoted_if_asked", "first_passage"),
    *("first_five", "answered", "refused", "auroc", "refused_at_90_percent"),
)
HIGH = 0.7
"""The confidence from which a wrong answer is the worst fault."""

Results = Sequence[WrittenResult]


def written_report(name: str, results: Results, left_out: int) -> dict[str, Any]:
    """The figures; those for which there are no questions are None.

    `left_out` counts questions whose files the index lacks.
    """
    return {
        "dataset": name,
        "left_out": left_out,
        **_figures(results),
        "calibration_error": _calibration_error(results),
        "high_and_wrong": sum(
            it.answered and not it.part and it.confidence >= HIGH for it in results
        ),
        "median_ms": statistics.median(it.took_ms for it in results),
        "by_kind": {
            kind: _figures([it for it in results if it.kind == kind])
            for kind in sorted({it.kind for it in results})
        },
        "follow_ups": _figures([it for it in results if it.follow_up]),
    }


def written_text(report: dict[str, Any]) -> str:
    """The figures as a table, a kind a row, and those of all below it."""
    rows = [("all", report), *report["by_kind"].items()]
    if report["follow_ups"]["questions"] + report["follow_ups"]["unanswerable"]:
        rows.append(("(follow-ups)", report["follow_ups"]))
    table = [("kind", *(name.replace("_", " ") for name in COLUMNS))]
    table += [(kind, *(_shown(figures[name]) for name in COLUMNS)) for kind, figures in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
        for row in table
    ]
    others = ("left_out", "calibration_error", "high_and_wrong", "median_ms")
    return "\n".join([*lines, "", *(f"{name}  {_shown(report[name])}" for name in others)])


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _figures(results: Results) -> dict[str, Any]:
    known = [it for it in results if it.answerable]
    unknown = [it for it in results if not it.answerable]
    sure = [[it.confidence for it in kind] for kind in (known, unknown)]
    false_answers = false_answers_at(COVERAGE, *sure)
    return {
        "questions": len(known),
        "unanswerable": len(unknown),
        "quoted": _share(known, lambda it: it.quoted),
        "part": _share(known, lambda it: it.part),
        "quoted_if_asked": _share(known, lambda it: it.quoted_if_asked),
        "first_passage": _share(known, lambda it: it.passage == 1),
        "first_five": _share(known, lambda it: it.passage is not None),
        "answered": _share(known, lambda it: it.answered),
        "refused": _share(unknown, lambda it: not it.answered),
        "auroc": auroc(*sure),
        "refused_at_90_percent": None if false_answers is None else 1 - false_answers,
    }


def _share(results: Results, holds: Callable[[WrittenResult], bool]) -> float | None:
    return sum(map(holds, results)) / len(results) if results else None


def _calibration_error(results: Results) -> float | None:
    """Of all questions: confidence against every stretch quoted, declined ones as if given."""
    confidences = [it.confidence for it in results]
    return calibration_error(reliability_table(confidences, [it.quoted_if_asked for it in results]))
