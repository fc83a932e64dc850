"""A run, or two compared, as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from qa_service.evaluating.measures.figure_labels import SECTIONS, label_of
from qa_service.evaluating.reports.comparison import SIGNIFICANT, Comparison, verdicts
from qa_service.evaluating.reports.plots import (
    confidence_plot,
    reliability_plot,
    risk_plot,
    time_plot,
)
from qa_service.evaluating.results import QuestionResult
from qa_service.evaluating.stored_run import EvaluationRun

SHOWN_QUESTIONS = 25
_SHOWN_LETTERS = 300


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """Questions that went wrong in one way; `count` is how many there are in all."""

    title: str
    meaning: str
    count: int
    questions: tuple[QuestionResult, ...]


def report_page(run: EvaluationRun) -> str:
    """The report of one run as HTML."""
    report = run.report
    plots = [
        reliability_plot(report["reliability"]["all"]),
        risk_plot(run.results),
        confidence_plot(run.results),
        time_plot(run.results, report["median_ms"], report["percentile_95_ms"]),
    ]
    return _render(
        "report.html",
        run=run,
        report=report,
        sections=_sections(report),
        plots=plots,
        tables=_question_tables(run.results),
        follow_ups=(report["follow_ups"] or {}).get("differences", ()),
    )


def comparison_page(
    comparison: Comparison, runs: tuple[EvaluationRun, EvaluationRun], paths: Sequence[Path]
) -> str:
    """Two runs side by side as HTML."""
    ends = [abs(end) for item in comparison.figures for end in (item.low, item.high) if end]
    return _render(
        "comparison.html",
        comparison=comparison,
        runs=runs,
        paths=paths,
        changed=_changed_settings(runs),
        verdicts=verdicts(comparison.figures),
        reach=max(ends, default=0.0) or 1.0,
        significant=SIGNIFICANT,
    )


def _render(template: str, **values: Any) -> str:
    environment = Environment(
        loader=PackageLoader("qa_service.evaluating.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": _figure, "short": _short, "label": label_of}
    return environment.get_template(template).render(**values)


def _sections(report: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the figures that the set allows, by section; sections without any are left out."""
    found = {
        title: [
            {
                "label": label.label,
                "meaning": label.meaning,
                "value": report[name],
                "interval": report["intervals"].get(name),
                "questions": report["figure_questions"].get(name),
            }
            for name, label in labels.items()
            if report.get(name) is not None
        ]
        for title, labels in SECTIONS.items()
    }
    return {title: rows for title, rows in found.items() if rows}


def _question_tables(results: Sequence[QuestionResult]) -> list[QuestionTable]:
    known = [item for item in results if item.kind == "answerable"]
    tables = [
        _question_table(
            "Answered, but not with what was expected",
            "The surest first. Some may be right in another place than the set knows.",
            [item for item in known if item.answered and not item.right],
        ),
        _question_table(
            "Answered, though not in the documents",
            "The surest first.",
            [item for item in results if item.kind != "answerable" and item.answered],
        ),
        _question_table(
            "Declined, though the best quote was right",
            "The surest first: what a lower threshold would answer.",
            [item for item in known if not item.answered and item.right],
        ),
        _question_table(
            "Right document not among the first ten",
            "What search itself missed.",
            [item for item in known if item.scores.get("recall_at_10") == 0],
        ),
    ]
    return [table for table in tables if table.count]


def _question_table(title: str, meaning: str, found: list[QuestionResult]) -> QuestionTable:
    first = sorted(found, key=lambda item: -item.confidence)[:SHOWN_QUESTIONS]
    return QuestionTable(title, meaning, len(found), tuple(first))


def _changed_settings(runs: tuple[EvaluationRun, EvaluationRun]) -> list[tuple[str, Any, Any]]:
    """What differs in how the runs were made: (name, of A, of B)."""
    first, second = (
        {"version": run.version, "build": run.build, "history": run.report.get("history")}
        | dict(run.settings)
        for run in runs
    )
    names = [name for name in first | second if first.get(name) != second.get(name)]
    return [(name, first.get(name), second.get(name)) for name in names]


def _figure(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–" if value is None else str(value)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"
