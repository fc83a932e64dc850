"""PDF: paragraphs over lines and pages, headings, lists, running lines, titles."""

from __future__ import annotations

import threading
import time

import pytest

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.pdf_blocks import to_blocks
from qa_service.reading.formats.pdf_lines import Line
from qa_service.reading.formats.pdf_looks import looks_of

WIDE = "Inspectors visited four schools in the harbour district during the spring and"
ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]"
)


def test_lines_of_a_paragraph_are_joined(read, pdf) -> None:
    document = read("a.pdf", pdf([WIDE, "found good work.", "", "A second paragraph."]))
    assert document.text == f"{WIDE} found good work.\n\nA second paragraph."


def test_a_sentence_runs_on_over_a_page_break_and_its_footer(read, pdf) -> None:
    pages = [[WIDE], ["found good work.", "", "Then they left."]]
    document = read("a.pdf", pdf(*pages, footer="Harbour report, page #"))
    assert document.text == f"{WIDE} found good work.\n\nThen they left."
    assert document.text[document.pages[1].start :].startswith("found good work.")


def test_a_page_without_text_is_an_empty_span(read, pdf) -> None:
    document = read("a.pdf", pdf(["First page."], [], ["Third page."]))
    assert document.pages[1].start == document.pages[1].end
    assert document.extraction.pages_without_text == (2,)


def test_words_divided_at_line_ends_are_put_together(read, pdf) -> None:
    lines = [
        "The work of inspectors and of multi-agency teams is described below. The inspec-",
        "tors met twice, and each multi-",
        "agency team was there.",
    ]
    text = read("a.pdf", pdf(lines)).text
    assert "The inspectors met" in text
    assert "each multi-agency team" in text


def test_bullets_are_one_item_each(read, pdf) -> None:
    lines = ["Findings:", f"• {WIDE}", "found good work", "• Plans are shared"]
    assert (
        read("a.pdf", pdf(lines)).text
        == f"Findings:\n\n• {WIDE} found good work\n• Plans are shared"
    )


def test_larger_and_bold_lines_are_headings(read, pdf) -> None:
    lines = [
        ("Harbour", 24, False),
        "",
        WIDE,
        "found work.",
        "",
        ("Grades", 11, True),
        "Good work.",
    ]
    headings = read("a.pdf", pdf(lines)).headings
    assert [(heading.level, heading.text) for heading in headings] == [
        (1, "Harbour"),
        (2, "Grades"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "is_heading"),
    [
        ("Judgement", "Grade", False),
        ("1. Children who need help", "Good", False),
        ("1.", "Children who need help", True),
    ],
)
def test_a_bold_row_of_cells_is_no_heading(
    read, pdf, left: str, right: str, is_heading: bool
) -> None:
    row = (left + " " * 40 + right, 11, True)
    document = read("a.pdf", pdf([WIDE, "found work.", "", row, "", WIDE]))
    assert bool(document.headings) == is_heading


def test_a_short_printed_title_takes_the_heading_below_it(read, pdf) -> None:
    lines = [("Harbour", 24, False), ("Inspection of schools", 16, True), "", WIDE, "found work."]
    assert read("a.pdf", pdf(lines, title="draft v2")).title == "Harbour: Inspection of schools"


def test_a_declared_title_counts_where_the_page_shows_its_words(read, pdf) -> None:
    lines = ["Inspection of harbour schools", "", WIDE, "found work."]
    assert read("a.pdf", pdf(lines, title="Harbour schools")).title == "Harbour schools"


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "report final.docx", "Draft report"])
def test_titles_that_nobody_chose_do_not_count(read, pdf, title: str) -> None:
    assert read("harbour.pdf", pdf([WIDE, "found work."], title=title)).title == "Harbour"


def test_the_creation_date_is_the_last_resort(read, pdf) -> None:
    assert read("a.pdf", pdf(["Words."])).date == "2019-03-05"
    assert read("a.pdf", pdf(["Published: 4 May 2020"])).date == "2020-05-04"


def test_an_encrypted_pdf_says_so(read, pdf) -> None:
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read("a.pdf", pdf(["Words."], trailer=ENCRYPTED))


def test_a_scan_says_that_it_has_no_text(read, pdf) -> None:
    with pytest.raises(UnreadableDocument, match="no text on pages 1-2"):
        read("a.pdf", pdf([], []))


def test_pdfs_can_be_read_by_several_threads(read, pdf) -> None:
    texts: list[str] = []
    file = pdf(*[[f"Page {word}", "", WIDE] for word in ("one", "two", "three")])
    threads = [
        threading.Thread(target=lambda place=place: texts.append(read(f"{place}.pdf", file).text))
        for place in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 4
    assert len(set(texts)) == 1


def seconds_for(pages: int) -> float:
    """How long a paragraph takes that runs on over so many pages; the best of three."""
    lines = [
        Line(WIDE, page, 11.0, False, 72, 500, 780 - 14 * row, 780 - 14 * row, 0.5, False)
        for page in range(pages)
        for row in range(50)
    ]
    looks = looks_of(lines)
    times = []
    for _ in range(3):
        start = time.process_time()
        assert len(to_blocks(lines, looks)) == 1
        times.append(time.process_time() - start)
    return min(times)


def test_a_paragraph_eight_times_as_long_takes_about_eight_times_as_long() -> None:
    seconds_for(1)
    assert seconds_for(64) < 24 * seconds_for(8)
