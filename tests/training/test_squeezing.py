"""Texts compared by their letters and digits."""

from __future__ import annotations

from squeezing import Squeezed, squeeze

TEXT = "1. The “Fee” is\n£13.60 – for all."


def test_only_letters_and_digits_count() -> None:
    assert squeeze(TEXT) == "1thefeeis1360forall"


def test_a_stretch_is_found_whatever_its_marks() -> None:
    start, end = next(Squeezed(TEXT).spans_of("fee is 13-60"))
    assert TEXT[start:end] == "Fee” is\n£13.60"


def test_every_place_is_found() -> None:
    assert len(list(Squeezed("one, two, One").spans_of("ONE"))) == 2


def test_letters_are_counted_between_offsets() -> None:
    assert Squeezed(TEXT).count(0, TEXT.index("is")) == len("1thefee")


def test_a_part_of_a_text_has_offsets_in_the_whole() -> None:
    assert list(Squeezed("one two one", 4).spans_of("one")) == [(8, 11)]


def test_a_row_is_found_by_its_cells_in_order() -> None:
    table = "Pay from 2024\nCrew: 3. Rank: Deckhand. Hourly: £13.60\nCrew: 4. Rank: Mate"
    squeezed = Squeezed(table)
    row = squeezed.row_of("3 | Deckhand | £13.60", table)
    assert row
    assert table[slice(*squeezed.span(*row))] == "3. Rank: Deckhand. Hourly: £13.60"
    assert squeezed.row_of("3 | Mate", table) is None
