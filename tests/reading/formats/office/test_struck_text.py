"""Office files: words struck out, or deleted in a tracked change, are no text, and are told."""

from __future__ import annotations

from io import BytesIO

import docx
import pptx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Inches
from test_read_open_document import package, text_cell, text_file

LINE = (
    '<style:style style:name="S" style:family="text"><style:text-properties '
    'style:text-line-through-style="{0}"/></style:style>'
)


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def slide_with(*runs: tuple[str, str]) -> bytes:
    """A slide with a line of runs, each with the sign of its strike."""
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    paragraph = slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame.paragraphs[0]
    for words, strike in runs:
        run = paragraph.add_run()
        run.text = words
        run.font._element.set("strike", strike)
    return saved(slides)


@pytest.mark.parametrize("strike", ["sngStrike", "dblStrike"])
def test_struck_out_words_of_a_slide_are_no_text(read, strike: str) -> None:
    document = read(
        "a.pptx", slide_with(("The ferry costs ", "noStrike"), ("4 ", strike), ("5.", "noStrike"))
    )
    assert document.text == "The ferry costs 5."
    assert document.extraction.warnings == ("struck-out text on slide 1 was not read: 1 word",)


@pytest.mark.parametrize(
    ("line", "words"), [("solid", "The ferry costs 5."), ("none", "The ferry costs 4 5.")]
)
def test_struck_out_words_of_an_open_document_are_no_text(read, line: str, words: str) -> None:
    struck = '<text:p>The ferry costs <text:span text:style-name="S">4 </text:span>5.</text:p>'
    document = read("a.odt", text_file(struck, LINE.format(line)))
    assert document.text == words
    told = "struck-out text was not read: 1 word" in document.extraction.warnings
    assert told == (line == "solid")


def test_deleted_words_of_an_open_document_are_no_text(read) -> None:
    info = '<office:change-info><dc:creator xmlns:dc="d">Ann Lee</dc:creator></office:change-info>'
    kept = f"<text:deletion>{info}<text:p>It sinks often.</text:p></text:deletion>"
    changes = f'<text:tracked-changes><text:changed-region text:id="c1">{kept}'
    changes += "</text:changed-region></text:tracked-changes>"
    body = changes + '<text:p>The ferry<text:change text:change-id="c1"/> sails.</text:p>'
    document = read("a.odt", text_file(body))
    assert document.text == "The ferry sails."
    assert "deleted text was not read: 3 words" in document.extraction.warnings


def test_deleted_words_of_a_word_file_are_no_text(read) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The ferry sails.")
    run = "<w:r><w:delText>It sinks often.</w:delText></w:r>"
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='A'>{run}</w:del>"))
    document = read("a.docx", saved(word))
    assert document.text == "The ferry sails."
    assert document.extraction.warnings == ("deleted text was not read: 3 words",)


def test_struck_out_cells_and_words_of_a_workbook_are_no_text(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, struck = book.add_worksheet("Fees"), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Boat", "Fee", "Deposit"])
        sheet.write_row(1, 0, ["Dinghy", 320])
        sheet.write(1, 2, 90, struck)
        sheet.write_row(2, 0, ["Punt"])
        sheet.write_rich_string(2, 1, "from ", struck, "40 ", "45 pounds")
        sheet.write(2, 2, 10)
    document = read("a.xlsx", file.getvalue())
    assert document.text.endswith(
        "Boat: Dinghy; Fee: 320\nBoat: Punt; Fee: from 45 pounds; Deposit: 10"
    )
    assert document.extraction.warnings == ("struck-out text of sheet Fees was not read: C2, B3",)


def test_struck_out_cells_and_words_of_an_open_sheet_are_no_text(read) -> None:
    half = text_cell('from <text:span text:style-name="S">40 </text:span>45 pounds')
    whole = text_cell("90", 'table:style-name="S"')
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            map(text_cell, ("Boat", "Fee", "Deposit")),
            (text_cell("Punt"), half, text_cell("10")),
            (text_cell("Dinghy"), text_cell("320"), whole),
        )
    )
    sheets = (
        f'<office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet>'
    )
    document = read("a.ods", package("spreadsheet", sheets, LINE.format("solid")))
    assert document.text.endswith(
        "Boat: Punt; Fee: from 45 pounds; Deposit: 10\nBoat: Dinghy; Fee: 320"
    )
    assert document.extraction.warnings == ("struck-out text of sheet T was not read: B2, C3",)
