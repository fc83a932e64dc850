"""A question names a document by its whole title, where it speaks of a document by it."""

from __future__ import annotations

import pytest
from fakes import make_document


@pytest.fixture
def titles(opened_with):
    return opened_with(
        make_document("One.", "long", title="Joint inspection of services for young people, 2016"),
        make_document("Two.", "short", title="Corporate parenting"),
        make_document("Three.", "longer", title="Corporate parenting plan"),
        make_document("Four.", "word", title="Complaints"),
        make_document("Five.", "twin", title="Complaints"),
    ).titles


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Who led the joint inspection of services for young people 2016?",
            [("joint inspection of services for young people 2016", ["long"])],
        ),
        ("What does “Corporate parenting” ask for?", [("Corporate parenting", ["short"])]),
        ("What does corporate parenting say on homes?", [("corporate parenting", ["short"])]),
        (
            "what is in the corporate parenting plan document",
            [("corporate parenting plan", ["longer"])],
        ),
        ("According to Complaints, who answers?", [("Complaints", ["twin", "word"])]),
        ("What is corporate parenting?", []),
        ("How are complaints made?", []),
        ("Who led the joint inspection of services?", []),
    ],
)
def test_a_title_leads_to_its_documents(titles, text, found) -> None:
    named = [(item.words, sorted(item.document_ids)) for item in titles.named_in(text)]
    assert named == found
