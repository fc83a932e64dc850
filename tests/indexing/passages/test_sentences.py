"""Sentences: where they begin and end, and that nothing falls between them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from made_texts import uncovered

from qa_service.indexing.passages import sentence_ends
from qa_service.indexing.passages.sentences import sentence_spans

PIECES = [
    *("Inspectors", "found", "e.g.", "Mr.", "No.", "3.5", "1.", "a)", "•", "-", "…", "?!", "😀"),
    *("“Yes.”", "(see fig. 2).", "été.", "ʼ", "p.m.", ". ", "\n", "\n\n", "  ", " ", "ﬁ", "日本。"),
]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Smith met Mr. Jones at 3 p.m. on Monday.", "They agreed."],
        ["Costs, e.g. rent, rose.", "See fig. 2 below."],
        ["The share rose by 3.5 per cent.", "Then it fell."],
        ["The plans were good.", "No. 10 was first."],
        ["(The plans were good.", "Number two was first.)"],
        ["“We act. We learn.”", "He left."],
        ["What did inspectors find?", "Plenty!", "All of it was good."],
        ["😀😀 The first one.", "A second one 😀.", "The third."],
    ],
)
def test_a_line_is_cut_where_its_sentences_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("bullet", ["•", "-", "1.", "a)", "(3)"])
def test_a_list_marker_stays_with_its_item(bullet: str) -> None:
    item = f"{bullet} Staff answer promptly."
    assert sentences(f"{item} They listen.")[0].startswith(item)


def test_a_full_stop_between_spaces_ends_a_sentence() -> None:
    expected = ["it is the number m .", "when contributions count ."]
    assert sentences(" ".join(expected)) == expected


def test_a_line_never_joins_the_next() -> None:
    assert sentences("The summary\nof the report") == ["The summary", "of the report"]


def test_only_the_stretch_that_is_asked_for_is_cut() -> None:
    text = "Before it. Inside it. After it."
    assert sentence_spans(text, 11, 21) == [(11, 21)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


def test_sentences_of_any_text_cover_it_in_order_without_blank_ends() -> None:
    chance = random.Random(1)
    for _ in range(500):
        text = " ".join(chance.choices(PIECES, k=chance.randint(1, 20)))
        spans = sentence_spans(text)
        flat = [place for span in spans for place in span]
        assert flat == sorted(flat), text
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans), text
        assert uncovered(text, spans) == "", text


HARD = [
    line.split(" | ")
    for line in (Path(__file__).parent / "hard_sentence_ends.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("expected", HARD, ids=lambda parts: " ".join(parts))
def test_hard_sentence_ends(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_the_hard_sentence_ends_are_more_than_three_hundred() -> None:
    assert len({tuple(parts) for parts in HARD}) > 300


@pytest.mark.parametrize("mark", ["“", "«", "`", "‘", '"', "(", "“Aa bb. "])
def test_marks_never_closed_cost_no_more_than_their_number(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, given = sentence_ends.sentencex.get_sentence_boundaries, []
    monkeypatch.setattr(
        sentence_ends.sentencex,
        "get_sentence_boundaries",
        lambda language, text: given.append(len(text)) or library(language, text),
    )
    costs = []
    for copies in (4_000, 8_000):
        given.clear()
        sentence_spans(f"{mark}word and " * copies)
        costs.append(sum(length**2 for length in given))  # the library's worst
    assert costs[1] < 2.2 * costs[0]


def test_a_stop_that_begins_a_word_ends_no_sentence() -> None:
    text = "Send lists of boats as .CSV or .ODS files. Others are sent back."
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        "Send lists of boats as .CSV or .ODS files.",
        "Others are sent back.",
    ]
