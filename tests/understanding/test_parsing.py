"""All that is understood of a question stands in one noun."""

from __future__ import annotations

import re

import pytest
from no_names import NoNames

from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.nouns.questions import Carried, Turn
from qa_service.understanding.parsing import parse


def parsed(text: str, *before: str):
    return parse(text, [Turn("user", said) for said in before], NoNames())


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who led it?", "who"),
        ("In what year did the bridge open?", "when"),
        ("How many boats were seen?", "how many"),
        ("Which documents do you have?", "which documents"),
        ("Is the bridge open?", "yes or no"),
        ("How have fares changed since 2018?", "comparison"),
        ("thanks!", "small talk"),
        ("What does the bridge carry?", "plain"),
    ],
)
def test_a_question_asks_for_one_kind_of_thing(text, asks) -> None:
    assert parsed(text).asks == asks


def test_a_follow_up_tells_what_it_took_over() -> None:
    found = parsed("and in 2023?", "Who led the works in Hull in 2016?")
    assert (found.typed, found.text) == ("and in 2023?", "Who led the works in Hull in 2023?")
    assert Carried("Hull", "place") in found.carried


def test_its_time_is_read_once() -> None:
    found = parsed("What did the May 2016 report say?")
    assert [period.words for period in found.periods] == ["May 2016"]


class ShortNames(NoNames):
    """A collection that knows Hull by a short form too."""

    def places_in(self, text: str) -> list[NamedDocuments]:
        found = re.finditer(r"\b(?:HuCC|Hull)\b", text)
        return [
            NamedDocuments(it.group(), frozenset("h"), "Hull" * (it.group() != "Hull"))
            for it in found
        ]


def test_a_short_form_of_a_place_is_understood_as_its_name() -> None:
    found = parse("Who runs HuCC?", (), ShortNames())
    assert (found.typed, found.text) == ("Who runs HuCC?", "Who runs Hull?")
    later = parse("what about Leeds?", [Turn("user", "Who works in HuCC?")], ShortNames())
    assert later.text == "Who works in Leeds?"
