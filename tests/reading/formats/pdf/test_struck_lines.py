"""PDF: words that a line strikes out are no text; underlines, rules and borders strike nothing."""

from __future__ import annotations

import pytest

FERRY = "BT /F 12 Tf 72 600 Td (The ferry costs 4 pounds, and 5 on Sundays.) Tj ET\n"
OLD = (157, 208)
"""Where "4 pounds" begins and ends on its line in Helvetica."""
WITHOUT = "The ferry costs and 5 on Sundays."
WHOLE = "The ferry costs 4 pounds, and 5 on Sundays."


def read_drawn(read, pdf, content: str, **more: object):
    return read("a.pdf", pdf([], more_content=content, **more))


def line(left: float, right: float, height: float, ink: str = "0 G 1 w") -> str:
    return f"{ink} {left} {height} m {right} {height} l S\n"


@pytest.mark.parametrize(
    "strike",
    [
        line(*OLD, 603.5),
        "0 g 157 603 51 1 re f\n",
        "1 0 0 rg 157 603 51 .6 re f 0 g\n",
        line(*OLD, 602.5) + line(*OLD, 604.5),
    ],
    ids=["a line", "a thin rectangle", "a red one", "a double line"],
)
@pytest.mark.parametrize("last", [True, False], ids=["drawn after", "drawn before"])
def test_struck_out_words_are_no_text_and_are_told(read, pdf, strike: str, last: bool) -> None:
    document = read_drawn(read, pdf, FERRY + strike if last else strike + FERRY)
    assert document.text == WITHOUT
    assert document.extraction.warnings == ("struck-out text on page 1 was not read: 2 words",)


@pytest.mark.parametrize(
    "drawn",
    [
        line(*OLD, 598.5),
        line(*OLD, 609.5),
        line(20, 575, 603.5),
        line(*OLD, 603.5, "1 G 1 w"),
        "0.9 1 0.9 rg 157 596 51 12 re f 0 g\n",
        "157 596 51 12 re S\n",
        line(*OLD, 603.5) + "1 g 150 595 80 14 re f 0 g\n",
    ],
    ids=[
        *("an underline", "a line above", "a line across the page", "white on white"),
        *("a marker", "a frame", "a line painted over"),
    ],
)
def test_other_lines_strike_nothing_out(read, pdf, drawn: str) -> None:
    assert read_drawn(read, pdf, drawn + FERRY).text == WHOLE


def test_of_a_word_struck_out_in_part_the_rest_stays(read, pdf) -> None:
    colour = "BT /F 12 Tf 72 600 Td (The colour of the ferry is red.) Tj ET\n"
    document = read_drawn(read, pdf, colour + line(118, 124.7, 603.5))
    assert document.text == "The color of the ferry is red."


@pytest.mark.parametrize(("flags", "text"), [(4, WITHOUT), (2, WHOLE)], ids=["shown", "hidden"])
def test_words_that_a_mark_strikes_out_are_no_text(read, pdf, flags: int, text: str) -> None:
    mark = (
        "<< /Type /Annot /Subtype /StrikeOut /Rect [157 597 208 611]"
        f" /QuadPoints [157 611 208 611 157 597 208 597] /F {flags} >>"
    )
    document = read_drawn(read, pdf, FERRY, page_entries="/Annots [8 0 R]", more=[mark])
    assert document.text == text


def test_a_line_struck_out_on_a_turned_page_is_no_text(read, pdf) -> None:
    turned = "q 0 1 -1 0 700 0 cm\n" + FERRY + line(*OLD, 603.5) + "Q\n"
    assert read_drawn(read, pdf, turned, page_entries="/Rotate 90").text == WITHOUT
