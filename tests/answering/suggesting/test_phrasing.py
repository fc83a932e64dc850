"""Headings and sentences become questions that read well, or none."""

from __future__ import annotations

import pytest

from qa_service.answering.suggesting.phrasing import (
    as_spoken_of,
    lowered,
    question_about,
    question_of_definition,
    question_of_heading,
    question_of_title,
    thing_of_heading,
)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("What is a children's hearing?", "What is a children's hearing?"),
        ("How a joint inspection works", "How does a joint inspection work?"),
        ("How the views of families are gathered", "How are the views of families gathered?"),
        ("How to read an inspection report", "How do I read an inspection report?"),
        ("What a protection committee does", "What does a protection committee do?"),
        ("Who the corporate parents are", "Who are the corporate parents?"),
        ("What happens after an inspection report", "What happens after an inspection report?"),
        ("2.1 What the inspection grades mean", "What do the inspection grades mean?"),
        ("What needs to improve?¹", "What needs to improve?"),
    ],
)
def test_a_heading_stands_for_a_question(heading, question) -> None:
    assert question_of_heading(heading) == question


@pytest.mark.parametrize(
    "heading",
    ["Who sits on it", "How they work", "What is this?", "Strengths", "Why it matters", "Summary"],
)
def test_what_does_not_stand_alone_is_no_question(heading) -> None:
    assert question_of_heading(heading) is None


def test_a_question_of_a_place_names_it() -> None:
    asked = question_of_heading("What is it like to be a child in this area?", "Bury")
    assert asked == "What is it like to be a child in Bury?"
    assert question_of_heading("What needs to improve?", "Bury") == "What needs to improve in Bury?"


def test_a_heading_names_a_thing_that_the_text_speaks_of() -> None:
    text = "Learning reviews\n\nAfter a report on learning reviews, or of learning reviews, "
    text += "who asks for learning reviews?"
    assert thing_of_heading("Learning reviews", text) == "learning reviews"
    assert thing_of_heading("Learning reviews", "Learning reviews\n\nNothing.") is None


@pytest.mark.parametrize("heading", ["People and groups", "Before inspectors come", "Two terms"])
def test_other_headings_name_no_thing(heading) -> None:
    assert thing_of_heading(heading, f"{heading} " * 5) is None


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("A learning review is a study that looks back.", "What is a learning review?"),
        ("Independent visitors are adults who call.", "What are independent visitors?"),
        ("This is a report that helps.", None),
        ("Placement stability is a strength.", None),
        ("Many work strands are projects that go on.", None),
        ("Key-event chronologies are not regularly used to help those who plan.", None),
        ("A company card is given to those who travel.", None),
        ("Senior leaders are champions for children.", None),
    ],
)
def test_a_definition_is_asked_for(sentence, question) -> None:
    assert question_of_definition(sentence) == question


@pytest.mark.parametrize(
    ("heading", "about"),
    [("5. Mobile phones", "mobile phones"), ("Ending the lease", None), ("OUR AIMS", None)],
)
def test_a_document_is_asked_by_its_title_about_a_heading(heading, about) -> None:
    question = f"What does “Behaviour Policy” say about {about}?" if about else None
    assert question_of_title("Behaviour Policy", heading) == question
    assert question_of_title("What happens next", heading) is None


@pytest.mark.parametrize(
    ("thing", "text", "spoken"),
    [
        ("Civil Rights Center", "It is the Civil Rights Center, " * 3, "the Civil Rights Center"),
        ("Climate Crisis", "causes of the climate crisis. " * 3, "the climate crisis"),
        ("Emerging Technologies", "for emerging technologies and " * 3, "emerging technologies"),
        ("Tackle the Crisis", "Tackle the Crisis. We want to tackle the crisis. " * 3, None),
        ("child needs", "what a child needs and when. " * 3, None),
        ("information technology", "the information technology systems " * 3, None),
        ("three weeks", "within three weeks or in three weeks of three weeks. " * 3, None),
    ],
)
def test_a_thing_is_written_as_the_text_speaks_of_it(thing, text, spoken) -> None:
    assert as_spoken_of(thing, text) == spoken


def test_an_entry_of_a_glossary_is_asked_for() -> None:
    entry = "• Link inspector: the person in charge"
    assert question_of_definition(entry, glossary=True) == "What does “link inspector” mean?"


def test_a_thing_is_asked_about() -> None:
    assert question_about("care leavers") == "What do the documents say about care leavers?"
    assert question_about("care", "Bury") == "What do the documents say about care in Bury?"


@pytest.mark.parametrize(
    ("subject", "small"),
    [
        ("The council", "the council"),
        ("Child-friendly plans", "child-friendly plans"),
        ("Hearth Allowance", "Hearth Allowance"),
    ],
)
def test_common_first_words_are_small(subject, small) -> None:
    assert lowered(subject) == small


@pytest.mark.parametrize(
    "line", ["How to read a report ..... 12", "How to read a report 7", "How to read a report…3"]
)
def test_a_line_of_a_table_of_contents_asks_nothing(line: str) -> None:
    assert question_of_heading("How to read a report") is not None
    assert question_of_heading(line) is None
