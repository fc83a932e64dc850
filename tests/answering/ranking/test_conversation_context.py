"""What a conversation adds to the search for a question, and when it adds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fakes import FakeEmbedder, make_document, make_query

from qa_service.answering.ranking import conversation_context as context
from qa_service.answering.ranking.conversation_context import (
    Conversation,
    conversation_of,
    in_context,
    strength,
)
from qa_service.answering.ranking.ranking import rank
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Filters, Turn

BOATS = "Harbour boats are kept in the old boat shed. The shed costs nine pounds a week."
BOOKS = "Library books are kept in the tower. The tower costs two pounds a week to heat."
BIRDS = "Gannets nest on the cliffs above the bay."
TALK = (Turn("user", "Where are harbour boats kept?"), Turn("assistant", BOATS[:44]))


@pytest.fixture
def opened(opened_with: Callable[..., OpenedBuild]) -> OpenedBuild:
    names = {"boats": BOATS, "books": BOOKS, "birds": BIRDS}
    return opened_with(*(make_document(text, name) for name, text in names.items()))


def talk(opened: OpenedBuild, *turns: Turn) -> Conversation:
    found = conversation_of(opened, turns, FakeEmbedder())
    assert found is not None
    return found


def best(opened: OpenedBuild, text: str, *turns: Turn) -> str:
    """The first document for a question after a conversation."""
    query = in_context(opened, make_query(text), talk(opened, *turns))
    return rank(opened, query, 3, Filters(), Settings())[0].document.id


def test_a_question_that_says_little_goes_on_where_the_talk_was(opened) -> None:
    assert best(opened, "And the costs?", *TALK) == "boats"
    other = (Turn("user", "Where are library books kept?"), Turn("assistant", BOOKS[:36]))
    assert best(opened, "And the costs?", *other) == "books"


def test_a_question_about_something_else_finds_that(opened) -> None:
    assert best(opened, "Where do gannets nest above the bay?", *TALK) == "birds"


def test_the_less_a_question_finds_there_the_weaker_the_talk_counts(opened) -> None:
    said = talk(opened, *TALK)
    asked = ("And the costs?", "What does the shed cost?", "Where do gannets nest above the bay?")
    strengths = [strength(opened, make_query(text), said) for text in asked]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < found < context.MOST_STRENGTH for found in strengths)


def test_below_the_least_strength_nothing_is_added(opened, monkeypatch) -> None:
    query, said = make_query("And the costs?"), talk(opened, *TALK)
    assert in_context(opened, query, said).context is not None
    monkeypatch.setattr(context, "LEAST_STRENGTH", 2.0)
    assert in_context(opened, query, said) is query


def test_later_messages_say_more_of_what_the_talk_is_about(opened) -> None:
    older = [Turn("user", "Where are library books kept?")] * 2
    newer = [Turn("user", "Where are harbour boats kept?")] * 2
    assert talk(opened, *older, *newer).document_ids[0] == "boats"
    assert talk(opened, *newer, *older).document_ids[0] == "books"


@pytest.mark.parametrize("text", ["", " \n", "?!", "of the and", "😀"])
def test_messages_without_a_word_are_no_conversation(opened, text) -> None:
    assert conversation_of(opened, [Turn("user", text)], FakeEmbedder()) is None


def test_words_that_no_document_holds_leave_the_order_as_it_is(opened) -> None:
    turns = [Turn("user", "zebra quagga okapi")]
    assert best(opened, "Where do gannets nest?", *turns) == "birds"


def test_of_a_long_conversation_only_the_end_is_encoded(opened) -> None:
    seen: list[str] = []

    class Counting(FakeEmbedder):
        def encode_query(self, text: str):
            seen.append(text)
            return super().encode_query(text)

    conversation_of(opened, [Turn("user", "boats " * 5_000)] * 40, Counting())
    assert len(seen) == 6
    assert max(map(len, seen)) == context.MOST_CHARACTERS
