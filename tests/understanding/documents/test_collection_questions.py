"""Questions that look like ones about documents or times, and are not."""

from __future__ import annotations

import pytest
from no_names import NoNames

from qa_service.understanding.parsing import parse


class Invoices(NoNames):
    """A collection of invoices and contracts."""

    def calls_documents(self, noun: str) -> bool:
        return noun.lower().rstrip("s") in ("invoice", "contract", "document")


@pytest.mark.parametrize(
    "text",
    [
        "What is the last page of the contract?",
        "How many pages are there?",
        "How many children are there in care?",
        "What is the first line of the invoice?",
    ],
)
def test_what_no_document_goes_by_is_asked_of_the_passages(text) -> None:
    assert parse(text, (), Invoices()).collection is None


def test_hours_are_no_year() -> None:
    assert parse("What is due after 2000 hours of flying?", (), Invoices()).periods == ()


@pytest.mark.parametrize(
    ("text", "asked", "mentioned"),
    [
        ("Which invoices mention Acme?", "list", "Acme"),
        ("How many contracts mention a deposit?", "count", "a deposit"),
        ("What is the newest contract?", "newest", ""),
        ("Which invoices are from 2023?", "list", ""),
    ],
)
def test_documents_go_by_what_the_collection_calls_them(text, asked, mentioned) -> None:
    found = parse(text, (), Invoices()).collection
    assert (found.asked, found.mentioned) == (asked, mentioned)
