"""Figures of a set whose rankings are known, against figures computed by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import FakeEmbedder, FakeProgress

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import DatasetError
from qa_service.evaluating import run
from qa_service.evaluating.run import EvaluationOptions, evaluate, report_object
from qa_service.indexing.building.build import build_index
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.answers import Quote

HARBOUR = "Harbour boats sail to the islands daily."
# Ranked: boats, school, library for the first; library first for the second.
BOATS = {"_id": "q1", "text": "Do harbour boats sail to the islands?"}
HOURS = {"_id": "q2", "text": "When does the library open?"}
FOREIGN = {"_id": "u1", "text": "Which zebra migrated across Antarctica?"}
COVERED = {"_id": "u2", "text": "Do the harbour boats sail daily to the islands?"}


@pytest.fixture
def measure(tmp_path):
    """Evaluates a set on the fake model; gives the figures by their names in JSON."""

    def measure_on_fakes(
        folder: Path, embedder: FakeEmbedder | None = None, **options
    ) -> SimpleNamespace:
        settings = Settings(index_dir=tmp_path / "index")
        asked = EvaluationOptions(**options)
        run = evaluate(folder, settings, embedder or FakeEmbedder(), FakeProgress(), asked)
        return SimpleNamespace(**report_object(run))

    return measure_on_fakes


def test_ranking_figures_are_the_mean_over_questions(dataset, measure) -> None:
    report = measure(dataset([BOATS, HOURS], [("q1", "school", 1), ("q2", "library", 1)]))
    assert report.recall_at_1 == pytest.approx(0.5)
    assert report.recall_at_5 == report.recall_at_10 == pytest.approx(1)
    assert report.mrr_at_10 == pytest.approx((1 / 2 + 1) / 2)
    assert report.ndcg_at_10 == pytest.approx((1 / math.log2(3) + 1) / 2)


def test_grades_weigh_in_ndcg(dataset, measure) -> None:
    report = measure(dataset([BOATS], [("q1", "boats", 1), ("q1", "school", 3)]))
    found, ideal = 1 + 3 / math.log2(3), 3 + 1 / math.log2(3)
    assert report.ndcg_at_10 == pytest.approx(found / ideal)


def test_a_document_folded_into_another_counts_as_found(dataset, measure) -> None:
    text = "Harbour boats sail to the islands daily, and back again at night."
    corpus = [{"_id": name, "text": text} for name in ("first", "twin")]
    corpus.append({"_id": "other", "text": "The library opens at nine."})
    report = measure(dataset([BOATS], [("q1", "twin", 1)], corpus=corpus))
    assert (report.recall_at_1, report.mrr_at_10) == (0, pytest.approx(0.5))


def test_answers_to_answerable_and_other_questions_are_shares(dataset, measure) -> None:
    folder = dataset([BOATS], [("q1", "boats", 1)], unanswerable=[FOREIGN, COVERED])
    report = measure(folder)
    assert (report.questions, report.unanswerable) == (1, 2)
    assert (report.answered, report.false_answers) == (1, 0.5)


def test_without_unanswerable_questions_or_spans_there_is_no_such_figure(dataset, measure) -> None:
    report = measure(dataset([BOATS], [("q1", "boats", 1)]))
    assert (report.false_answers, report.span_in_first_quote) == (None, None)


def test_without_graded_questions_there_are_no_ranking_figures(dataset, measure) -> None:
    report = measure(dataset([BOATS]))
    assert (report.ndcg_at_10, report.answered, report.false_answers) == (None, None, 1)


def test_a_span_counts_when_the_first_quote_holds_it_whole(dataset, measure) -> None:
    inside = {"doc_id": "boats", "text": "to the islands", "start": 19}
    outside = {"doc_id": "library", "text": "at nine", "start": 18}
    questions = [
        BOATS | {"answer_spans": [inside]},
        BOATS | {"_id": "q2", "answer_spans": [outside]},
    ]
    report = measure(dataset(questions, [("q1", "boats", 1), ("q2", "boats", 1)]))
    assert report.span_in_first_quote == 0.5


def test_a_question_is_limited_to_the_documents_of_its_filter(dataset, measure) -> None:
    corpus = [
        {"_id": "boats", "text": "Harbour boats sail to the islands.", "site": "x"},
        {"_id": "school", "text": "The harbour school teaches.", "site": "y"},
    ]
    limited = BOATS | {"filter": {"site": "y"}}
    report = measure(dataset([limited], [("q1", "school", 1)], corpus=corpus))
    assert report.recall_at_1 == 1


def test_the_report_counts_what_was_measured(dataset, measure) -> None:
    report = measure(dataset([BOATS, HOURS], [("q1", "boats", 1)]))
    assert (report.dataset, report.documents, report.passages) == ("harbour-set", 3, 3)
    assert report.quotes >= 2
    assert report.misplaced_quotes == 0
    assert 0 < report.median_ms <= report.percentile_95_ms


def test_the_build_is_kept_apart_and_reused(dataset, measure, tmp_path, embedder) -> None:
    folder = dataset([BOATS])
    measure(folder, embedder)
    embedder.encoded.clear()
    measure(folder, embedder)
    assert embedder.encoded == []
    assert not (tmp_path / "index" / "CURRENT").exists()
    assert current_build(tmp_path / "index" / "evaluations" / "harbour-set")


def test_a_report_is_an_object_of_plain_values(dataset, measure) -> None:
    values = vars(measure(dataset([BOATS])))
    assert values["dataset"] == "harbour-set"
    assert json.loads(json.dumps(values)) == values


def test_a_span_that_begins_before_the_first_quote_is_not_held_by_it(dataset, measure) -> None:
    corpus = [{"_id": "boats", "text": f"A note on travel.\n{HARBOUR}"}]
    span = {"doc_id": "boats", "text": "travel.\nHarbour boats", "start": 10}
    folder = dataset([BOATS | {"answer_spans": [span]}], [("q1", "boats", 1)], corpus=corpus)
    report = measure(folder)
    assert (report.answered, report.span_in_first_quote) == (1, 0)


def test_quotes_and_passages_that_are_not_the_sets_text_are_counted(
    dataset, measure, monkeypatch
) -> None:
    def build_of_capitals(documents, *arguments, **options):
        return build_index(
            [replace(d, text=d.text.upper()) for d in documents], *arguments, **options
        )

    monkeypatch.setattr(run, "build_index", build_of_capitals)
    report = measure(dataset([BOATS], [("q1", "boats", 1)]))
    assert report.misplaced_quotes == report.quotes + report.passages


def test_a_quote_that_differs_from_its_citation_is_counted(dataset, measure, monkeypatch) -> None:
    class Misquoting(AnswerService):
        def ask(self, question):
            answer = super().ask(question)
            return replace(
                answer, quotes=tuple(Quote("Hearsay.", q.citation) for q in answer.quotes)
            )

    monkeypatch.setattr(run, "AnswerService", Misquoting)
    assert measure(dataset([BOATS], [("q1", "boats", 1)])).misplaced_quotes == 1


@pytest.mark.parametrize("empty", [{"corpus": []}, {"corpus": [{"_id": "a", "text": " "}]}])
def test_a_set_without_documents_is_an_error(dataset, measure, empty) -> None:
    with pytest.raises(DatasetError, match="no questions or no documents"):
        measure(dataset([BOATS], **empty))


def test_a_set_without_questions_is_an_error(dataset, measure) -> None:
    with pytest.raises(DatasetError, match="no questions or no documents"):
        measure(dataset([]))
