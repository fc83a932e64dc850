"""Dates as people write them."""

from __future__ import annotations

import pytest

from qa_service.nouns.dates import date_in_words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-05-24", "24 May 2023"),
        ("2023-12-01", "1 December 2023"),
        ("2016-02", "February 2016"),
        ("2016", "2016"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(date: str, words: str) -> None:
    assert date_in_words(date) == words
