"""A citation holds where the same bytes hold the same words at the same place."""

import pytest
from fakes import make_document

from qa_service.answering.citing.verifying import Cited, verify
from qa_service.errors import InputError

DOCUMENT = make_document("The library opens at nine. Readers may borrow twelve books.")
QUOTE = "The library opens at nine."


def test_the_same_words_of_the_same_version_are_verified():
    for quote in ("", QUOTE, "The library\nopens at  nine."):
        assert verify(DOCUMENT, Cited(DOCUMENT.version, 0, 26, quote)).state == "verified"


def test_other_words_at_the_place_are_told_and_looked_for():
    found = verify(DOCUMENT, Cited(DOCUMENT.version, 27, 50, QUOTE))
    assert (found.state, found.same_version) == ("changed", True)
    assert (found.nearest.start, found.nearest.end) == (0, 26)


def test_a_changed_document_tells_where_the_words_are_now():
    found = verify(DOCUMENT, Cited("0" * 64, 40, 66, "The library opens at ten."))
    assert (found.state, found.same_version) == ("changed", False)
    assert DOCUMENT.text[found.nearest.start : found.nearest.end] == QUOTE


def test_without_the_words_nothing_can_be_looked_for():
    assert verify(DOCUMENT, Cited("0" * 64, 0, 26)).nearest is None


def test_a_place_that_the_version_never_had_is_an_error():
    with pytest.raises(InputError, match="end: names no place; the text has 59 characters"):
        verify(DOCUMENT, Cited(DOCUMENT.version, 500, 600))
