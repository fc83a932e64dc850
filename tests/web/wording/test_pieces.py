"""Quotes and passages as they are shown: what is marked, what is folded."""

import pytest

from qa_service.web.wording.pieces import (
    document_page,
    excerpt_pieces,
    folded_pieces,
    folded_words,
    quote_pieces,
)

DUTIES = "The board must:\n" + "\n".join(f"• do the duty {number}" for number in range(1, 10))


def excerpt_text(passage):
    return "".join(piece["text"] for piece in excerpt_pieces(passage))


def marked(pieces):
    return [piece["text"] for piece in pieces if piece["marked"]]


def test_an_excerpt_has_no_blank_lines():
    assert excerpt_text({"text": "Heading\n\nOne.\nTwo."}) == "Heading\nOne.\nTwo."


@pytest.mark.parametrize("above", [{"title": "Leaders"}, {"heading": "Leaders"}])
def test_an_excerpt_does_not_repeat_what_stands_above_it(above):
    assert excerpt_text({"text": "Leaders\n\nOne.\n\nTwo.", **above}) == "One.\nTwo."


def test_an_excerpt_that_is_its_heading_alone_stays():
    assert excerpt_text({"text": "Leaders", "heading": "Leaders"}) == "Leaders"


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
    assert marked(quote_pieces("Opens at nine.", citation)) == ["nine"]
    assert quote_pieces("Opens.", {"exact": None}) == [{"text": "Opens.", "marked": False}]


def test_a_list_quoted_whole_is_folded_after_five_items():
    assert quote_pieces(DUTIES, {})[0]["text"].endswith("• do the duty 5\n")
    assert folded_pieces(DUTIES, {})[0]["text"].startswith("• do the duty 6")
    assert folded_words(DUTIES) == "4 more items"


@pytest.mark.parametrize("quote", [DUTIES.partition("\n• do the duty 7")[0], "One.\n" * 9])
def test_a_short_list_and_a_text_of_many_lines_are_not_folded(quote):
    assert quote_pieces(quote, {})[0]["text"] == quote
    assert folded_pieces(quote, {}) == []


def test_exact_words_are_marked_on_both_sides_of_the_fold():
    start, end = DUTIES.index("duty 5"), DUTIES.index("6") + 1
    citation = {"start": 0, "exact": {"start": start, "end": end}}
    assert marked(quote_pieces(DUTIES, citation)) == ["duty 5\n"]
    assert marked(folded_pieces(DUTIES, citation)) == ["• do the duty 6"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/documents/", ""])
def test_an_address_that_leads_to_no_document_is_not_shown(address):
    with pytest.raises(ValueError, match="leads to no document"):
        document_page(address)
