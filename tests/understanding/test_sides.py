"""Places set beside each other, and what each of them is asked."""

from __future__ import annotations

import pytest

from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.understanding.sides import compares_places, placeless

PLACES = [NamedDocuments(name, frozenset([name])) for name in ("Leeds", "Hull")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Leeds or Hull, whose fostering went better?", "whose fostering went better?"),
        ("What do Leeds and Hull do about fostering?", "What do do about fostering?"),
        ("Was fostering better in Leeds than in Hull?", "Was fostering better?"),
        ("Fostering in Leeds vs Hull", "Fostering"),
    ],
)
def test_each_place_is_asked_what_all_are(text: str, asked: str) -> None:
    assert compares_places(text, PLACES, [])
    assert placeless(text, PLACES, []) == asked


@pytest.mark.parametrize(
    "text", ["What did Leeds say of children from Hull?", "Did Leeds hear of the port at Hull?"]
)
def test_a_place_that_is_only_spoken_of_is_no_side(text: str) -> None:
    assert not compares_places(text, PLACES, [])


def test_one_place_under_two_names_is_none_beside_another() -> None:
    same = [NamedDocuments(name, frozenset(["a"])) for name in ("Leeds", "Leeds City")]
    assert not compares_places("Leeds or Leeds City?", same, [])
