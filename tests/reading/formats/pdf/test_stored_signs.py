"""PDF: what a program stores of a line otherwise than a page shows it."""

from __future__ import annotations

import pytest
from made_pdf_files import make_pdf, with_letters

from qa_service.reading.blocks.word_boxes import quote_boxes


def test_english_keeps_the_hyphen_behind_a_prefix_at_a_line_end(read, pdf) -> None:
    lines = [
        "The warden was re-",
        "elected after an inspec-",
        "tion by non-",
        "resident members, who asked for pre-",
        "existing rules, nonethe-",
        "less open Mon.–",
        "Thurs. of each week.",
    ]
    text = read("a.pdf", pdf(lines)).text
    assert "The warden was re-elected after an inspection by non-resident members" in text
    assert "asked for pre-existing rules, nonetheless open Mon.–Thurs. of each week." in text


def test_numbers_drawn_behind_all_other_text_stand_before_their_items(read) -> None:
    numbers = "BT /F 11 Tf 55 766 Td (1.) Tj ET\nBT /F 11 Tf 55 751 Td (2.) Tj ET"
    drawn = make_pdf(["Fit an alarm.", "Train the staff."], more_content=numbers)
    text = read("a.pdf", drawn).text
    assert " ".join(text.split()) == "1. Fit an alarm. 2. Train the staff."


def test_behind_a_sign_that_is_two_in_utf_16_words_keep_their_places(read) -> None:
    letters = {letter: letter for letter in "abcdefghqw"}
    wide = {"q": "\U0001d465", "w": "\U0001f600"}
    lines = ["qqw abcd efgh"]
    plain = read("a.pdf", with_letters(lines, letters))
    document = read("b.pdf", with_letters(lines, letters | wide))
    assert document.text == "\U0001d465\U0001d465\U0001f600 abcd efgh"
    assert quote_boxes(document, 9, 13) == quote_boxes(plain, 9, 13)


def with_groups(*content: str) -> bytes:
    """A PDF page with a group that is drawn at three hundredths of its ink, as /G gs /X Do."""
    group = "BT /F 12 Tf 72 600 Td (The fee is 99 pounds.) Tj ET"
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency >>"
        f" /Resources << /Font << /F 3 0 R >> >> /Length {len(group)} >>\n"
        f"stream\n{group}\nendstream"
    )
    faint = (
        "/ExtGState << /G << /ca 0.03 >> /H << /ca 0.6 >> >> /XObject << /X 8 0 R >>"
        " /Font << /F 3 0 R /B 4 0 R >>"
    )
    page = make_pdf(
        ["The hall is open."],
        page_entries=f"/Resources << {faint} >>",
        more_content="\n".join(content),
        more=[form],
    )
    return page.replace(b"/Resources << /Font << /F 3 0 R /B 4 0 R >> >> /R", b"/R")


def test_words_that_hardly_shine_through_a_group_are_no_text(read) -> None:
    document = read("a.pdf", with_groups("q /G gs /X Do Q"))
    assert document.text == "The hall is open."
    assert "not to be seen on page 1" in document.extraction.warnings[0]


@pytest.mark.parametrize("place", ["1 0 0 1 0 -200", "0.5 0 0 0.5 0 0", "0 1 -1 0 842 0"])
def test_each_group_is_seen_or_not_by_itself(read, place: str) -> None:
    document = read("a.pdf", with_groups("q /G gs /X Do Q", f"q {place} cm /H gs /X Do Q"))
    assert document.text.count("99 pounds") == 1
    assert document.extraction.warnings
