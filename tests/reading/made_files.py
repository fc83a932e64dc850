"""Small files of every format, made with the libraries that write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
import odfdo
import pptx
import pypdfium2 as pdfium
import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE


def word_file() -> bytes:
    word, file = docx.Document(), BytesIO()
    word.add_heading("Harbour", 1)
    word.add_paragraph("Some\u00a0words.\nAnd more.")
    word.add_paragraph("first", style="List Bullet")
    word.save(file)
    return file.getvalue()


def zip_file(files: Mapping[str, bytes | str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def open_document_text() -> bytes:
    text, file = odfdo.Document("text"), BytesIO()
    text.body.clear()
    text.body.append(odfdo.Header(1, "Harbour"))
    paragraph = odfdo.Paragraph("Boats sail.")
    paragraph.insert_note(after="Boats", note_id="n1", citation="1", body="All of them.")
    text.body.append(paragraph)
    text.body.append(odfdo.List(["first", "second"]))
    table = odfdo.Table("Grades")
    for row in (["School", "Grade"], ["North", "Good"]):
        table.append_row(odfdo.Row())
        table.set_row_values(table.height - 1, row)
    text.body.append(table)
    text.save(file)
    return file.getvalue()


def presentation() -> bytes:
    """Two slides: text, a table and notes on the first, nothing on the second."""
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "Harbour"
    body = slide.placeholders[1].text_frame
    body.text = "Boats sail."
    body.add_paragraph().text = "Pupils learn."
    body.paragraphs[1].level = 1
    cells = slide.shapes.add_table(2, 2, 0, 5_000_000, 3_000_000, 1_000_000).table
    for place, text in enumerate(("School", "Grade", "North", "Good")):
        cells.cell(place // 2, place % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Speak slowly."
    slides.slides.add_slide(slides.slide_layouts[6])
    slides.save(file)
    return file.getvalue()


def chart() -> bytes:
    """A slide with nothing but a chart."""
    slides, file, numbers = pptx.Presentation(), BytesIO(), CategoryChartData()
    numbers.categories = ["North", "South"]
    numbers.add_series("Pupils", (12, 7.5))
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 5_000_000, 4_000_000, numbers)
    slides.save(file)
    return file.getvalue()


def open_document_slides() -> bytes:
    """Two slides: a title and text on the first, nothing on the second."""
    slides, file = odfdo.Document("presentation"), BytesIO()
    slides.body.clear()
    for words in ({"title": "Harbour", "outline": "Boats sail."}, {}):
        slide = odfdo.DrawPage(f"page{len(words)}")
        for kind, text in words.items():
            frame = odfdo.Frame.text_frame(odfdo.Paragraph(text))
            frame.set_attribute("presentation:class", kind)
            slide.append(frame)
        slides.body.append(slide)
    slides.save(file)
    return file.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == hidden:
                sheet.hide()
    return file.getvalue()


def book(said: str = "Boats are repaired.") -> bytes:
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
        <rootfile full-path="OPS/book.opf"/></rootfiles></container>"""
    package = """<package xmlns="http://www.idpf.org/2007/opf"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Harbour book</dc:title>
        <dc:creator>A. Sailor</dc:creator><dc:date>2019-08-23</dc:date></metadata><manifest>
        <item id="two" href="b%202.xhtml" media-type="application/xhtml+xml"/>
        <item id="one" href="a.xhtml" media-type="application/xhtml+xml"/>
        <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        </manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine>
        </package>"""
    page = "<html><head><title>No</title></head><body><h1>{}</h1><p>{}</p></body></html>"
    return zip_file(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            "OPS/nav.xhtml": page.format("Contents", "One, two."),
            "OPS/b 2.xhtml": page.format("Second", said),
            "OPS/a.xhtml": page.format("First", "Boats sail."),
        }
    )


MAIL = """From: Ann Sailor <ann@example.org>
To: =?utf-8?q?Ren=C3=A9?= <rene@example.org>
Subject: Harbour visit
Date: Wed, 24 May 2023 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

The visit is on Friday.

--part
Content-Type: text/csv
Content-Disposition: attachment; filename="grades.csv"

School,Grade
North,Good

--part
Content-Type: image/png
Content-Disposition: attachment; filename="logo.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--part--
"""

RICH_TEXT = (
    r"{\rtf1\ansi{\info{\title Harbour plan}{\author Ann}{\creatim\yr2020\mo3\dy4}}"
    r"\pard Boats sail in the harbour caf\'e9.\par "
    r"\trowd\cellx1000\cellx2000 School\cell Grade\cell\row "
    r"\trowd\cellx1000\cellx2000 North\cell Good\cell\row }"
)


def scanned(printed: bytes, dots_per_inch: int = 200, turned: int = 0) -> bytes:
    """The same pages as pictures; `turned` is how far a viewer has to turn them to be upright."""
    source, made, file = pdfium.PdfDocument(printed), pdfium.PdfDocument.new(), BytesIO()
    for page in source:
        bitmap = page.render(scale=dots_per_inch / 72, rotation=-turned % 360)
        width, height = bitmap.width * 72 / dots_per_inch, bitmap.height * 72 / dots_per_inch
        image = pdfium.PdfImage.new(made)
        image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        sheet = made.new_page(width, height)
        sheet.insert_obj(image)
        sheet.gen_content()
        sheet.set_rotation(turned)
    made.save(file)
    return file.getvalue()


def write(folder: Path, files: Mapping[str, bytes | str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
