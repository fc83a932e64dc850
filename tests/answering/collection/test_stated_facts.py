"""Facts by their label, each cited to the line that states it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document

from qa_service.errors import InputError
from qa_service.nouns.documents import Document, Fact


def stating(value: str, name: str, date: str | None = None) -> Document:
    """A document of one sentence and one line "Lead inspector: …"."""
    text = f"The school was seen.\n\nLead inspector: {value}"
    line = text.index("Lead")
    fact = Fact("Lead inspector", value, line, len(text), text.index(value), len(text))
    return replace(make_document(text, name, date=date), facts=(fact,))


OLDER, NEWER = stating("Ann Low", "older", "2016"), stating("Bo High", "newer", "2023-05")


def test_every_documents_fact_is_found_the_newest_first(service_with) -> None:
    found = service_with(OLDER, NEWER).facts("lead inspectors")
    assert [(fact.citation.document.id, fact.value) for fact in found.facts] == [
        ("newer", "Bo High"),
        ("older", "Ann Low"),
    ]
    assert (found.total, found.cursor) == (2, None)


def test_a_fact_is_cited_by_its_line_with_the_value_marked(service_with) -> None:
    (fact,) = service_with(OLDER).facts("inspector").facts
    assert fact.citation.quote == "Lead inspector: Ann Low"
    assert OLDER.text[slice(*fact.citation.exact)] == "Ann Low"


def test_a_cursor_leads_to_the_facts_that_are_left(service_with) -> None:
    service = service_with(OLDER, NEWER)
    first = service.facts("inspector", 1)
    rest = service.facts("inspector", 1, first.cursor)
    assert [fact.value for fact in (*first.facts, *rest.facts)] == ["Bo High", "Ann Low"]
    assert rest.cursor is None


def test_a_label_of_function_words_is_refused(service_with) -> None:
    with pytest.raises(InputError, match="label"):
        service_with(OLDER).facts("of the")
