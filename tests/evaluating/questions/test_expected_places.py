"""What a question file expects, found in documents: by any of their names, and by a quote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import make_document

from qa_service.errors import DatasetError
from qa_service.evaluating.questions.datasets import AnswerSpan
from qa_service.evaluating.questions.expected_places import place_questions
from qa_service.evaluating.questions.question_file import QuestionLine
from qa_service.nouns.questions import Turn

BOATS = replace(make_document("The boats\nsail ‘daily’ at nine.", "b1", title="Boats"))
HOURS = make_document("Doors open at nine.", "h1", title="Hours; summer")
OTHER = make_document("Doors close.", "h2", title="Boats")
DOCUMENTS = (BOATS, HOURS, replace(OTHER, source="old/h2.txt"))


def placed(**line: object):
    made = place_questions(Path("mine.csv"), [QuestionLine("When?", line=7, **line)], DOCUMENTS)
    return made.questions[0]


def error_of(**line: object) -> str:
    with pytest.raises(DatasetError, match=r"^mine\.csv, line 7: ") as raised:
        placed(**line)
    return str(raised.value)


@pytest.mark.parametrize("name", ["h2", "old/h2.txt", "H2.TXT"])
def test_a_document_is_named_by_id_source_or_file(name) -> None:
    assert placed(document=name).grades == {"h2": 1}


def test_a_title_may_hold_a_semicolon() -> None:
    assert placed(document="hours; summer").grades == {"h1": 1}


def test_several_documents_are_separated_by_semicolons() -> None:
    assert placed(document="b1.txt; h1;").grades == {"b1": 1, "h1": 1}


def test_a_quote_is_found_whatever_the_blanks_case_and_quotation_marks() -> None:
    expected = placed(quote="the boats sail 'daily'")
    assert expected.spans == (AnswerSpan("b1", 0, len("The boats\nsail ‘daily’")),)
    assert expected.grades == {"b1": 1}


def test_every_document_that_holds_the_quote_is_right() -> None:
    assert set(placed(quote="at nine").grades) == {"b1", "h1"}


def test_with_a_document_the_quote_counts_there_alone() -> None:
    expected = placed(quote="at nine", document="h1")
    assert ([span.document_id for span in expected.spans], expected.grades) == (["h1"], {"h1": 1})


def test_a_document_that_the_index_lacks_is_named() -> None:
    assert "the index has no document “gone.pdf”" in error_of(document="b1; gone.pdf")


def test_a_name_of_two_documents_is_refused_with_their_files() -> None:
    said = error_of(document="Boats")
    assert "2 documents are called “Boats”" in said
    assert "b1.txt, old/h2.txt" in said


def test_a_quote_that_stands_nowhere_is_named() -> None:
    assert "the quote “at ten” stands in no document of the index" in error_of(quote="at ten")
    assert "“at nine” stands not in h2" in error_of(quote="at nine", document="h2")


def test_a_question_not_in_the_documents_expects_nothing() -> None:
    expected = placed(answerable=False)
    assert (expected.grades, expected.spans) == ({}, ())


def test_ids_hang_on_what_is_asked_and_not_on_the_line() -> None:
    lines = [
        QuestionLine("When?", document="b1", line=2),
        QuestionLine("When?", document="h1", line=3),
        QuestionLine("When?", document="h1", line=4, history=(Turn("user", "Boats?"),)),
    ]
    ids = [q.id for q in place_questions(Path("mine.csv"), lines, DOCUMENTS).questions]
    later = place_questions(Path("mine.csv"), lines[2:], DOCUMENTS).questions
    assert ids[1] == f"{ids[0]}-2"
    assert ids[2] == later[0].id
    assert len(set(ids)) == 3
