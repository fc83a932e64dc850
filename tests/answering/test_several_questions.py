"""Several questions in one message are answered one after another."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.nouns.questions import Question


@pytest.fixture
def ask(service_with):
    service = service_with(
        make_document("Edith Marsh designed the old mill.", "mill", title="Mill"),
        make_document("Amos Field designed the long bridge.", "bridge", title="Bridge"),
        minimum_confidence=0.05,
    )
    return lambda text: service.ask(Question(text, limit=2))


def test_each_part_is_answered_with_its_own_quotes(ask) -> None:
    answer = ask("Who designed the old mill and who designed the long bridge?")
    assert [part.question for part in answer.parts] == [
        "Who designed the old mill?",
        "who designed the long bridge?",
    ]
    assert [part.citations[0].document.id for part in answer.parts] == ["mill", "bridge"]


def test_citations_are_counted_through(ask) -> None:
    answer = ask("Who designed the old mill and who designed the long bridge?")
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [quote.citation for quote in answer.quotes] == numbers
    assert len(answer.hits) == 2


def test_one_question_has_no_parts(ask) -> None:
    assert ask("Who designed the old mill?").parts == ()
