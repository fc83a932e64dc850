"""What somebody says is quoted from their statement, and from nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.nouns.questions import Question
from qa_service.reading.files import read_document

TEXT = """The bakery was visited in May.

Ada Brook, head baker, and Joan Hill, owner

“We bake at night. The ovens are old.

“New ovens come in spring.”

Councillor Piers Lamb

“I like the bread. The ovens are no matter of mine.”

The mill is beside it."""


@pytest.fixture
def ask(service_with, tmp_path: Path):
    path = tmp_path / "visit.txt"
    path.write_text(TEXT, encoding="utf-8")
    service = service_with(read_document(path, tmp_path, 10**6), minimum_confidence=0.3)
    return lambda text: service.ask(Question(text))


def quotes(answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize("name", ["Ada Brook", "Joan Hill", "Hill"])
def test_a_statement_is_quoted_whole_with_the_line_that_says_whose_it_is(ask, name) -> None:
    (quote,) = quotes(ask(f"What did {name} say?"))
    assert quote.startswith("Ada Brook, head baker, and Joan Hill, owner")
    assert quote.endswith("“New ovens come in spring.”")


def test_of_a_topic_the_paragraphs_that_name_it_are_quoted(ask) -> None:
    assert quotes(ask("What did Joan Hill say about spring?")) == ["“New ovens come in spring.”"]


def test_what_stands_under_another_name_is_anothers(ask) -> None:
    (quote,) = quotes(ask("What did Piers Lamb say about the ovens?"))
    assert quote == "“I like the bread. The ovens are no matter of mine.”"


def test_on_what_somebody_does_not_speak_of_nobody_else_is_quoted(ask) -> None:
    assert quotes(ask("What did Piers Lamb say about the mill?")) == []
