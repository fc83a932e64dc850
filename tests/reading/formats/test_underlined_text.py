"""Plain texts as people type them: underlined headings, parts, contents, questions and answers."""

from __future__ import annotations

import pytest

HANDBOOK = """Handbook of the Quay Library
============================

Contents
--------

Opening hours
Lost books

Opening hours
-------------

The library opens at nine.

Lost books
----------

Whoever loses a book pays for it."""

ANSWERS = """Q. May dogs come in?
Q. May cats come in?
A. Dogs may, on a lead. Cats may not.

Q) Who keeps the keys?

A) The porter keeps the keys, day and night.

Known faults: the door sticks."""


def headings(document) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in document.headings]


def said(document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_underlined_lines_are_headings(read) -> None:
    assert headings(read("a.txt", HANDBOOK)) == [
        (1, "Handbook of the Quay Library"),
        (2, "Contents"),
        (2, "Opening hours"),
        (2, "Lost books"),
    ]


def test_lines_that_stand_again_below_are_contents(read) -> None:
    assert said(read("a.txt", HANDBOOK), "contents") == ["Opening hours", "Lost books"]


def test_what_stands_above_contents_is_text(read) -> None:
    text = HANDBOOK.replace("Opening", "Ask the porter.\nOpening", 1)
    assert "Ask the porter." in said(read("a.txt", text), "paragraph")


def test_the_head_of_a_table_is_no_heading(read) -> None:
    text = "The fees of the library\n\nName     Fee\n------------\nAdults   nine pounds a year"
    assert headings(read("a.txt", text))[1:] == []


def test_the_end_of_a_text_above_a_rule_is_no_heading(read) -> None:
    text = "Notes of a walk\n\nWe left at nine and were\nlate.\n------------------\nRain fell."
    document = read("a.txt", text)
    assert headings(document)[1:] == []
    assert "---" not in document.text


@pytest.mark.parametrize("name", ["Schedule 2: Fees and charges", "Part IV", "CHAPTER 3. Boats"])
def test_named_parts_are_headings(read, name: str) -> None:
    text = f"The rules of the harbour\n\n{name}\n\nA boat pays by its length."
    assert (2, name) in headings(read("a.txt", text))


def test_a_sentence_about_a_part_is_none(read) -> None:
    text = "The rules of the harbour\n\nSection 4 applies to boats.\n\nA boat pays by its length."
    assert headings(read("a.txt", text))[1:] == []


@pytest.mark.parametrize("name", ["3. Lost And Found.", "3. Who may join?"])
def test_numbered_names_with_a_mark_at_the_end_are_headings(read, name: str) -> None:
    text = f"The rules of the harbour\n\n{name}\n\nThe porter keeps what is found for a year."
    assert (2, name) in headings(read("a.txt", text))


def test_a_numbered_sentence_that_stands_alone_is_no_heading(read) -> None:
    text = "The rules of the harbour\n\n3. Keep the gate shut.\n\nThe porter has the key."
    assert headings(read("a.txt", text))[1:] == []


def test_questions_are_the_headings_of_their_answers(read) -> None:
    document = read("a.txt", ANSWERS)
    assert [text for _, text in headings(document)] == [
        "Q. May dogs come in?",
        "Q. May cats come in?",
        "Q) Who keeps the keys?",
    ]
    assert "A. Dogs may, on a lead. Cats may not." in said(document, "paragraph")


def test_a_letter_is_no_label_of_a_fact(read) -> None:
    document = read("a.txt", "Q: Who keeps the keys?\n\nA: The porter of the house.\n\nAsk him.")
    assert document.facts == ()


def test_roman_numbers_and_plus_signs_begin_items(read) -> None:
    text = "Members may\n\n  i. row;\n ii. sail;\niii. swim.\n\n + Bring a towel."
    assert said(read("a.txt", text), "list_item") == [
        "i. row;",
        "ii. sail;",
        "iii. swim.",
        "• Bring a towel.",
    ]


def test_a_term_and_the_verb_below_it_are_one_sentence(read) -> None:
    text = 'Words of these rules\n\n1.1. "Boat"\n     means what floats and is rowed.\n\nEnd.'
    assert '1.1. "Boat" means what floats and is rowed.' in said(read("a.txt", text), "paragraph")
