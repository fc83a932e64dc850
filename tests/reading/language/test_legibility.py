"""Whether the letters of a page make words."""

from __future__ import annotations

import pytest

from qa_service.reading.language.legibility import legibility

ENGLISH = "the miller moved to the coast with his family and opened a bakery near the harbour"
GERMAN = (
    "der alte Müller zog mit seiner Familie an die Küste und eröffnete dort eine Bäckerei, die"
    " bis heute von seinen Kindern und auch von deren Freunden geführt wird, wenn sie nicht reisen"
)
TABLE = "Roof repairs 1200 Garden tools 340 Kitchen chairs 88 Window frames 450 Village hall lamps"


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, TABLE], ids=["English", "German", "a table"])
def test_words_of_languages_and_tables_are_legible(text: str) -> None:
    assert legibility([text, text]).known > 0.5


@pytest.mark.parametrize("text", [ENGLISH, GERMAN])
def test_moved_letters_are_not_legible(text: str) -> None:
    moved = "".join(
        chr((ord(sign) - 97 + 7) % 26 + 97) if sign.isalpha() else sign for sign in text
    )
    found = legibility([moved] * 3)
    assert found.known < 0.2
    assert found.garbled_lines == 1.0


def test_of_other_scripts_nothing_is_told() -> None:
    assert (
        legibility(["Мельница была продана приходу осенью того года за триста фунтов"]).known == 1
    )


def test_a_line_or_two_of_names_are_not_garbled() -> None:
    names = "Xaver Brzinsky Ooderwyk Tlaxcotl Wrzesnow Qvistgard"
    assert legibility([ENGLISH, names, names, TABLE]).garbled_lines == 0
