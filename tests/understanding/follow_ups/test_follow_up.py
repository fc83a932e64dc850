"""A follow-up is made to stand alone; a question that does is left as it was typed."""

from __future__ import annotations

import pytest
from asked_after import ASKED, NamesOf, understood
from no_names import NO_NAMES

from qa_service.nouns.questions import Turn
from qa_service.understanding.follow_ups.follow_up import stand_alone
from qa_service.understanding.mentions import mentions


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("and in 2023?", ASKED.replace("2016", "2023")),
        ("What about 2023?", ASKED.replace("2016", "2023")),
        ("and in Falkirk?", ASKED.replace("the Scottish Borders", "Falkirk")),
        ("And Falkirk", ASKED.replace("the Scottish Borders", "Falkirk")),
        ("in Falkirk in 2023", ASKED.replace("the Scottish Borders in 2016", "Falkirk in 2023")),
        (
            "what about the voice of families?",
            ASKED.replace("quality assurance", "the voice of families"),
        ),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(text: str, meant: str) -> None:
    assert understood(text, ASKED) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("who led it?", "who led the inspection in the Scottish Borders in 2016?"),
        ("who led it in 2023?", "who led the inspection in the Scottish Borders in 2023?"),
        ("who needs it?", "who needs quality assurance in the Scottish Borders in 2016?"),
        ("Do inspectors call there?", "Do inspectors call in the Scottish Borders?"),
        ("Why?", f"{ASKED} Why?"),
        ("since when?", f"{ASKED} Since when?"),
        ("which one?", f"{ASKED} Which one?"),
        ("who said that?", f"{ASKED} Who said that?"),
        ("because of the strike?", f"{ASKED} Because of the strike?"),
        ("ok the whole list please", f"{ASKED} The whole list please"),
        ("tell me more", f"{ASKED} Tell me more"),
    ],
)
def test_what_refers_to_the_question_before_names_it(text: str, meant: str) -> None:
    assert understood(text, ASKED) == meant


def test_a_thing_whose_name_ends_in_a_word_for_doing_is_taken_whole() -> None:
    before = "What did inspectors say about early help in Leeds?"
    meant = "What did inspectors say about care leavers in Leeds?"
    assert understood("what about care leavers?", before) == meant


def test_what_a_question_asks_the_meaning_of_is_taken_whole() -> None:
    assert understood("Why does it matter?", "What is corporate parenting?") == (
        "Why does corporate parenting matter?"
    )


def test_a_verb_of_duty_is_no_subject() -> None:
    assert mentions("What must they do?", NO_NAMES) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("and in 2023?", "Who led the 2023 inspection?"),
        ("What about in the 2023 one?", "Who led the 2023 inspection?"),
        ("and the 2023 inspection?", "Who led the 2023 inspection?"),
        ("How long did it last?", "How long did the 2016 inspection last?"),
        ("what about foster carers?", "About the 2016 inspection: what about foster carers?"),
    ],
)
def test_a_year_that_is_part_of_a_name_is_replaced_there(text: str, meant: str) -> None:
    assert understood(text, "Who led the 2016 inspection?") == meant


def test_a_year_survives_the_name_that_held_the_one_before() -> None:
    before = "What did they say about the 2016 inspection?"
    assert understood("and the 2023 budget?", before) == (
        "What did they say about the budget in 2023?"
    )


def test_what_was_carried_over_names_no_year_that_was_replaced() -> None:
    found = stand_alone("and in 2023?", [Turn("user", "Who led the 2016 inspection?")], NO_NAMES)
    assert found is not None
    assert [item.text for item in found.carried] == ["the inspection"]


def test_a_pronoun_of_another_number_is_not_replaced() -> None:
    before = "I want to register a moped."
    assert understood("What are they?", before) == "About a moped: what are they?"
    assert understood("What is their role?", "How are foster carers supported?") == (
        "What is foster carers’ role?"
    )


def test_he_and_she_are_the_person_last_named() -> None:
    reply = "The inspection was led by Helen Happer, chief inspector."
    assert understood("Where does she work?", "Who led the inspection?", reply=reply) == (
        "Where does Helen Happer work?"
    )


def test_a_reply_to_a_question_goes_with_what_was_asked_first() -> None:
    asked, reply = "How do I register a moped?", "Do you have the papers?"
    assert understood("Yes, all papers", asked, reply=reply) == f"{asked} Yes, all papers"
    assert understood("foster carers", asked, reply=reply) is None


@pytest.mark.parametrize(
    "text",
    [
        *("What is trauma-informed practice?", "How are foster carers supported?"),
        *("Is it possible to appeal?", "How do families get their records?", "foster carers"),
        *("und 2023?", "Wer hat sie geleitet?", "¿Y quién lo dirigió?", "それは誰ですか", "😀"),
    ],
)
def test_a_question_that_stands_alone_is_left_as_typed(text: str) -> None:
    assert understood(text, ASKED) is None


def test_each_follow_up_goes_on_from_the_one_before() -> None:
    turns = [ASKED, "and in 2023?", "thanks", "what about the voice of families?"]
    assert understood("and in Falkirk?", *turns) == (
        "What did inspectors say about the voice of families in Falkirk in 2023?"
    )


def test_after_a_change_of_subject_nothing_older_is_taken_over() -> None:
    turns = [ASKED, "What is trauma-informed practice?"]
    assert understood("who needs it?", *turns) == "who needs trauma-informed practice?"


def test_what_was_carried_over_is_named_by_its_kind() -> None:
    found = stand_alone("and in 2023?", [Turn("user", ASKED)], NO_NAMES)
    assert found is not None
    assert [(item.text, item.kind) for item in found.carried] == [
        ("quality assurance", "subject"),
        ("the Scottish Borders", "place"),
    ]


def test_names_typed_small_are_known_from_the_documents() -> None:
    asked = [Turn("user", "how is quality assured in falkirk?")]
    found = stand_alone("and in angus?", asked, NamesOf("Falkirk", "Angus"))
    assert found is not None
    assert found.text == "how is quality assured in angus?"


@pytest.mark.parametrize("before", ["", " ", "?", "it it it", "a" * 200_000, "of the " * 30_000])
@pytest.mark.parametrize("text", ["?", "it", "and", "and 2023", "why", "\n", "what about it"])
def test_any_history_and_question_is_survived(text: str, before: str) -> None:
    history = [Turn("assistant", before), Turn("user", before)] * 20
    found = stand_alone(text, history, NO_NAMES)
    assert found is None or len(found.text) < 1_000


def test_to_take_part_is_about_no_part() -> None:
    assert understood("Who takes part in it?", "How long is an inspection?") == (
        "Who takes part in an inspection?"
    )
