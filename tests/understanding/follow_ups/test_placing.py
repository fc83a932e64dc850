"""The place that a conversation is about holds until another is named, and its date with it."""

from __future__ import annotations

import pytest
from asked_after import NamesOf, understood

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


def test_a_date_is_kept_with_its_place() -> None:
    turns = ("Who led Leeds in 2018?", "Who led Hull in 2020?")
    assert understood("how many staff had the Leeds one?", *turns, names=NAMES) == (
        "how many staff had the Leeds one in 2018?"
    )


def test_a_reply_that_quotes_one_place_is_about_it() -> None:
    found = understood(
        "are social workers tired there?",
        "What is HYPE?",
        names=NAMES,
        reply="HYPE is in Hull.",
    )
    assert found == "are social workers tired in Hull?"
