"""What documents are called is learned from their titles and file names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_summary

from qa_service.indexing.lookup.document_nouns import DocumentNouns


@pytest.fixture
def nouns() -> DocumentNouns:
    listing = "Audit of homes for children, looked after children and care leavers"
    titles = ("Inspection of Leeds", "Invoice 12", "Fostering policy", "Vaccines", listing)
    documents = [replace(make_summary("text"), title=title) for title in titles]
    return DocumentNouns(documents, lambda word: word == "leeds")


@pytest.mark.parametrize("noun", ["inspections", "policies", "documents", "reports"])
def test_documents_go_by_the_last_word_before_of(nouns, noun) -> None:
    assert nouns.calls(noun)


@pytest.mark.parametrize("noun", ["leeds", "vaccines", "children", "fostering", "leavers"])
def test_what_they_are_about_is_no_name_of_theirs(nouns, noun) -> None:
    assert not nouns.calls(noun)


def test_words_of_one_family_are_told(nouns) -> None:
    assert nouns.noun_of("inspectors") == "inspection"
    assert nouns.noun_of("children") == ""


def test_a_document_is_of_the_kind_that_its_file_name_begins_with(nouns) -> None:
    letter = replace(make_summary("text"), source="reports/inspection_leeds.pdf")
    assert nouns.kind_of(letter) == "inspection"
    assert nouns.kind_of(replace(letter, source="leeds_inspection.pdf")) == ""
