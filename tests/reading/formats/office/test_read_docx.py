"""Word files: body order, lists, tables and properties."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


@pytest.fixture
def word() -> WordDocument:
    return docx.Document()


def saved(word: WordDocument) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def add(word: WordDocument, markup: str) -> None:
    """Puts elements of Word's own markup at the end of a document."""
    body = parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")
    place = word.add_paragraph()._p
    for element in list(body):
        place.addprevious(element)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_keep_their_order(read, word: WordDocument) -> None:
    word.add_paragraph("Before.")
    table = word.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells],
        ["School", "Grade", "North", "Good"],
        strict=True,
    ):
        cell.text = text
    word.add_paragraph("After.")
    expected = "Before.\n\nSchool | Grade\nSchool: North; Grade: Good\n\nAfter."
    assert read("a.docx", saved(word)).text == expected


def test_lists_and_headings_are_told_by_their_styles(read, word: WordDocument) -> None:
    word.add_heading("Strengths", 2)
    word.add_paragraph("reading", style="List Bullet")
    word.add_paragraph("sums", style="List Bullet")
    document = read("a.docx", saved(word))
    assert document.text == "Strengths\n\n• reading\n• sums"
    assert document.headings[0].level == 2


def test_properties_give_title_author_and_at_last_the_date(read, word: WordDocument) -> None:
    word.core_properties.title = "Harbour schools"
    word.core_properties.author = "A. Writer"
    word.core_properties.created = datetime(2019, 3, 5, tzinfo=UTC)
    word.add_paragraph("Words.")
    document = read("a.docx", saved(word))
    assert (document.title, document.date) == ("Harbour schools", "2019-03-05")
    assert document.metadata["date_source"] == "document properties"


def test_the_date_of_the_empty_template_dates_nothing(read, word: WordDocument) -> None:
    word.add_paragraph("Words.")
    assert read("a.docx", saved(word)).date is None


def test_a_heading_below_the_sixth_level_is_of_the_sixth(read, word: WordDocument) -> None:
    word.add_heading("Strengths", 9)
    assert read("a.docx", saved(word)).headings[0].level == 6


def test_tracked_changes_are_read_as_accepted(read, word: WordDocument) -> None:
    deleted = "<w:del><w:r><w:delText>four </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('away ')}</w:moveFrom><w:moveTo>{run('here ')}</w:moveTo>"
    inserted = f"<w:ins>{run('five ')}</w:ins>"
    add(word, f"<w:p>{run('Inspectors saw ')}{deleted}{inserted}{moved}{run('schools.')}</w:p>")
    assert read("a.docx", saved(word)).text == "Inspectors saw five here schools."


def test_content_controls_give_what_they_hold_in_its_place(read, word: WordDocument) -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Harbour')}</w:sdtContent></w:sdt>"
    block = f"<w:p>{run('Inside ')}{inline}{run('.')}</w:p>"
    nested = f"<w:sdt><w:sdtContent>{block}</w:sdtContent></w:sdt>"
    word.add_paragraph("Before.")
    add(word, f"<w:sdt><w:sdtContent>{nested}</w:sdtContent></w:sdt>")
    word.add_paragraph("After.")
    assert read("a.docx", saved(word)).text == "Before.\n\nInside Harbour.\n\nAfter."


def test_prompts_and_the_table_of_contents_are_no_text(read, word: WordDocument) -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    for properties in (gallery, "<w:showingPlcHdr/>"):
        content = f"<w:sdtContent><w:p>{run('Click here')}</w:p></w:sdtContent>"
        add(word, f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt>")
    word.add_paragraph("Words.")
    assert read("a.docx", saved(word)).text == "Words."


def test_links_fields_tabs_and_breaks_keep_words_whole_and_apart(read, word: WordDocument) -> None:
    link = f'<w:hyperlink w:anchor="a">{run("the report")}</w:hyperlink>'
    field = f'<w:fldSimple w:instr="PAGE">{run(" of 2020")}</w:fldSimple>'
    add(
        word,
        f"<w:p>{run('See')}<w:r><w:tab/></w:r>{link}{field}<w:r><w:br/></w:r>{run('now')}</w:p>",
    )
    assert " ".join(read("a.docx", saved(word)).text.split()) == "See the report of 2020 now"


def test_rows_and_cells_in_content_controls_are_read(read, word: WordDocument) -> None:
    cells = [f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("North", "Good")]
    controlled = f"<w:sdt><w:sdtContent>{cells[1]}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cells[0]}{controlled}</w:tr></w:sdtContent></w:sdt>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cells[0]}{cells[0]}</w:tr>"
    add(
        word, f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{gone}{row}</w:tbl>"
    )
    assert read("a.docx", saved(word)).text == "North | Good"


def test_a_text_box_follows_its_paragraph(read, word: WordDocument) -> None:
    box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
    add(word, f"<w:p>{run('Around it.')}<w:r><w:pict>{box}</w:pict></w:r></w:p>")
    assert read("a.docx", saved(word)).text == "Around it.\n\nIn the box."


def test_a_table_inside_a_cell_is_part_of_the_cell(read, word: WordDocument) -> None:
    cell = word.add_table(1, 1).rows[0].cells[0]
    cell.text = "Grades:"
    cell.add_table(1, 1).rows[0].cells[0].text = "Good"
    assert read("a.docx", saved(word)).text == "Grades: Good"
