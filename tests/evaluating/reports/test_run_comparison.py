"""Two runs compared, by hand; and runs as files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from qa_service.errors import DatasetError
from qa_service.evaluating.reports.comparison import (
    compare_results,
    compare_runs,
    comparison_object,
    verdict,
    verdicts,
)
from qa_service.evaluating.reports.report_text import comparison_text
from qa_service.evaluating.results import QuestionResult
from qa_service.evaluating.stored_run import EvaluationRun, read_run, require_writable, write_run


def result(number: int, kind: str = "answerable", **scores: float) -> QuestionResult:
    return QuestionResult(
        id=str(number),
        text=f"Question {number}?",
        kind=kind,
        scores=scores,
        answered=True,
        confidence=0.5,
        right=True,
        first_quote="Quote.",
        first_source="Report",
        expected="“Quote”",
        note="",
        turns=0,
        quotes=1,
        misplaced_quotes=0,
        took_ms=5.0,
    )


def make_run(results: list[QuestionResult], name: str = "harbour") -> EvaluationRun:
    report = {"dataset": name, "median_ms": 5.0}
    return EvaluationRun(report, tuple(results), (), "2026-01-01", "0.1", "b", {"model": "m"})


def results(*values: float, name: str = "ndcg_at_10") -> list[QuestionResult]:
    return [result(number, **{name: value}) for number, value in enumerate(values)]


def test_figures_are_compared_question_by_question() -> None:
    (found,) = compare_results(results(0, 0.5, 1), results(0.5, 0.5, 0.5))
    assert (found.first, found.second, found.difference) == (0.5, 0.5, 0)
    assert (found.low, found.high) == (pytest.approx(-0.5), pytest.approx(0.5))
    assert found.p_value == 1


def test_the_p_value_counts_the_signs_that_make_as_large_a_difference() -> None:
    (found,) = compare_results(results(0, 0, 0, 0, 1), results(1, 1, 1, 1, 1))
    assert found.p_value == pytest.approx(2 / 2**4)


def told_apart(known: list[float], others: list[float]) -> list[QuestionResult]:
    """Questions of these confidences, the answerable first."""
    rows = [*((value, "answerable") for value in known), *((v, "unanswerable") for v in others)]
    return [
        replace(result(number, kind), confidence=value) for number, (value, kind) in enumerate(rows)
    ]


def test_areas_under_the_curve_are_compared_by_ranks() -> None:
    worse = told_apart([0.1, 0.2, 0.3, 0.4], [0.6, 0.7, 0.8, 0.9])
    better = told_apart([0.96, 0.97, 0.98, 0.99], [0.1, 0.2, 0.3, 0.4])
    (found,) = compare_results(worse, better)
    assert (found.name, found.first, found.second) == ("auroc_unanswerable", 0, 1)
    assert (found.low, found.high) == (1, 1)
    # Of the 256 exchanges those of all or none make as large a difference.
    assert found.p_value == pytest.approx(2 / 256)


def test_another_scale_of_confidence_is_no_difference() -> None:
    first = told_apart([0.5, 0.9, 0.7], [0.1, 0.6])
    second = told_apart([0.05, 0.09, 0.07], [0.01, 0.06])
    (found,) = compare_results(first, second)
    assert (found.difference, found.p_value) == (0, 1)


def test_many_questions_are_tested_by_random_signs() -> None:
    (found,) = compare_results(results(*[0] * 30), results(*[1] * 30))
    assert found.p_value < 0.001
    assert verdict(found) == "B is better than A on nDCG@10 (p < 0.001)."


@pytest.mark.parametrize(
    ("first", "second", "name", "said"),
    [
        (1, 0, "ndcg_at_10", "A is better than B on nDCG@10 (p = 0.008)."),
        (1, 0, "false_answers", "B is better than A on False answers (p = 0.008)."),
        (1, 1, "mrr_at_10", "No difference shown on MRR@10 (p = 1.000)."),
    ],
)
def test_a_verdict_is_a_sentence(first, second, name, said) -> None:
    (found,) = compare_results(results(*[first] * 8, name=name), results(*[second] * 8, name=name))
    assert verdict(found) == said


def test_figures_without_a_difference_share_a_sentence() -> None:
    rows = [result(number, mrr_at_10=1.0, ndcg_at_10=1.0) for number in range(2)]
    assert verdicts(compare_results(rows, rows)) == ["No difference shown on nDCG@10, MRR@10."]


def test_only_questions_that_both_asked_are_compared() -> None:
    comparison = compare_runs(make_run(results(1, 1, 1)), make_run(results(1, 1)))
    assert (comparison.questions, comparison.only_first, comparison.only_second) == (2, 1, 0)
    assert comparison.figures[0].questions == 2


def test_a_question_whose_text_changed_is_another() -> None:
    with pytest.raises(DatasetError, match="share no question"):
        compare_runs(make_run([result(1)]), make_run([result(2)]))


def test_runs_of_different_sets_are_refused_by_name() -> None:
    with pytest.raises(DatasetError, match="different sets, 'harbour' and 'zoo'"):
        compare_runs(make_run(results(1)), make_run(results(1), "zoo"))


def test_one_question_alone_has_no_interval() -> None:
    (found,) = compare_results(results(0), results(1))
    assert (found.low, found.high, found.p_value) == (None, None, 1)


def test_a_comparison_is_an_object_and_a_table_with_sentences() -> None:
    comparison = compare_runs(make_run(results(*[0] * 8)), make_run(results(*[1] * 8)))
    values = json.loads(json.dumps(comparison_object(comparison)))
    assert values["figures"][0]["verdict"] == "B is better than A on nDCG@10 (p = 0.008)."
    shown = comparison_text(comparison).splitlines()
    assert shown[0].startswith("harbour: 8 questions in both runs; median 5.0 ms (A)")
    assert shown[3].split()[:5] == ["ndcg_at_10", "8", "0.0000", "1.0000", "+1.0000"]
    assert shown[-1] == "B is better than A on nDCG@10 (p = 0.008)."


def test_a_stored_run_is_read_as_it_was(tmp_path) -> None:
    run = make_run(results(0.25, 1))
    write_run(tmp_path / "run.json", run)
    assert read_run(tmp_path / "run.json") == run


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"format": 2}', '{"format": 1, "results": [{}], "follow_ups": []}']
)
def test_a_file_that_is_no_run_is_named_with_the_fix(tmp_path, text) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(DatasetError, match=r"run\.json is not a stored run .* --output"):
        read_run(tmp_path / "run.json")


def test_a_missing_run_is_named(tmp_path) -> None:
    with pytest.raises(DatasetError, match=r"cannot read .*gone\.json"):
        read_run(tmp_path / "gone.json")


def test_a_file_that_cannot_be_written_is_told_before_the_run(tmp_path) -> None:
    require_writable(None, tmp_path / "run.json")
    with pytest.raises(DatasetError, match="its folder is not there"):
        require_writable(tmp_path / "gone" / "run.json")
    with pytest.raises(DatasetError, match="it is a folder"):
        require_writable(tmp_path)
