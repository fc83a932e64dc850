"""PDF: Arabic and Hebrew are read in their order, whatever order a program stores them in."""

from __future__ import annotations

import pytest
from made_pdf_files import with_letters

from qa_service.reading.formats.pdf.signs.bidi import brackets_in_order, reading_order

ALEF, BET, GIMEL = "\u05d0", "\u05d1", "\u05d2"
MEEM, SEEN, NOON = "\u0645", "\u0633", "\u0646"
FATHA, SHADDA = "\u064e", "\u0651"


def as_read(shown: str) -> str:
    """What is written so on a page, from left to right, as it is read."""
    return brackets_in_order("".join(shown[place] for place in reading_order(shown)))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (f".2021 {NOON}{SEEN}", f"{SEEN}{NOON} 2021."),
        (f"{NOON} %12.5 {MEEM}", f"{MEEM} 12.5% {NOON}"),
        (f"{GIMEL} 12.5% {ALEF}", f"{ALEF} 12.5% {GIMEL}"),
        (f"{NOON} 9:30 {MEEM}", f"{MEEM} 9:30 {NOON}"),
        (f"{NOON} 1234-555 {MEEM}", f"{MEEM} 555-1234 {NOON}"),
        (f"{GIMEL} 555-1234 {ALEF}", f"{ALEF} 555-1234 {GIMEL}"),
        (f"{NOON} Office Writer 7 {MEEM}", f"{MEEM} Office Writer 7 {NOON}"),
        (f"{NOON} info@example.org {MEEM}", f"{MEEM} info@example.org {NOON}"),
        (f".(4 {SEEN}) {MEEM}", f"{MEEM} ({SEEN} 4)."),
        (f".)4 {SEEN}( {MEEM}", f"{MEEM} ({SEEN} 4)."),
        (f"the word {BET}{ALEF} is short", f"the word {ALEF}{BET} is short"),
        ("no such word (4) here", "no such word (4) here"),
    ],
)
def test_a_line_is_read_in_its_order(shown: str, text: str) -> None:
    assert as_read(shown) == text


def test_a_bracket_that_ends_on_the_next_line_opens_on_this_one() -> None:
    assert as_read(f"{SEEN}) {MEEM}") == f"{MEEM} ({SEEN}"


def test_words_that_are_stored_from_the_left_are_read_from_the_right(read) -> None:
    drawn = with_letters(["cba 2021 fed"], dict(zip("abcdef", "ابتسشم", strict=True)) | FIGURES)
    assert read("a.pdf", drawn).text == "سشم 2021 ابت"


def test_marks_stay_with_the_letter_that_they_stand_on(read) -> None:
    drawn = with_letters(["cxb ya"], {"a": MEEM, "b": SEEN, "c": NOON, "x": FATHA, "y": SHADDA})
    assert read("a.pdf", drawn).text == f"{MEEM}{SHADDA} {SEEN}{FATHA}{NOON}"


def test_lines_of_a_paragraph_from_right_to_left_are_joined(read) -> None:
    letters = dict(zip("abc", f"{MEEM}{SEEN}{NOON}", strict=True)) | {".": "."}
    drawn = with_letters(["abc cba abc cba", "abc cba abc", ".cba abc"], letters)
    words = f"{NOON}{SEEN}{MEEM}", f"{MEEM}{SEEN}{NOON}"
    first, second = words
    assert f"{second} {first} {second} {first}" in read("a.pdf", drawn).text


FIGURES = {figure: figure for figure in "0123456789"}
