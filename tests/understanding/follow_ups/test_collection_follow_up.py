"""Documents that were listed, or one that was named as the newest, are gone on with."""

from __future__ import annotations

import pytest
from asked_after import NamesOf, understood


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("which of them is the newest?", "What is the newest report on Leeds?"),
        ("And the oldest one?", "What is the oldest report on Leeds?"),
        ("how many are there?", "How many reports on Leeds are there?"),
        ("list them", "Which reports on Leeds are there?"),
        ("which of them are from 2023?", "Which reports on Leeds from 2023 are there?"),
        ("What do they say about boats?", "What do the reports on Leeds say about boats?"),
    ],
)
def test_documents_that_were_listed_are_gone_on_with(text: str, meant: str) -> None:
    assert understood(text, "Which reports do you have on Leeds?") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("and adoption?", "How many reports on Leeds mention adoption?"),
        ("which ones?", "Which reports on Leeds mention boats?"),
        ("which is the newest?", "What is the newest report on Leeds that mentions boats?"),
    ],
)
def test_documents_that_mention_something_are_gone_on_with(text: str, meant: str) -> None:
    assert understood(text, "How many reports on Leeds mention boats?") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What does it say of boats?", "What does the newest report on Leeds say of boats?"),
        ("What do they say of boats?", "What do the reports on Leeds say of boats?"),
        ("and the oldest?", "What is the oldest report on Leeds?"),
    ],
)
def test_the_newest_document_is_gone_on_with(text: str, meant: str) -> None:
    assert understood(text, "What is the newest report on Leeds?") == meant


def test_one_document_that_was_listed_is_it() -> None:
    before = "Which documents do you have on corporate parenting?"
    assert understood("What does it say about housing?", before) == (
        "What does the document on corporate parenting say about housing?"
    )


QUOTED = NamesOf("Leeds", dates=["2016-03-01", "2021-05-10"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("which of them is the newest?", "What is the newest report on Leeds?"),
        ("and which one is the oldest", "What is the oldest report on Leeds?"),
    ],
)
def test_of_what_was_quoted_the_newest_is_asked_for_by_its_place(text: str, meant: str) -> None:
    before = "Are there boats in Leeds?"
    assert understood(text, before, names=QUOTED, reply="There are boats.").startswith(meant[:-1])


def test_of_what_was_quoted_of_no_place_the_newest_is_asked_the_same() -> None:
    dated = NamesOf(dates=["2016-03-01", "2021-05-10"])
    found = understood("which is the newest?", "Are boats safe?", names=dated, reply="They are.")
    assert found == "Are boats safe in 2021?"
