"""A question in another language is told by its words."""

from __future__ import annotations

import pytest

from qa_service.answering.spelling import NOT_ENGLISH_HINT, is_foreign
from qa_service.nouns.questions import Question


@pytest.mark.parametrize(
    "text",
    [
        "Welche Gesamtnote erhielt das Gasthaus im Jahr 2022?",
        "Quelle note a reçu cette auberge dans son dernier rapport ?",
    ],
)
def test_other_languages_are_foreign(text) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    ["What grade did Millford get?", "Millford EHCP CAMHS 2022", "wat did thay say abuot it", "?"],
)
def test_english_is_not_however_it_is_spelled(text) -> None:
    assert not is_foreign(text)


def test_a_declined_question_in_another_language_is_told_so(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question("Welche Gesamtnote erhielt das Gasthaus im Jahr?"))
    assert (answer.answered, answer.hint) == (False, NOT_ENGLISH_HINT)


def test_words_of_another_language_are_not_told_as_missing_names(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question("Was sagten die Inspektoren über die Kinder?"))
    assert (answer.reason, answer.missing, answer.hint) == ("no_evidence", (), NOT_ENGLISH_HINT)


def test_it_is_told_so_in_the_language_of_the_page(service_with, reports) -> None:
    asked = Question("Was sagten die Inspektoren über die Kinder?", language="de")
    assert service_with(*reports).ask(asked).hint == (
        "Ich lese nur Englisch. Bitte stellen Sie die Frage auf Englisch."
    )
