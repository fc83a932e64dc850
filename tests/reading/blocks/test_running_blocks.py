"""Lines that run through the pages of a document are boilerplate; what says something stays."""

from __future__ import annotations

import pytest
from made_pdf_files import PdfLine, make_pdf

SLOGAN = "Putting boats first"


def kinds(document, text: str) -> list[str]:
    return [
        block.kind for block in document.blocks if document.text[block.start : block.end] == text
    ]


def pages(first: str, count: int = 5) -> list[list[PdfLine]]:
    """Pages of different text with the same first line, "#" in it the page's number."""
    said = (
        "The quay is wet.",
        "Ropes are kept dry.",
        "Gulls nest here.",
        "Tides turn twice.",
        "End.",
    )
    return [
        [(first.replace("#", str(n + 1)), 10, False), "", f"{said[n]} Boats lie here."]
        for n in range(count)
    ]


def test_a_slogan_on_every_page_is_boilerplate_and_not_lost(read) -> None:
    document = read("a.pdf", make_pdf(*pages(SLOGAN)))
    assert kinds(document, SLOGAN) == ["boilerplate"] * 5


@pytest.mark.parametrize("first", ["Recommendation #", "Cost: #100 pounds"])
def test_lines_that_differ_by_a_figure_are_no_boilerplate(read, first: str) -> None:
    document = read("a.pdf", make_pdf(*pages(first)))
    said = [kinds(document, first.replace("#", str(number)))[0] for number in range(1, 6)]
    assert "boilerplate" not in said


@pytest.mark.parametrize("first", ["Cost: 4100 pounds", "Visits in 2022"])
def test_what_says_something_on_every_page_is_told_once(read, first: str) -> None:
    found = kinds(read("a.pdf", make_pdf(*pages(first))), first)
    assert found[0] != "boilerplate"
    assert found[1:] == ["boilerplate"] * 4


def test_a_heading_on_every_page_heads_the_first_alone(read) -> None:
    document = read(
        "a.pdf", make_pdf(*([("Safe at sea", 16, True), *page[1:]] for page in pages("")))
    )
    assert [heading.text for heading in document.headings] == ["Safe at sea"]


def test_a_sentence_in_every_foot_is_boilerplate_once(read) -> None:
    footer = "We keep every boat safe."
    assert kinds(read("a.pdf", make_pdf(*pages("#"), footer=footer)), footer) == ["boilerplate"]


def test_a_line_on_few_pages_is_no_boilerplate(read) -> None:
    few = [*pages(SLOGAN, 2), *(page[1:] for page in pages("", 5)[2:])]
    assert "boilerplate" not in kinds(read("a.pdf", make_pdf(*few)), SLOGAN)
