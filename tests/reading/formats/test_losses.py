"""What is not read of a file is told."""

from __future__ import annotations

from io import BytesIO

import docx
import pptx
import pytest
import xlsxwriter
from made_files import book, workbook
from made_pdf_files import make_pdf
from PIL import Image

from qa_service.reading.formats.office.workbook import document

PICTURE = "q 200 0 0 200 72 300 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q\n"
SIGN = PICTURE.replace("200 0 0 200", "20 0 0 20")


def dot() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    file.seek(0)
    return file


def test_pictures_of_word_files_are_told(read) -> None:
    word, file = docx.Document(), BytesIO()
    word.add_paragraph("The mill is open.")
    word.add_picture(dot())
    word.save(file)
    assert read("a.docx", file.getvalue()).extraction.warnings == ("1 picture not read",)


def test_pictures_on_sheets_are_told_with_what_is_said_of_them(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Mills")
        sheet.write_row(0, 0, ["Mill", "Wheels"])
        options = {"image_data": dot(), "description": "The wheel"}
        sheet.insert_image("D4", "dot.png", options)
    warnings = read("a.xlsx", file.getvalue()).extraction.warnings
    assert warnings == ('1 picture on sheet Mills not read: "The wheel"',)


def test_a_workbook_whose_looks_cannot_be_read_says_so(read, monkeypatch) -> None:
    monkeypatch.setattr(document, "_DETAILS", (lambda _: {}["Mills"],))
    found = read("a.xlsx", workbook({"Mills": [["Mill", "Wheels"], ["North", 2]]}))
    assert found.extraction.warnings == (document.NO_DETAILS % {"error": "KeyError"},)


def test_comments_and_margins_of_word_files_are_told(read) -> None:
    word, file = docx.Document(), BytesIO()
    word.add_comment(word.add_paragraph("The mill is open.").runs, text="Is it?")
    word.sections[0].header.paragraphs[0].text = "Mill trust"
    word.save(file)
    document = read("a.docx", file.getvalue())
    assert document.text == "The mill is open."
    assert document.extraction.warnings == (
        '1 comment not read: "Is it?"',
        'the header of the pages was not read: "Mill trust"',
    )


def test_comments_on_pdf_pages_are_told(read) -> None:
    note = "<< /Type /Annot /Subtype /Text /Contents (Is it?) /Rect [72 500 90 520] >>"
    page = ["The mill is open to all on the days of the market."]
    file = make_pdf(page, page_entries="/Annots [8 0 R]", more=[note])
    assert read("a.pdf", file).extraction.warnings == ('1 comment not read: "Is it?"',)


def test_pictures_of_slides_are_told_with_what_is_said_of_them(read) -> None:
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "The mill"
    picture = slide.shapes.add_picture(dot(), 0, 0)
    picture._element.nvPicPr.cNvPr.set("descr", "Plan of the mill")
    slides.save(file)
    assert read("a.pptx", file.getvalue()).extraction.warnings == (
        '1 picture on slide 1 not read: "Plan of the mill"',
    )


def test_a_sheet_that_is_a_chart_is_read(read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, shown = book.add_worksheet("Costs"), book.add_chartsheet("Picture")
        sheet.write_column(0, 0, [5, 7])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Costs!$A$1:$A$2"})
        chart.set_title({"name": "Costs of the mill"})
        shown.set_chart(chart)
    assert "Costs of the mill" in read("a.xlsx", file.getvalue()).text


def test_pictures_of_pdf_pages_are_told_but_for_small_signs(read) -> None:
    pages = (["The mill is open to all on the days of the market."],)
    assert read("a.pdf", make_pdf(*pages, more_content=SIGN)).extraction.warnings == ()
    assert read("b.pdf", make_pdf(*pages, more_content=PICTURE)).extraction.warnings == (
        "pictures on page 1 were not read",
    )


def test_what_is_not_shown_of_a_book_is_told(read) -> None:
    said = "Boats lie here.<b hidden=''>It sank.</b><img src='a.png' alt='A boat'/>"
    document = read("a.epub", book(said))
    assert document.text.endswith("Boats lie here.")
    assert document.extraction.warnings == (
        "hidden or struck-out text of OPS/b 2.xhtml was not read: 2 words",
        '1 picture on OPS/b 2.xhtml not read: "A boat"',
    )


@pytest.mark.parametrize("mill", ["~~shut~~ open", "<s>shut</s> open", "<del>shut</del> open"])
def test_struck_out_words_of_markdown_are_told(read, mill: str) -> None:
    document = read("a.md", f"The mill is {mill}.")
    assert document.text == "The mill is open."
    assert document.extraction.warnings == ("struck-out text was not read: 1 word",)


def test_pictures_and_objects_of_rich_text_are_told(read) -> None:
    drawn = r"{\*\shppict{\pict\pngblip 89}}{\nonshppict{\pict\wmetafile8 01}}{\object\objemb}"
    document = read("a.rtf", r"{\rtf1\ansi The mill is open." + drawn + r"\par}")
    assert document.extraction.warnings == (
        "1 picture not read",
        "1 object of other programs not read",
    )


@pytest.mark.parametrize(
    ("name", "file", "told"),
    [
        (
            "a.md",
            "The mill is open.\n\n<!-- ask the miller whether this is so -->",
            '1 comment not read: "ask the miller whether this is so"',
        ),
        (
            "a.html",
            "<p>The mill is open.</p><svg><text>Two wheels</text></svg>",
            '1 picture not read: "Two wheels"',
        ),
    ],
)
def test_comments_in_markdown_and_words_of_drawings_are_told(read, name, file, told) -> None:
    document = read(name, file)
    assert document.text == "The mill is open."
    assert document.extraction.warnings == (told,)


def test_scripts_in_markdown_are_no_text(read) -> None:
    assert read("a.md", "<script>\nopen()\n</script>\n\nThe mill.").text == "The mill."


def test_elements_that_say_all_in_attributes_are_records(read) -> None:
    file = '<?xml version="1.0"?><mills><mill name="North" wheels="2"/></mills>'
    assert read("a.xml", file).text == "name: North; wheels: 2"


def test_words_of_a_mails_page_that_its_plain_text_lacks_are_told(read) -> None:
    said = "The mill is open to all on the days of the market from nine to noon."
    parts = [f"text/plain\n\n{said}", f"text/html\n\n<p>{said} Flour costs two pounds a bag.</p>"]
    body = "".join(f"--b\nContent-Type: {part}\n" for part in parts)
    head = "From: Ann\nSubject: Mill\nMIME-Version: 1.0\nContent-Type: multipart/alternative; "
    mail = f'{head}boundary="b"\n\n{body}--b--\n'
    (told,) = read("a.eml", mail).extraction.warnings
    assert told.endswith("was not read, which has 6 words more")
