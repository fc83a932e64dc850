"""What goes on from line to line: divided figures, sentences that wait for more."""

from __future__ import annotations

import pytest

from qa_service.reading.blocks.line_ends import divides_a_figure, waits_for_more


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Members rose from 18.", "2% in 2021"),
        ("a baseline of £2.", "75 million a year"),
        ("in 2019-", "20 alone"),
    ],
)
def test_a_figure_that_a_line_divides_is_one(line: str, below: str) -> None:
    assert divides_a_figure(line, below)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("They were aged 18.", "20% left"),
        ("It fell to 18.", "2% of them left"),
        ("It began in 2018.", "2% left"),
        ("It rose to 18.", "2 boats sank"),
    ],
)
def test_a_figure_that_ends_a_sentence_is_not_joined_with_the_next(line: str, below: str) -> None:
    assert not divides_a_figure(line, below)


def test_a_line_waits_for_more_behind_a_word_that_ends_no_sentence() -> None:
    assert waits_for_more("We build a network of 500,000")
    assert waits_for_more("It was opened in")
    assert not waits_for_more("Number of boats 500")
    assert not waits_for_more("It opened in 2019.")


def test_a_sentence_goes_on_below_a_narrow_line_that_ends_with_a_figure(read, pdf) -> None:
    lines = ["We build a network of 500,000", "Posts by 2030 for all of the boats that pass here."]
    assert read("a.pdf", pdf([*lines])).text == " ".join(lines)


def test_the_second_half_of_a_figure_in_small_print_is_no_note(read, pdf) -> None:
    body = ["The mill is open on all days of the week but Mondays."] * 9
    document = read("a.pdf", pdf([*body, ("2% in 2021 was the share.", 8, False)]))
    assert "note" not in {block.kind for block in document.blocks}
