"""Figures as a terminal shows them."""

from __future__ import annotations

from qa_service.evaluating.reports.report_text import report_text


def test_figures_stand_one_a_line() -> None:
    report = {"dataset": "set", "mrr": 0.5, "questions": 3, "answered": None}
    assert report_text(report).splitlines() == [
        "dataset    set",
        "mrr        0.5000",
        "questions  3",
        "answered   None",
    ]
