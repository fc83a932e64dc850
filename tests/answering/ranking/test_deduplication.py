"""Near-duplicates are shown once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from fakes import make_passage
from made_texts import prose

from qa_service.answering.ranking.deduplication import fold

TEXT = prose(100)


def folded(
    *texts: str, dates: Sequence[str | None] | None = None, limit: int = 9, overlap: float = 0.9
) -> list[tuple[int, list[int]]]:
    """Rows of what is kept, each with the rows folded into it."""
    passages = [make_passage(text, row) for row, text in enumerate(texts)]
    dated = zip(passages, dates or [None] * len(texts), strict=True)
    groups = fold(dated, limit, overlap)
    return [(group.passage.row, [twin.row for twin in group.twins]) for group in groups]


def test_the_first_of_its_kind_stays_and_order_is_kept() -> None:
    assert folded("A b c d.", TEXT, "a B c d", TEXT) == [(0, [2]), (1, [3])]


def test_one_other_word_in_a_hundred_is_nearly_the_same() -> None:
    assert folded(TEXT, TEXT + " Indeed.") == [(0, [1])]


def test_a_passage_and_its_first_half_are_not_the_same() -> None:
    assert folded(TEXT, TEXT[: len(TEXT) // 2]) == [(0, []), (1, [])]


def test_the_same_words_in_another_order_are_not_the_same() -> None:
    assert folded("one two three four", "four three two one") == [(0, []), (1, [])]


@pytest.mark.parametrize("text", ["one", "one two", "…"])
def test_texts_too_short_for_triples_are_compared_whole(text: str) -> None:
    assert folded(text, text, "three") == [(0, [1]), (2, [])]


@pytest.mark.parametrize(("overlap", "kept"), [(0.5, 1), (0.51, 2)])
def test_overlap_is_the_share_of_common_triples(overlap: float, kept: int) -> None:
    # Triples: abc bcd cde | bcd cde def: two of four are common.
    assert len(folded("a b c d e", "b c d e f", overlap=overlap)) == kept


def test_a_passage_that_lacks_a_tenth_of_another_is_still_the_same_at_nine_tenths() -> None:
    longer = "one two three four five six seven eight nine ten eleven twelve"
    assert folded(longer, longer.removesuffix(" twelve"), overlap=0.9) == [(0, [1])]


def test_the_same_words_of_another_date_are_kept_apart() -> None:
    dates = ["2016", "2023-05-24", "2016"]
    assert folded(TEXT, TEXT, TEXT, dates=dates) == [(0, [2]), (1, [])]


def test_no_more_is_read_than_fills_the_limit() -> None:
    dated = ((make_passage(text, row), None) for row, text in enumerate(["one", "two", "three"]))
    assert len(fold(dated, 2, 0.9)) == 2
    assert next(dated)[0].text == "three"


def test_nothing_folds_to_nothing() -> None:
    assert fold([], 5, 0.9) == []
