"""The report pages: whole, escaped, and in need of nothing beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes import FakeEmbedder, FakeProgress
from lxml import html

from qa_service.config import Settings
from qa_service.evaluating.measures.reliability import reliability_table
from qa_service.evaluating.reports.comparison import compare_runs
from qa_service.evaluating.reports.plots import (
    confidence_plot,
    reliability_plot,
    risk_plot,
    time_plot,
)
from qa_service.evaluating.reports.report_page import comparison_page, report_page
from qa_service.evaluating.run import EvaluationOptions, evaluate

BOATS = {"_id": "q1", "text": "Do harbour boats sail to the islands?"}
MARKUP = {"_id": "q2", "text": "Do harbour boats sail to the <i>islands</i>?"}
ZEBRA = {"_id": "u1", "text": "Which zebra migrated across Antarctica?"}
COVERED = {"_id": "u2", "text": "Do the harbour boats sail daily to the islands?"}


@pytest.fixture
def run(dataset, index_dir):
    """A run with a right answer, a wrong one, a false one and one declined."""
    folder = dataset(
        [BOATS, MARKUP], [("q1", "boats", 1), ("q2", "library", 1)], unanswerable=[ZEBRA, COVERED]
    )
    settings = Settings(index_dir=index_dir)
    options = EvaluationOptions(foreign=folder)
    return evaluate(folder, settings, FakeEmbedder(), FakeProgress(), options)


def test_the_page_shows_figures_plots_and_what_went_wrong(run) -> None:
    page = html.fromstring(report_page(run))
    headings = [heading.text_content() for heading in page.iter("h2")]
    assert "Answered, but not with what was expected (1)" in headings
    assert any(heading.startswith("Answered, though not in") for heading in headings)
    assert len(page.findall(".//svg")) == 4
    assert "nDCG@10" in page.text_content()


def test_what_questions_hold_is_escaped(run) -> None:
    page = report_page(run)
    assert "<i>" not in page
    assert "&lt;i&gt;islands&lt;/i&gt;" in page


def test_the_page_needs_no_other_host_and_no_script(run) -> None:
    pages = (
        report_page(run),
        comparison_page(compare_runs(run, run), (run, run), (Path("A.json"), Path("B.json"))),
    )
    for page in pages:
        assert not re.search(r"https?://|//[a-z]|<link|<img|@import|url\(| on[a-z]+=", page)
        assert "<script" not in page
        assert "default-src 'none'" in page


def test_a_comparison_names_both_runs_and_what_it_shows(run) -> None:
    page = comparison_page(compare_runs(run, run), (run, run), (Path("A.json"), Path("B.json")))
    text = html.fromstring(page).text_content()
    assert "A.json" in text
    assert "No difference shown on nDCG@10" in text


def test_reliability_bars_stand_at_their_tenth() -> None:
    table = reliability_table([0.62, 0.68, 1.0], [True, False, True])
    plot = reliability_plot([vars_of(item) for item in table])
    assert [(round(bar.x, 1), bar.height) for bar in plot.bars] == [(0.6, 0.5), (0.9, 1.0)]
    assert [(round(dot.x, 2), dot.y) for dot in plot.dots] == [(0.65, 0.5), (1.0, 1.0)]


def vars_of(item) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__slots__}


def test_every_shape_stands_within_the_plot(run) -> None:
    plots = [
        risk_plot(run.results),
        confidence_plot(run.results),
        time_plot(run.results, run.report["median_ms"], run.report["percentile_95_ms"]),
    ]
    for plot in plots:
        places = [value for line in plot.lines for point in line.points for value in point]
        places += [value for bar in plot.bars for value in (bar.x, bar.x + bar.width, bar.height)]
        assert places
        assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)


def test_the_share_of_false_answers_rises_to_one_with_coverage(run) -> None:
    for line in risk_plot(run.results).lines[1:]:
        assert line.points[0] == (0, 0)
        assert line.points[-1] == (1, 1)
        assert list(line.points) == sorted(line.points)


def test_the_bars_of_a_kind_add_up_to_all_of_it(run) -> None:
    plot = confidence_plot(run.results)
    top = float(plot.y_ticks[-1][1].removesuffix(" %")) / 100
    for kind in ("first", "second", "third"):
        heights = [bar.height for bar in plot.bars if bar.kind == kind]
        assert sum(heights) * top == pytest.approx(1)
