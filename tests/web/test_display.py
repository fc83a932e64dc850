"""Dates, confidence and places in the words that people read."""

import pytest

from qa_service.web.display import (
    confidence_words,
    counted,
    excerpt_words,
    human_date,
    place_words,
    twin_words,
)


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
    [(1.0, "High"), (0.85, "High"), (0.7, "Fair"), (0.5, "Low"), (0.0, "Low")],
)
def test_confidence_has_a_word_and_a_number(confidence, words):
    assert confidence_words(confidence) == f"{words} confidence ({confidence:.2f})"


def test_a_place_leaves_out_what_is_not_known():
    assert place_words({"date": "2016", "page": None, "heading": None}) == "2016"


def test_an_excerpt_has_no_blank_lines():
    assert excerpt_words({"text": "Heading\n\nOne.\nTwo."}) == "Heading\nOne.\nTwo."


@pytest.mark.parametrize("above", [{"title": "Leaders"}, {"heading": "Leaders"}])
def test_an_excerpt_does_not_repeat_what_stands_above_it(above):
    assert excerpt_words({"text": "Leaders\n\nOne.\n\nTwo.", **above}) == "One.\nTwo."


def test_an_excerpt_that_is_its_heading_alone_stays():
    assert excerpt_words({"text": "Leaders", "heading": "Leaders"}) == "Leaders"


def test_twins_of_a_passage_are_named():
    assert twin_words({"duplicates": [{"title": "A"}, {"title": "B"}]}) == "Also in: A; B"


def test_numbers_agree_with_their_noun():
    assert (counted(1, "page"), counted(1204, "page")) == ("1 page", "1,204 pages")
