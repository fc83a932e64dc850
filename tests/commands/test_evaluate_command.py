"""`evaluate`: figures, runs that are stored and compared, plain messages."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from outcomes import BORDERS, QUESTION, assert_plain_failure


@pytest.fixture
def question_set(tmp_path: Path) -> str:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(json.dumps({"_id": "d", "text": BORDERS}))
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": QUESTION}))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n")
    return str(folder)


def test_evaluate_prints_figures(run, question_set) -> None:
    outcome = run("evaluate", question_set)
    assert outcome.status == 0
    assert re.search(r"^recall_at_1 +1\.0000$", outcome.out, re.MULTILINE)


def test_evaluate_json_is_an_object(run, question_set) -> None:
    assert json.loads(run("evaluate", question_set, "--json").out)["recall_at_1"] == 1


def test_evaluate_names_the_file_that_is_missing(run, tmp_path) -> None:
    assert_plain_failure(run("evaluate", str(tmp_path)), "corpus.jsonl")


def test_evaluate_asks_the_operators_own_questions_of_the_index(built, tmp_path) -> None:
    (tmp_path / "mine.csv").write_text(f"question,document\n{QUESTION},borders.md\n")
    outcome = built("evaluate", "mine.csv", "--json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["first_quote_right"] == 1


def test_evaluate_names_each_bad_line_of_a_question_file(built, tmp_path) -> None:
    (tmp_path / "mine.csv").write_text(f"question,quote\n{QUESTION},no such words\nWhen?,\n")
    assert_plain_failure(built("evaluate", "mine.csv"), "mine.csv, line 3: nothing is expected")


def test_evaluate_stores_a_run_and_a_report_and_compares_two(run, question_set, tmp_path) -> None:
    for name in ("a", "b"):
        outcome = run(
            "evaluate", question_set, "--output", f"{name}.json", "--html", f"{name}.html"
        )
        assert outcome.status == 0
    outcome = run("evaluate", "--compare", "a.json", "b.json", "--html", "both.html")
    assert outcome.status == 0
    assert "No difference shown on nDCG@10" in outcome.out
    for name in ("a", "b", "both"):
        assert (tmp_path / f"{name}.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a question set"),
        (["set", "--compare", "a.json", "b.json"], "leave out a question set"),
        (["--compare", "a.json", "b.json", "--limit", "3"], "leave out --limit"),
        (["--compare", "a.json"], "expected 2 arguments"),
        (["set", "--history", "maybe"], "invalid choice: 'maybe'"),
    ],
)
def test_evaluate_says_which_arguments_do_not_go_together(run, arguments, said, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run("evaluate", *arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_evaluate_names_the_package_that_measures(run, question_set, monkeypatch) -> None:
    for name in [name for name in sys.modules if name.startswith("qa_service.evaluating.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    assert_plain_failure(run("evaluate", question_set), "pip install 'qa-service[evaluate]'")
