"""Words that a model finds missing are added to a follow-up, where rules did not add them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from asked_after import NamesOf

from qa_service.nouns.questions import Carried, Turn
from qa_service.understanding.parsing import parse

ASKED = "was there a safeguarding board in hull in 2019"
NAMES = NamesOf("Hull", "Leeds")


class Finding:
    """A classifier that finds the same words missing of every question."""

    def __init__(self, *words: str) -> None:
        self._words = words
        self.earlier: list[Sequence[str]] = []

    def left_out(self, question: str, earlier: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002
        self.earlier.append(earlier)
        return self._words


def understood(text: str, *words: str, names: NamesOf = NAMES, asked: str = ASKED) -> str:
    return parse(text, [Turn("user", asked)], names, Finding(*words)).text


def test_words_that_a_question_lacks_stand_behind_it() -> None:
    assert understood("how many lay members?", "safeguarding", "board") == (
        "how many lay members in hull in 2019 safeguarding board?"
    )


def test_what_was_added_is_told_as_its_subject() -> None:
    parsed = parse("any lay members?", [Turn("user", ASKED)], NAMES, Finding("safeguarding"))
    assert parsed.filled
    assert Carried("safeguarding", "subject") in parsed.carried


def test_a_pronoun_stays_where_what_it_stands_for_is_added() -> None:
    assert understood("who chairs it?", "safeguarding", "board") == (
        "who chairs it in hull in 2019 safeguarding board?"
    )
    assert understood("who chairs it?") == "who chairs a safeguarding board in hull in 2019?"


@pytest.mark.parametrize("word", ["members", "Member", "hull", "Hull’s", "2018"])
def test_words_of_the_question_places_and_second_years_are_not_added(word: str) -> None:
    said = understood("how many members?", word)
    assert said == understood("how many members?")


def test_without_earlier_questions_nothing_is_looked_for() -> None:
    finding = Finding("board")
    parsed = parse("who chairs it?", [Turn("assistant", "A board.")], NAMES, finding)
    assert (parsed.text, parsed.filled, finding.earlier) == (
        "who chairs it?",
        False,
        [],
    )


def test_where_documents_are_not_told_apart_by_places_nothing_is_looked_for() -> None:
    everywhere = NamesOf()
    said = understood("any lay members?", "safeguarding", names=everywhere)
    assert said == understood("any lay members?", names=everywhere)


def test_only_what_was_asked_is_looked_at_as_it_was_typed() -> None:
    finding = Finding()
    parse("why?", [Turn("user", "dose it work"), Turn("assistant", "No.")], NAMES, finding)
    assert finding.earlier == [["dose it work"]]
