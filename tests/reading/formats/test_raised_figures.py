"""Raised figures are notes or powers in every format, never digits of the figure before them."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from made_files import book

from qa_service.stems import terms

RTF = r"{\rtf1\ansi It costs 320{\super 1} pounds for 118\up6 2\up0  berths.\par}"
MARKDOWN = "It costs 320<sup>1</sup> pounds for 118<sup>2</sup> berths.\n"
HTML = (
    "<p>It costs 320<sup>1</sup> pounds for 118"
    '<span style="vertical-align: super">2</span> berths.</p>'
)


MAIL = f"Subject: Fees\nContent-Type: text/html\n\n{HTML}"


@pytest.mark.parametrize(("name", "source"), [("a.eml", MAIL), ("a.epub", book(HTML))])
def test_raised_figures_within_mails_and_books_are_written_as_such(read, name, source) -> None:
    assert "It costs 320¹ pounds for 118² berths." in read(name, source).text


@pytest.mark.parametrize(("name", "source"), [("a.rtf", RTF), ("a.md", MARKDOWN), ("a.html", HTML)])
def test_raised_figures_are_written_as_such(read, name: str, source: str) -> None:
    assert read(name, source).text == "It costs 320¹ pounds for 118² berths."


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.rtf", r"{\rtf1\ansi Due on the 1{\super st} of May: 320{\super a} pounds.\par}"),
        ("a.md", "Due on the 1<sup>st</sup> of May: 320<sup>a</sup> pounds.\n"),
        ("a.html", "<p>Due on the 1<sup>st</sup> of May: 320<sup>a</sup> pounds.</p>"),
    ],
)
def test_the_letter_of_a_note_leaves_its_word_and_an_ordinal_stays(read, name, source) -> None:
    text = read(name, source).text
    assert text == "Due on the 1st of May: 320ᵃ pounds."
    assert {"1st", "320"} <= set(terms(text))


def test_raised_figures_within_a_cell_are_written_as_such(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, high = book.add_worksheet("Fees"), book.add_format({"font_script": 1})
        sheet.write_row(0, 0, ["Boat", "Fee"])
        sheet.write(1, 0, "Dinghy")
        sheet.write_rich_string(1, 1, "320", high, "1", " pounds")
    assert "Boat: Dinghy; Fee: 320¹ pounds" in read("a.xlsx", file.getvalue()).text


def test_deleted_and_struck_out_words_of_rich_text_are_no_text(read) -> None:
    source = r"{\rtf1\ansi The fee is {\deleted\revauth1 50 }{\b\strike 60 }70.\par}"
    document = read("a.rtf", source)
    assert document.text == "The fee is 70."
    assert set(document.extraction.warnings) == {
        "deleted text was not read: 1 word",
        "struck-out text was not read: 1 word",
    }


def test_notes_of_rich_text_are_read_and_hidden_words_are_told(read) -> None:
    source = (
        r"{\rtf1\ansi{\header Draft}The fee is due in May.{\super\chftn}"
        r"{\footnote{\super\chftn} Half for members.}{\v It is waived.}\par}"
    )
    document = read("a.rtf", source)
    assert document.text == "The fee is due in May.¹\n\n[1] Half for members."
    assert document.extraction.warnings == (
        'the header of the pages was not read: "Draft"',
        "hidden text was not read: 3 words",
    )
