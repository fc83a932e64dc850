"""Plain texts with numbers: rules, contracts and minutes, whose headings are numbered lines."""

from __future__ import annotations

import pytest

RULES = """Rules of the Quay Club

1. Members

   Anybody may join who rows.

2. The Committee

2.1. Powers

   The committee may:
    1. buy boats;
    2. sell boats.

3. Money

   A year costs nine pounds."""


def headings(document) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in document.headings]


def test_numbered_lines_that_stand_alone_are_headings(read) -> None:
    assert headings(read("a.txt", RULES))[1:] == [
        (2, "1. Members"),
        (2, "2. The Committee"),
        (3, "2.1. Powers"),
        (2, "3. Money"),
    ]


def test_what_stands_below_is_not(read) -> None:
    document = read("a.txt", RULES)
    assert "• " not in document.text
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "list_item"] == [
        "1. buy boats;",
        "2. sell boats.",
    ]


def test_a_list_set_wide_apart_is_no_row_of_headings(read) -> None:
    items = "1. Rope\n\n2. Bread\n\n3. Water"
    text = f"What to bring to the quay\n\n{items}\n\nCome at nine in the morning."
    assert headings(read("a.txt", text))[1:] == []


def test_the_title_of_a_numbered_item_is_its_heading(read) -> None:
    text = (
        "The promise of the quay club to all\n\n    1. We hide no faults\n"
        "       We keep the list of all faults of our boats open to everybody at\n"
        "       all times, and write to it at once."
    )
    document = read("a.txt", text)
    assert headings(document)[-1][1] == "1. We hide no faults"
    assert document.text.endswith("open to everybody at all times, and write to it at once.")


def test_a_term_with_its_meaning_set_deeper_is_its_heading(read) -> None:
    text = (
        "States of a boat, as the club names them\n\n   laid-up\n"
        "          out of the water, with her mast and her sails in the\n"
        "          shed of the club.\n"
    )
    document = read("a.txt", text)
    assert headings(document)[-1][1] == "laid-up"
    assert document.text.endswith("her mast and her sails in the shed of the club.")


@pytest.mark.parametrize(
    "words", ["Version 1.9 ratified on March 26th, 2022.", "Version 2, released on 26 March 2022"]
)
def test_the_day_of_a_version_is_the_date_of_its_text(read, words: str) -> None:
    text = f"Rules of the quay\n\n{words}\n\nSupersedes Version 1.8 ratified on January 28th, 2021."
    assert read("a.txt", text).date == "2022-03-26"


def test_a_version_that_was_replaced_dates_nothing(read) -> None:
    text = "Rules of the quay\n\nThis supersedes Version 1.8 ratified on January 28th, 2021."
    assert read("a.txt", text).date is None
