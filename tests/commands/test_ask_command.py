"""`ask` and `search`: what is printed, the JSON shapes, exit statuses."""

from __future__ import annotations

import json

import pytest
from outcomes import BORDERS, FOREIGN, QUESTION, assert_plain_failure

from qa_service.contract.answers import answer_object
from qa_service.nouns.questions import Question


def test_ask_prints_the_quote_with_its_source(built) -> None:
    outcome = built("ask", QUESTION)
    assert outcome.status == 0
    assert "[1] “Inspectors recommended better quality assurance" in outcome.out
    assert "(borders.md)" in outcome.out


def test_ask_without_evidence_ends_with_4_and_lists_nothing_that_is_not_near(built) -> None:
    outcome = built("ask", FOREIGN)
    assert outcome.status == 4
    assert outcome.out.startswith("No answer found")
    assert "(library.txt)" not in outcome.out


def test_ask_json_is_the_endpoints_object(built, service_with) -> None:
    printed = json.loads(built("ask", QUESTION, "--json").out)
    expected = answer_object(service_with().ask(Question(QUESTION)))
    assert printed | {"took_ms": 0} == expected | {"took_ms": 0}


def test_ask_json_without_evidence_still_prints_the_object(built) -> None:
    outcome = built("ask", FOREIGN, "--json")
    assert outcome.status == 4
    assert json.loads(outcome.out)["reason"] == "no_evidence"


def test_ask_compares_dated_documents(built, corpus_dir) -> None:
    text = "---\ndate: 2016-02-10\n---\nInspectors recommended quality assurance."
    (corpus_dir / "older.md").write_text(text, encoding="utf-8")
    built("build")
    printed = json.loads(built("ask", QUESTION, "--compare", "--json").out)
    assert [(entry["date"], entry["citation"]) for entry in printed["timeline"]] == [
        ("2016-02-10", 1)
    ]


def test_ask_keeps_to_the_dates_given(built) -> None:
    outcome = built("ask", QUESTION, "--from", "2020-01-01", "--to", "2020-12-31", "--json")
    assert outcome.status == 4
    assert json.loads(outcome.out)["passages"] == []


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        (["--from", "2016"], ["from", "YYYY-MM-DD"]),
        (["--to", "2016-02-30"], ["to", "YYYY-MM-DD"]),
        (["--from", "2016-01-02", "--to", "2016-01-01"], ["from", "--to"]),
    ],
)
def test_a_wrong_date_is_a_plain_failure(built, dates, named) -> None:
    assert_plain_failure(built("ask", QUESTION, *dates), *named)


def test_ask_lists_documents_where_that_is_asked(built) -> None:
    outcome = built("ask", "Which documents do you have?")
    assert (outcome.status, outcome.out.splitlines()[0]) == (
        0,
        "There are 2 documents in the index.",
    )


def test_search_prints_ranked_passages(built) -> None:
    outcome = built("search", "quality assurance")
    assert outcome.status == 0
    assert outcome.out.index("1. Borders inspection") < outcome.out.index("2. ")


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_mistyped_word_is_matched_to_the_corpus_unless_taken_as_typed(built, command) -> None:
    typed = QUESTION.replace("quality", "qualtiy")
    assert "Searched for “quality” in place of “qualtiy”" in built(command, typed).out
    assert "in place of" not in built(command, typed, "--as-typed").out


def test_search_json_gives_as_many_passages_as_asked_for(built) -> None:
    found = json.loads(built("search", "quality", "--json", "--limit", "1").out)
    assert (found["query"], len(found["passages"])) == ("quality", 1)


@pytest.mark.parametrize("limit", ["0", "-1", "101"])
def test_a_limit_out_of_range_is_a_failure(built, limit) -> None:
    assert_plain_failure(built("search", "quality", "--limit", limit), "limit", "1 to 100")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_too_short_or_too_long_is_a_failure(built, command, text) -> None:
    assert_plain_failure(built(command, text), "1 to 2,000 characters")


def test_a_question_that_is_no_text_is_a_plain_failure(built) -> None:
    assert_plain_failure(built("ask", "caf\udce9"), "question")


def test_a_terminal_obeys_no_name_of_a_document(run, corpus_dir) -> None:
    (corpus_dir / "borders.md").write_text(BORDERS.replace("inspection", "in\x9b2J\x1b[1mspection"))
    run("build")
    shown = run("documents")
    assert "\x1b" not in shown.out + shown.err
    assert "\x9b" not in shown.out + shown.err
