"""PDF: paragraphs over lines and pages, headings, lists, running lines, titles."""

from __future__ import annotations

import threading
import time
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from made_pdf_files import in_two_columns, with_letters

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.word_boxes import quote_boxes
from qa_service.reading.formats.pdf.blocks import to_blocks
from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.formats.pdf.looks import looks_of

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


def test_two_known_words_keep_the_hyphen_at_a_line_end(read, pdf) -> None:
    lines = [
        "The quarry was opened again in the autumn after an inspec-",
        "tion by two geologists, who found the face to be well-",
        "drained and safe, and the digger was driven by the exca-",
        "vator's own sister.",
    ]
    text = read("a.pdf", pdf(lines)).text
    assert "an inspection by two" in text
    assert "to be well-drained and safe" in text
    assert "the excavator's own" in text


def test_a_text_with_hyphens_of_its_own_still_divides_words(read, pdf) -> None:
    lines = [
        "They praised the co-operation of the drivers. The inspec-",
        "tor asked for more co-",
        "operation and forbade re-",
        "entry in the years 2019-",
        "20 and after.",
    ]
    text = read("a.pdf", pdf(lines)).text
    assert "The inspector asked for more co-operation and forbade re-entry" in text
    assert "2019-20 and" in text


def test_a_chain_of_words_keeps_its_hyphens_at_line_ends(read, pdf) -> None:
    lines = [
        "The concert was followed by a fire-",
        "fighter-led walk to the shed of the mother-in-",
        "law of the clerk, whose list is up-to-",
        "date and free, and to the X-",
        "ray room in the Karl-",
        "Marx-Street, where seats cost £10-",
        "£12 and no more.",
    ]
    text = read("a.pdf", pdf(lines)).text
    assert "a fire-fighter-led walk" in text
    assert "the mother-in-law of the clerk, whose list is up-to-date" in text
    assert "the X-ray room in the Karl-Marx-Street, where seats cost £10-£12" in text


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


LEFT = """
Inspectors visited four schools in the spring
and found good work in all of them.
The leaders of the schools know what goes well
and what does not. They have written inspec-
tion plans that staff understand and follow, and
the plans are looked at every month with care.
Parents are glad about this.
""".strip().split("\n")
RIGHT = """
Pupils told inspectors that they feel safe, and
that they know whom to ask for help at school.
The inspection of the harbour school took place
in May, when most of the pupils were there, and
the boats were ready to sail. Some of the older
pupils showed inspectors how they repair boats.
They were proud of it.
""".strip().split("\n")


def test_columns_that_are_stored_across_are_read_one_after_the_other(read) -> None:
    page = in_two_columns(LEFT, RIGHT, above="A line that runs across both columns of this page.")
    text = read("a.pdf", page).text
    assert text.index("Parents are glad") < text.index("Pupils told")
    assert "written inspection plans that staff understand" in text
    assert "They were proud of it." in text[text.index("Pupils told") :]


def test_tables_are_no_columns(read) -> None:
    names = [f"School number {place}" for place in range(9)]
    grades = [f"Good in 20{place} and 20{place + 1}" for place in range(10, 19)]
    text = read("a.pdf", in_two_columns(names, grades)).text
    assert "School number 0 Good in 2010 and 2011" in text


def test_bookmarks_make_headings_of_what_they_name(read, pdf) -> None:
    outline = [
        "<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>",
        "<< /Title (Plain heading) /Parent 8 0 R /Dest [6 0 R /Fit] >>",
    ]
    lines = [WIDE, "found work.", "", "Plain  heading", "", WIDE, "found more work."]
    document = read("a.pdf", pdf(lines, catalog="/Outlines 8 0 R", more=outline))
    assert [(heading.level, heading.text) for heading in document.headings] == [
        (1, "Plain heading")
    ]


LIGATURES = {"A": "\ufb01", "B": "\ufb03"}


def test_ligatures_are_read_as_letters(read) -> None:
    file = with_letters(["a Ane oBce"], {letter: letter for letter in "aneoc"} | LIGATURES)
    assert read("a.pdf", file).text == "a fine office"


def test_pages_know_the_numbers_printed_on_them(read, pdf) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    document = read("a.pdf", pdf(["One."], ["Two."], ["Three."], catalog=labels))
    assert [page.label for page in document.pages] == ["i", "ii", "1"]
    assert [page.label for page in read("b.pdf", pdf(["One."])).pages] == [None]


FIELDS = [
    "<< /Fields [9 0 R 10 0 R] >>",
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU (Name of the school) /V (North)"
    " /Rect [72 500 200 520] >>",
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (empty) /Rect [72 400 200 420] >>",
]


def test_the_fields_of_a_form_are_read_with_their_names(read, pdf) -> None:
    form = pdf(
        ["Visit form."],
        catalog="/AcroForm 8 0 R",
        page_entries="/Annots [9 0 R 10 0 R]",
        more=FIELDS,
    )
    assert read("a.pdf", form).text == "Visit form.\n\nName of the school: North"


def turn_page(page: pdfium.PdfPage, turned: int) -> None:
    """Has viewers turn a page clockwise, and turns its content back, so that it is upright."""
    width, height = page.get_size()
    moves = {0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}
    matrix = pdfium.PdfMatrix().rotate(turned, ccw=True).translate(*moves[turned])
    for item in page.get_objects():
        item.transform(matrix)
    sides = (width, height) if turned in (0, 180) else (height, width)
    page.set_mediabox(0, 0, *sides)
    page.set_rotation(turned)
    page.gen_content()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_reads_as_it_is_shown(read, pdf, turned: int) -> None:
    made = pdfium.PdfDocument(pdf([WIDE, "found good work.", "", "Next paragraph."]))
    turn_page(made[0], turned)
    file = BytesIO()
    made.save(file)
    document = read("a.pdf", file.getvalue())
    assert document.text == f"{WIDE} found good work.\n\nNext paragraph."
    (box,) = quote_boxes(document, 0, len(WIDE))
    assert (box.left, box.top) == pytest.approx((72 / 595, 0.075), abs=0.02)


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
