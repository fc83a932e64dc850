"""Dates, confidence and places in the words that people read."""

import pytest

from qa_service.web.display import (
    absent_words,
    confidence_words,
    correction_words,
    counted,
    exact_pieces,
    excerpt_pieces,
    human_date,
    passage_of,
    place_words,
    shared_words,
    twin_words,
)


def excerpt_text(passage):
    return "".join(piece["text"] for piece in excerpt_pieces(passage))


def marked(pieces):
    return [piece["text"] for piece in pieces if piece["marked"]]


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
    [(1.0, "High"), (0.55, "High"), (0.5, "Fair"), (0.3, "Low"), (0.0, "Low")],
)
def test_confidence_has_a_word_and_a_number(confidence, words):
    assert confidence_words(confidence) == f"{words} confidence ({confidence:.2f})"


def test_a_place_leaves_out_what_is_not_known():
    assert place_words({"date": "2016", "page": None, "heading": None}) == "2016"


def test_an_excerpt_has_no_blank_lines():
    assert excerpt_text({"text": "Heading\n\nOne.\nTwo."}) == "Heading\nOne.\nTwo."


@pytest.mark.parametrize("above", [{"title": "Leaders"}, {"heading": "Leaders"}])
def test_an_excerpt_does_not_repeat_what_stands_above_it(above):
    assert excerpt_text({"text": "Leaders\n\nOne.\n\nTwo.", **above}) == "One.\nTwo."


def test_an_excerpt_that_is_its_heading_alone_stays():
    assert excerpt_text({"text": "Leaders", "heading": "Leaders"}) == "Leaders"


def test_twins_of_a_passage_are_named():
    assert twin_words({"duplicates": [{"title": "A"}, {"title": "B"}]}) == "Also in: A; B"


def test_numbers_agree_with_their_noun():
    assert (counted(1, "page"), counted(1204, "page")) == ("1 page", "1,204 pages")


def test_an_excerpt_marks_the_sentence_that_matched():
    why = {"sentence": {"text": "Two.", "start": 115, "end": 119}}
    pieces = excerpt_pieces({"text": "Leaders\n\nOne.\n\nTwo. Three.", "start": 100, "why": why})
    assert marked(pieces) == ["Two."]
    assert "".join(piece["text"] for piece in pieces) == "Leaders\nOne.\nTwo. Three."


def test_a_sentence_at_either_end_of_an_excerpt_is_marked_too():
    for start, end in ((0, 4), (5, 9), (0, 9)):
        why = {"sentence": {"start": start, "end": end}}
        pieces = excerpt_pieces({"text": "One. Two.", "start": 0, "why": why})
        assert marked(pieces) == ["One. Two."[start:end]]


def test_exact_words_are_marked_in_their_quote_alone():
    citation = {"start": 10, "exact": {"text": "nine", "start": 19, "end": 23}}
    assert marked(exact_pieces("Opens at nine.", citation)) == ["nine"]
    assert exact_pieces("Opens.", {"exact": None}) == [{"text": "Opens.", "marked": False}]


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
