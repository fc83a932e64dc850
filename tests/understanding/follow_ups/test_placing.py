"""The place that a conversation is about holds until another is named, and its date with it."""

from __future__ import annotations

import pytest
from asked_after import NamesOf, understood

from qa_service.understanding.parsing import parse

NAMES = NamesOf("Leeds", "Hull", "Doncaster")
LED = "Who was the lead inspector for Doncaster in 2022?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what about Leeds?", LED.replace("Doncaster", "Leeds")),
        ("and hull", LED.replace("Doncaster", "hull")),
        ("Hull?", LED.replace("Doncaster", "Hull")),
        ("same for Oldham?", LED.replace("Doncaster", "Oldham")),
        ("no, I meant Hull", LED.replace("Doncaster", "Hull")),
        ("thanks, and in 2025?", LED.replace("2022", "2025")),
    ],
)
def test_a_place_takes_the_place_of_a_place(text, meant) -> None:
    assert understood(text, LED, names=NAMES) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how many caseworkers left?", "how many caseworkers left in Doncaster in 2022?"),
        ("why do people stay", "why do people stay in Doncaster in 2022"),
        ("is the grade still good?", "is the grade still good in Doncaster?"),
        ("what was found in 2018?", "what was found in 2018 in Doncaster?"),
        ("are caseloads high in Leeds?", None),
        ("what was found in Oldham?", None),
    ],
)
def test_what_names_no_place_is_asked_of_the_last(text, meant) -> None:
    assert understood(text, LED, names=NAMES) == meant


def test_the_one_of_a_place_is_its_report() -> None:
    turns = ("Who led Leeds in 2018?", "Who led Hull in 2020?")
    assert understood("how many staff had the Leeds one?", *turns, names=NAMES) == (
        "how many staff had the Leeds report?"
    )


def test_a_reply_that_quotes_one_place_is_about_it() -> None:
    found = understood(
        "are social workers tired there?",
        "What is HYPE?",
        names=NAMES,
        reply="HYPE is in Hull.",
    )
    assert found == "are social workers tired in Hull?"


DATED = NamesOf("Leeds", "Hull", dates=["2016-03-01", "2021-05-10"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how many people left?", "how many people left in Hull?"),
        ("and caseloads", "caseloads in Hull"),
        ("what do they think of pay?", "what do they think of pay in Hull?"),
        ("is pay good now?", "is pay good now in Hull in 2021?"),
        ("was pay better before?", "was pay better in Hull in 2016?"),
        ("ok thanks, and who pays?", "who pays in Hull?"),
        ("was it ever good?", "was it ever good in Hull?"),
    ],
)
def test_only_words_make_a_question_one_of_a_time_not_what_was_quoted(text, meant) -> None:
    found = understood(text, "Who ran Hull?", names=DATED, reply="Ann Lee ran it.")
    assert found == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("was it better in 2021?", "are caseloads high in Hull in 2021?"),
        ("and did that change later?", "are caseloads high in Hull in 2021?"),
        ("still so?", "are caseloads high in Hull in 2021?"),
        ("and in Leeds?", "are caseloads high in Leeds in 2016?"),
        ("why in 2021", "are caseloads high in Hull in 2021? Why in 2021"),
    ],
)
def test_what_names_no_topic_is_the_question_before_of_another_time_or_place(text, meant) -> None:
    assert understood(text, "are caseloads high in Hull in 2016?", names=DATED) == meant


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("when did the boats leave Hull?", "how was it in 2016 in Hull?"),
        ("are caseloads high in Hull?", "are caseloads high in Hull in 2016?"),
    ],
)
def test_how_it_was_is_of_the_place_after_a_question_for_a_circumstance(before, meant) -> None:
    assert understood("and how was it in 2016?", before, names=DATED) == meant


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        ("and for care leavers", "whats Hull rated?", "care leavers grade in Hull"),
        (
            "what about Leeds's leadership?",
            "what is the pay grade in Hull?",
            "what is leadership grade in Leeds?",
        ),
    ],
)
def test_another_topic_is_asked_for_its_grade_too(text, before, meant) -> None:
    assert understood(text, before, names=DATED, reply="It is Hull.") == meant


def test_a_message_of_no_topic_that_asks_is_what_the_next_goes_on_from() -> None:
    turns = ("Who led the Hull visit?", "how did it go in 2016?")
    assert understood("better than before?", *turns, names=DATED) == (
        "how did it go in 2016 in Hull? Better than before?"
    )


def test_few_words_that_ask_are_english() -> None:
    before = "are caseloads high in Hull?"
    assert understood("how many went missing last year?", before, names=DATED) == (
        "how many went missing last year in Hull?"
    )


def test_a_year_of_which_another_place_has_no_document_is_not_carried_to_it() -> None:
    before = "are caseloads high in Hull in 2018?"
    assert understood("and in Leeds?", before, names=DATED) == "are caseloads high in Leeds?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("does anyone else have boats?", None),
        ("which other councils have boats?", None),
        ("does it have anything else?", "does it have anything else in Hull in 2016?"),
    ],
)
def test_what_is_asked_of_elsewhere_is_not_placed(text, meant) -> None:
    assert understood(text, "Are there boats in Hull in 2016?", names=DATED) == meant


def test_a_place_of_another_spelling_is_the_one_of_what_was_quoted() -> None:
    found = understood("why is pay low?", "what of N Hmbr", names=DATED, reply="It is Hull.")
    assert found == "why is pay low in Hull?"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Who led it and what must improve in Leeds in 2018?",
            ["Who led it in Leeds in 2018?", "what must improve in Leeds in 2018?"],
        ),
        (
            "Leeds 2018: who led it and was it late?",
            ["who led it in Leeds in 2018?", "was it late in Leeds in 2018?"],
        ),
        (
            "How many live in Leeds and how many in Hull?",
            ["How many live in Leeds?", "How many live in Hull?"],
        ),
    ],
)
def test_a_place_and_a_date_said_once_are_those_of_every_question(text, parts) -> None:
    found = parse(text, (), NamesOf("Leeds", "Hull"))
    assert [part.text for part in found.parts] == parts


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Leeds school grades 2018?", None),
        ("and Leeds school grades?", "was there something about school grades in Leeds?"),
        ("Leeds?", "was there something about boats in Leeds?"),
    ],
)
def test_a_place_with_what_is_asked_of_it_is_whole_if_nothing_leads_on(text, meant) -> None:
    assert understood(text, "was there something about boats in Hull?", names=NAMES) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("when did it begin?", "when did boat hire begin in Hull?"),
        ("who led the 2021 one?", "who led the 2021 report in Hull?"),
        ("when was it published?", "when was the 2016 report published in Hull?"),
    ],
)
def test_a_question_for_a_date_is_of_no_year_and_one_of_a_year_is_its_report(text, meant) -> None:
    before = "what is boat hire in Hull in 2016?"
    assert understood(text, before, names=DATED, reply="Boats are good.") == meant


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        (
            "what do they think of pay?",
            "what do foster carers say in Hull?",
            "what do foster carers think of pay in Hull?",
        ),
        (
            "what do they think of pay?",
            "are there enough placements in Hull?",
            "what do they think of pay in Hull?",
        ),
        (
            "where did the new ones come from?",
            "what do social workers say in Hull?",
            "About social workers in Hull: where did the new ones come from?",
        ),
    ],
)
def test_what_says_no_thing_itself_is_about_that_of_the_question_before(
    text, before, meant
) -> None:
    assert understood(text, before, names=DATED) == meant


@pytest.mark.parametrize(
    "text",
    [
        "why are most plans in Leeds late now?",
        "can carers in Leeds still ring at night?",
        "were the boats of Leeds always sound?",
    ],
)
def test_a_whole_question_on_another_place_is_of_no_time_that_the_talk_is_of(text) -> None:
    assert understood(text, "are caseloads high in Hull in 2016?", names=DATED) is None


def test_what_points_back_is_of_the_talk_on_another_place_too() -> None:
    found = understood("was it so in Leeds?", "are caseloads high in Hull?", names=DATED)
    assert found == "are caseloads high in Leeds?"


def test_a_name_that_no_document_bears_stands_alone_after_a_talk_on_a_place() -> None:
    assert understood("What is the capital of France?", LED, names=NAMES) is None
    assert understood("and was France better?", LED, names=NAMES) is not None
