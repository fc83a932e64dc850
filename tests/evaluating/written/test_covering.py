"""How much of a stretch quotes hold."""

from __future__ import annotations

import pytest

from qa_service.evaluating.written.covering import covered_share, is_covered, letters


def covered(stretch: str, *quotes: str) -> bool:
    return is_covered(stretch, [letters(quote) for quote in quotes])


def test_blanks_signs_and_case_do_not_count() -> None:
    assert covered("Lead inspector: Ann Lee, HMI", "LEAD INSPECTOR\n• Ann Lee – HMI, of Hull")


def test_two_quotes_hold_a_stretch_together() -> None:
    first, second = "Records are kept for seven years.", "They are then burned in the yard."
    assert covered(f"{first} {second}", second, first)
    assert not covered(f"{first} {second}", first)


def test_a_number_of_a_paragraph_within_a_quote_costs_nothing() -> None:
    stretch = "Improve the records of visits. Meet the families every month."
    assert covered(stretch, "Improve the records of visits.\n2. Meet the families every month.")


def test_a_short_stretch_must_stand_whole() -> None:
    assert covered("Good", "Overall: Good")
    assert not covered("Good", "goo")


def test_half_a_stretch_is_half_covered() -> None:
    stretch = "abcdefghijklmnopqrst zyxwvutsrqponmlkjihg"
    assert covered_share(stretch, [stretch[:20]]) == pytest.approx(0.5)


def test_a_row_may_be_told_with_its_heads() -> None:
    assert covered("Slope | 2 %", "Item: Slope; Value: 2 %")
    assert not covered("Slope | 3 %", "Item: Slope; Value: 2 %")
