"""Words as the keyword index sees them."""

from __future__ import annotations

import pytest

from qa_service.stems import placed_terms, terms


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("the Café of Zoë Müller", "the cafe of Zoe Muller"),
        ("Łódź, Ærø and Señor Núñez’s façade", "Lodz, Aero and Senor Nunez's facade"),
        ("anti‑social re‐use – long-term", "anti-social re-use - long–term"),
    ],
)
def test_accents_and_kinds_of_hyphens_make_no_difference(written: str, typed: str) -> None:
    assert terms(written) == terms(typed)


def test_a_word_keeps_its_place_though_its_stem_has_no_accent() -> None:
    assert placed_terms("a façade") == [("facad", 2, 8)]
