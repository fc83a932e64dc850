"""What questions read of the store is kept for those to come."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import make_document
from made_texts import prose

from qa_service.errors import DocumentNotFound
from qa_service.indexing.engine.store_cache import Kept

BLUE, RED = make_document(prose(300), "blue", date="2020"), make_document(prose(90), "red")


class Shelf:
    """Gives the length of each word, and notes which words it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def lengths(self, words):
        self.asked += words
        return {word: len(word) for word in words}


def test_what_was_asked_for_is_not_loaded_again() -> None:
    shelf = Shelf()
    kept = Kept(shelf.lengths, most=9)
    assert kept.of(["oak", "birch", "oak"]) == [3, 5, 3]
    assert kept.of(["birch", "ash"]) == [5, 3]
    assert shelf.asked == ["oak", "birch", "ash"]


def test_of_more_than_are_kept_those_asked_for_last_stay() -> None:
    shelf = Shelf()
    kept = Kept(shelf.lengths, most=2)
    for word in ("oak", "birch", "oak", "ash"):
        kept.of([word])
    shelf.asked.clear()
    assert kept.of(["oak", "ash", "birch"]) == [3, 3, 5]
    assert shelf.asked == ["birch"]


def test_what_cannot_be_loaded_is_not_kept() -> None:
    def lost(words):
        raise DocumentNotFound(words[0])

    kept = Kept(lost, most=2)
    for _ in range(2):
        with pytest.raises(DocumentNotFound):
            kept.of(["oak"])


def test_it_gives_what_the_store_gives(opened_with) -> None:
    opened = opened_with(BLUE, RED)
    store, cache, rows = opened.store, opened.cache, [2, 0, 1]
    for _ in range(2):
        assert cache.passages(rows) == store.passages(rows)
        assert cache.sentences(rows) == store.sentences(rows)
        assert cache.contexts(rows) == store.contexts(rows)
        assert cache.document("red") == store.document("red")
        assert cache.documents(["red", "blue"]) == store.documents(["red", "blue"])


def test_values_are_kept_up_to_their_sizes_together() -> None:
    shelf = Shelf()
    kept = Kept(shelf.lengths, most=8, size=lambda length: length)
    for word in ("birch", "oak", "maple", "oak", "a long one"):
        kept.of([word])
    assert kept.of(["oak"]) == [3]
    assert shelf.asked == ["birch", "oak", "maple", "a long one", "oak"]


def test_documents_and_dates_are_told_from_the_catalogue(opened_with) -> None:
    opened = opened_with(BLUE, RED)
    last = opened.info.passages - 1
    assert opened.dates(np.array([last, 0])) == [None, "2020"]
    both = opened.summaries(["red", "gone", "blue"])
    assert both == list(opened.store.summaries(["red", "blue"]))
