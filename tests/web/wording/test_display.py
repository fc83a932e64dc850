"""Dates, confidence and places in the words that people read."""

import pytest

from qa_service.reading.blocks.losses import LEFT_OUT
from qa_service.web.wording.display import (
    absent_words,
    also_words,
    carried_words,
    caution_words,
    correction_words,
    counted,
    document_words,
    doubts,
    hint_words,
    passage_of,
    rest_words,
    shared_words,
    turn_state,
    twin_words,
    understood_words,
    verdict_words,
)
from qa_service.web.wording.places import human_date, place_words
from qa_service.web.wording.timeline import gap_words, other_quotes, timeline_moments


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-05-24", "24 May 2023"),
        ("2016-02", "February 2016"),
        ("2016", "2016"),
        (None, "date unknown"),
    ],
)
def test_dates_are_as_exact_as_the_document(date, words):
    assert human_date(date) == words


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, ""),
        (0.55, ""),
        (0.5, "Perhaps the answer"),
        (0.3, "May not be the answer"),
        (0.0, "May not be the answer"),
    ],
)
def test_confidence_is_told_where_the_reader_has_to_look(confidence, words):
    answer = {"answered": True, "answer": [{}], "confidence": confidence}
    assert caution_words(answer)[: len(words) or None] == words


def test_a_place_leaves_out_what_is_not_known():
    assert place_words({"date": "2016", "page": None, "heading": None}) == "2016"


def test_twins_of_a_passage_are_named():
    assert twin_words({"duplicates": [{"title": "A"}, {"title": "B"}]}) == "Also in: A; B"


def test_numbers_agree_with_their_noun():
    assert (counted(1, "page"), counted(1204, "page")) == ("1 page", "1,204 pages")


def test_corrections_are_said_once_each():
    pair = {"typed": "qualtiy", "taken": "quality"}
    asked = {"question": "qualtiy or qualtiy", "corrections": [pair, pair]}
    assert correction_words(asked) == "Searched for “quality” in place of “qualtiy”."
    assert correction_words({"corrections": []}) == ""


def test_shared_and_absent_words_are_listed():
    why = {"shared_terms": ["teaching"], "absent_terms": ["zebra", "lion"]}
    assert shared_words(why) == "Words of the question here: teaching"
    assert absent_words(why) == "Not here: zebra, lion"
    assert "by meaning" in shared_words({"shared_terms": [], "absent_terms": []})
    assert absent_words({"absent_terms": []}) == ""


def test_the_passage_of_a_citation_is_found_where_it_is_listed():
    passages = [{"passage_id": "a"}, {"passage_id": "b"}]
    assert passage_of({"passage_id": "b"}, {"passages": passages}) is passages[1]
    assert passage_of({"passage_id": "c"}, {"passages": passages}) is None


def test_how_a_follow_up_was_understood_is_said_with_what_was_carried():
    carried = [{"text": "Hillside", "kind": "place"}, {"text": "2023", "kind": "date"}]
    answer = {"question": "And reading?", "understood": {"text": "Reading?", "carried": carried}}
    assert understood_words(answer) == "Understood as: Reading?"
    assert carried_words(answer) == "Carried over: “Hillside”, “2023”."
    assert understood_words({"understood": None}) == carried_words({"understood": None}) == ""


def test_a_follow_up_whose_words_stay_is_not_said_to_be_others():
    answer = {"question": "Why?", "understood": {"text": "Why?", "carried": []}}
    assert understood_words(answer) == "Understood as part of this conversation."


def test_a_verdict_says_where_limits_may_be_the_reason():
    answer = {"answered": False, "reason": "no_evidence"}
    limited = {**answer, "asked": {"limits": {"collections": ["news"]}}}
    assert verdict_words(answer) == "No answer found in the documents."
    assert verdict_words(limited) == "No answer found within these limits."


def test_what_is_not_there_is_named():
    answer = {"answered": False, "reason": "not_in_collection", "missing": ["Doncaster", "2014"]}
    assert verdict_words(answer) == "Not in the documents: “Doncaster”, “2014”."


def test_places_that_stand_as_choices_are_not_told_in_a_sentence_too():
    answer = {"missing": ["Ghent"], "hint": "No document on Ghent; there are some on Leeds."}
    assert hint_words({**answer, "nearest": [{"text": "Leeds", "document": None}]}) == ""
    report = {"text": "A report", "document": {"id": "a"}}
    assert hint_words({**answer, "nearest": [report]}) == answer["hint"]


def test_lines_of_every_page_that_were_left_out_are_no_doubt():
    running = f"{LEFT_OUT} pages 1-9: page numbers"
    assert doubts([running, "no text on page 2"]) == ["no text on page 2"]


def test_a_reply_about_the_collection_is_said_once():
    answer = {"reason": "small_talk", "hint": "Two.", "catalogue": {"text": "Two."}}
    assert (verdict_words(answer), hint_words(answer)) == ("Two.", "")
    greeting = {"reason": "small_talk", "hint": "Hello."}
    assert (verdict_words(greeting), hint_words(greeting)) == ("", "Hello.")


@pytest.mark.parametrize(
    ("answered", "reason", "state"),
    [(True, None, ""), (False, "small_talk", "reply"), (False, "no_evidence", "unanswered")],
)
def test_a_turn_has_a_state(answered, reason, state):
    assert turn_state({"answered": answered, "reason": reason}) == state


def timeline_of(*entries):
    """An answer whose timeline has (date, citation number or None) entries."""
    quoted = [(date, number) for date, number in entries if number]
    return {
        "answer": [{"quote": f"q{number}", "citation": number} for _, number in quoted],
        "citations": [{"number": number, "date": date} for date, number in quoted],
        "timeline": [
            {"title": f"Report {date}", "date": date, "citation": number}
            for date, number in entries
        ],
    }


def test_documents_without_a_passage_are_one_moment_between_two_quotes():
    gaps = [(str(year), None) for year in (2017, 2018, 2019)]
    moments = timeline_moments(timeline_of(("2016", 1), *gaps, ("2023-05", 2), ("2024", None)))
    assert [moment["dates"] for moment in moments] == ["2016", "2017 to 2019", "May 2023", "2024"]
    assert [len(moment["gaps"]) for moment in moments] == [0, 3, 0, 1]
    assert [moment["open"] for moment in moments] == [True, False, True, True]
    assert gap_words(moments[1]["gaps"]) == "Nothing close enough in 3 documents"
    assert gap_words(moments[3]["gaps"]) == "Nothing close enough in “Report 2024”"


def test_a_quote_in_no_timeline_is_listed_below_it():
    answer = timeline_of(("2016", 1))
    answer["answer"].append({"quote": "q2", "citation": 2})
    assert [part["citation"] for part in other_quotes(answer)] == [2]


def test_documents_are_counted_where_several_say_the_same_or_are_meant():
    assert also_words({"also_in": [{}, {}]}) == "Also in 2 other documents"
    assert also_words({"also_in": []}) == ""
    assert rest_words({"total": 5, "documents": [{}, {}]}) == "and 3 more documents"
    assert rest_words({"total": 2, "documents": [{}, {}]}) == rest_words(None) == ""
    assert document_words({"date": "2016", "pages": 2}) == "2016 · 2 pages"
