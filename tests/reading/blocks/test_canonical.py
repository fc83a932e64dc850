"""Canonical text: what stays, what goes, and that doing it twice changes nothing."""

from __future__ import annotations

import random

import pytest

from qa_service.reading import canonical_text


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(line_end: str) -> None:
    assert canonical_text(f"one{line_end}two") == "one\ntwo"


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\ufe0f"])
def test_characters_that_print_nothing_are_removed(invisible: str) -> None:
    assert canonical_text(f"care{invisible}ful") == "careful"


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u2009", "\u3000", "\t", "   ", "\x1f", "\x00", "\x80"]
)
def test_every_blank_is_one_plain_space(blank: str) -> None:
    assert canonical_text(f"two{blank}words") == "two words"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("1998\u00ad2000", "1998-2000"),
        ("12\u200b15 boats", "12 15 boats"),
        ("£320\u200b£410", "£320 £410"),
        ("Fee\u200bCost", "Fee Cost"),
        ("It ended.\u200bThen it began.", "It ended. Then it began."),
        ("open \u00ad closed", "open - closed"),
        ("dormi\u00ad\ntory", "dormitory"),
        ("gate\u200bhouse", "gatehouse"),
        ("https:/\u200b/quay.example", "https://quay.example"),
    ],
)
def test_signs_of_no_width_never_join_words_or_numbers(raw: str, shown: str) -> None:
    assert canonical_text(raw) == shown


def test_letters_are_composed_even_across_something_removed() -> None:
    assert canonical_text("cafe\u200b\u0301") == "café"


def test_paragraphs_are_one_empty_line_apart() -> None:
    assert canonical_text("  \n\none  \n \n\n\ntwo\n") == "one\n\ntwo"


def test_indentation_inside_a_text_is_kept() -> None:
    assert canonical_text("list\n  • nested") == "list\n  • nested"


def test_bullets_of_symbol_fonts_become_bullets() -> None:
    assert canonical_text("\uf0b7 item") == "• item"


def test_lone_surrogates_cannot_break_an_encoder() -> None:
    canonical_text("a\ud800b").encode("utf-8")


def test_very_long_runs_of_blanks_take_no_time() -> None:
    assert canonical_text("one\n" + " " * 1_000_000 + "two").endswith("two")


def test_canonical_text_is_its_own_canonical_text() -> None:
    source = random.Random(7)
    points = [
        *range(0x2100),
        *range(0xFE00, 0x10000),
        *range(0xD7F0, 0xE010),
        *range(0x1F300, 0x1F400),
    ]
    for _ in range(400):
        once = canonical_text("".join(chr(source.choice(points)) for _ in range(60)))
        assert canonical_text(once) == once
