"""Questions, titles and headings are found by how their words begin."""

from __future__ import annotations

import pytest

from qa_service.indexing.lookup.completions import CompletionIndex
from qa_service.nouns.answers import Completion


def index_of(*entries: tuple[str, str] | tuple[str, str, str]) -> CompletionIndex:
    return CompletionIndex(Completion(text, kind, *rest) for text, kind, *rest in entries)


def texts(index: CompletionIndex, typed: str, limit: int = 8) -> list[str]:
    return [item.text for item in index.complete(typed, limit)]


@pytest.fixture
def index() -> CompletionIndex:
    return index_of(
        ("Quality assurance", "heading", "a"),
        ("Elèves et qualité", "title", "b"),
        ("What is quality assurance?", "question"),
        ("Equality", "heading", "a"),
    )


def test_what_begins_as_typed_comes_before_what_holds_the_words(index) -> None:
    assert texts(index, "quality") == ["Quality assurance", "What is quality assurance?"]


def test_every_word_typed_begins_a_word(index) -> None:
    assert texts(index, "assur qual") == ["What is quality assurance?", "Quality assurance"]
    assert texts(index, "quality teach") == []


@pytest.mark.parametrize("typed", ["eleves", "ÉLÈVES", "éle", "qualité"])
def test_neither_case_nor_accents_matter(index, typed) -> None:
    assert "Elèves et qualité" in texts(index, typed)


def test_no_more_are_given_than_wanted(index) -> None:
    assert len(texts(index, "q", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "  ", "?!"])
def test_without_a_word_nothing_is_completed(index, typed) -> None:
    assert texts(index, typed) == []


def test_a_heading_of_several_documents_stands_once_and_names_none() -> None:
    index = index_of(("Leadership", "heading", "a"), ("LEADERSHIP", "heading", "b"))
    assert index.complete("lead", 8) == (Completion("Leadership", "heading"),)


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    index = index_of(("Borders 2016", "title", "a"), ("Borders 2016", "heading", "a"))
    assert index.complete("borders", 8) == (Completion("Borders 2016", "title", "a"),)


def test_frequent_headings_come_first() -> None:
    entries = [("Care", "heading", "a"), ("Care leavers", "heading", "a")]
    index = index_of(*entries, ("Care leavers", "heading", "b"))
    assert texts(index, "care") == ["Care leavers", "Care"]


def test_numbers_alone_and_sentences_are_left_out() -> None:
    assert len(index_of(("12.3", "heading", "a"), ("word " * 40, "heading", "a"))) == 0
