"""What office files show besides their running text, and what of them is told as not read."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
import pptx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_files import presentation, word_file, zip_file

from qa_service.reading.formats.office.number_formats.numbers import shown_number
from qa_service.reading.formats.office.number_formats.times import shown_time

NUMBERED = "<w:numPr><w:ilvl w:val='{0}'/><w:numId w:val='77'/></w:numPr>"
LEVEL = "<w:lvl w:ilvl='{0}'><w:numFmt w:val='{1}'/><w:lvlText w:val='{2}'/></w:lvl>"


def changed(package: bytes, changes: dict[str, tuple[str, str]], added: dict[str, str]) -> bytes:
    """A package with a pattern replaced in some of its parts, and parts added."""
    with ZipFile(BytesIO(package)) as old:
        parts = {name: old.read(name).decode("utf-8", "surrogateescape") for name in old.namelist()}
    for name, (pattern, written) in changes.items():
        parts[name] = re.sub(pattern, written, parts[name])
    return zip_file(
        {name: text.encode("utf-8", "surrogateescape") for name, text in (parts | added).items()}
    )


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_headings_and_items_carry_the_numbers_that_word_shows(read) -> None:
    word = docx.Document()
    levels = "".join(
        LEVEL.format(*level) for level in ((0, "decimal", "%1"), (1, "lowerLetter", "%1(%2)"))
    )
    root = word.part.numbering_part.element
    root.append(
        parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>")
    )
    root.append(
        parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>")
    )
    outline = ((0, "Rooms"), (0, "Kitchen"), (1, "Cookers"), (1, "Cleaning"), (0, "Doors"))
    for level, text in outline:
        heading = word.add_heading(text, level + 1)
        numbering = NUMBERED.format(level).replace("<w:numPr>", f"<w:numPr {nsdecls('w')}>")
        heading._p.get_or_add_pPr().append(parse_xml(numbering))
    shown = ["1 Rooms", "2 Kitchen", "2(a) Cookers", "2(b) Cleaning", "3 Doors"]
    assert [heading.text for heading in read("a.docx", saved(word)).headings] == shown


def test_a_footnote_follows_the_paragraph_that_refers_to_it(read) -> None:
    word = docx.Document()
    word.add_paragraph("Clubs apply once.")
    word.add_paragraph("Trustees decide.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    note = "<w:footnote w:id='5'><w:p><w:r><w:t>Rowers twice.</w:t></w:r></w:p></w:footnote>"
    data = changed(
        saved(word),
        {
            "word/document.xml": ("once.</w:t>", 'once.</w:t><w:footnoteReference w:id="5"/>'),
            "word/_rels/document.xml.rels": ("</Relationships>", relation),
        },
        {"word/footnotes.xml": f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"},
    )
    assert read("a.docx", data).text == "Clubs apply once.\n\n[1] Rowers twice.\n\nTrustees decide."


def test_a_raised_figure_is_no_digit_of_the_number_before_it(read) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The fee is £320")
    paragraph.add_run("1").font.superscript = True
    assert read("a.docx", saved(word)).text == "The fee is £320¹"


def test_a_small_figure_lifted_above_its_line_is_raised_too(read) -> None:
    word = docx.Document()
    run = word.add_paragraph("The fee is £320").add_run("1")
    run._r.get_or_add_rPr().append(parse_xml(f"<w:position {nsdecls('w')} w:val='8'/>"))
    assert read("a.docx", saved(word)).text == "The fee is £320¹"


FIELD = "<w:r {0}><w:fldChar w:fldCharType='{1}'/></w:r>"


@pytest.mark.parametrize("simple", [True, False])
def test_the_day_of_opening_is_no_date_of_a_document(read, simple: bool) -> None:
    word, names = docx.Document(), nsdecls("w")
    day = f"<w:r {names}><w:t>3 May 2021</w:t></w:r>"
    asked = f"<w:r {names}><w:instrText> DATE </w:instrText></w:r>"
    parts = [FIELD.format(names, "begin"), asked, FIELD.format(names, "separate"), day]
    if simple:
        parts = [f"<w:fldSimple {names} w:instr='DATE'>{day}</w:fldSimple>"]
    for paragraph in (
        word.add_paragraph("Date: "),
        word.add_paragraph("It was so in all towns on "),
    ):
        for part in parts if simple else [*parts, FIELD.format(names, "end")]:
            paragraph._p.append(parse_xml(part))
    document = read("a.docx", saved(word))
    assert document.text == "Date:\n\nIt was so in all towns on 3 May 2021"
    assert document.date is None
    assert "a date that changes with each opening was not read: 3 words" in (
        document.extraction.warnings
    )


def test_struck_out_text_is_left_out_and_told(read) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The fee is ")
    paragraph.add_run("£90 ").font.strike = True
    paragraph.add_run("£320.").font.strike = False
    document = read("a.docx", saved(word))
    assert document.text == "The fee is £320."
    assert document.extraction.warnings == ("struck-out text was not read: 1 word",)


def test_hidden_text_is_left_out_and_told(read) -> None:
    word = docx.Document()
    word.add_paragraph("The fee is £320.").add_run(" It was £90.").font.hidden = True
    document = read("a.docx", saved(word))
    assert document.text == "The fee is £320."
    assert document.extraction.warnings == ("hidden text was not read: 3 words",)


def test_what_stands_in_the_margins_is_told(read) -> None:
    word = docx.Document()
    word.add_paragraph("The fee is £320.")
    word.sections[0].header.paragraphs[0].text = "Draft of May"
    warnings = read("a.docx", saved(word)).extraction.warnings
    assert warnings == ('the header of the pages was not read: "Draft of May"',)


@pytest.mark.parametrize("make", [word_file, presentation])
def test_a_file_in_the_strict_form_is_read_as_any_other(read, make) -> None:
    usual = r"http://schemas.openxmlformats.org/(\w+)/2006/(\w+)"
    with ZipFile(BytesIO(make())) as package:
        names = [n for n in package.namelist() if n.endswith((".xml", ".rels")) and "[" not in n]
    strict = (usual, r"http://purl.oclc.org/ooxml/\1/\2")
    data = changed(make(), {name: strict for name in names if "docProps" not in name}, {})
    name = "a.docx" if make is word_file else "a.pptx"
    assert read(name, data).text == read(name, make()).text


@pytest.mark.parametrize("made", [docx.Document(), pptx.Presentation()])
def test_the_date_of_a_template_is_nobodys(read, made) -> None:
    if hasattr(made, "add_paragraph"):
        made.core_properties.author = "A. Writer"
        made.add_paragraph("Words.")
    else:
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "Words"
    name = "a.docx" if hasattr(made, "add_paragraph") else "a.pptx"
    assert read(name, saved(made)).date is None


def test_one_odd_shape_costs_no_words(read) -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "Times"
    box = slide.shapes.add_textbox(0, 0, 10, 10)
    box.text_frame.text = "Bicycles travel free."
    properties = box._element.spPr
    for child in list(properties):
        properties.remove(child)
    box._element.nvSpPr.cNvSpPr.attrib.pop("txBox")
    assert read("a.pptx", saved(slides)).text == "Times\n\nBicycles travel free."


def test_a_sheet_tells_what_it_hides_and_what_it_has_not_computed(read) -> None:
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Fees")
    sheet.write_row(0, 0, ["Boat", "Berth", "Fee"])
    for row, berth in enumerate((4, 5, 6), start=1):
        sheet.write_row(row, 0, [f"Skiff {row}", berth])
        sheet.write_formula(row, 2, f"=B{row + 1}*10", None, "")
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()
    document = read("a.xlsx", file.getvalue())
    assert "Skiff 3" not in document.text
    assert document.extraction.warnings == (
        "hidden rows of sheet Fees were not read: 4",
        "formulas of sheet Fees hold no value: C2, C3, C4; "
        "open and save the file in a spreadsheet program",
    )


def test_a_merged_cell_counts_for_every_row_that_it_covers(read) -> None:
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Fees")
    sheet.write_row(0, 0, ["Quay", "Fee"])
    sheet.merge_range(1, 0, 2, 0, "North")
    sheet.write_column(1, 1, [40, 50])
    book.close()
    assert "Quay: North; Fee: 50" in read("a.xlsx", file.getvalue()).text


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.25, "0%", "25%"),
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234.5, "[$€-407]#,##0", "€1,235"),
        (-50, "#,##0;(#,##0)", "(50)"),
        (-50, "0.00", "-50.00"),
        (7, "0000", "0007"),
        (1.5, "0.##", "1.5"),
        (2500000, "0.0,,", "2.5"),
        (12, "0 \\k\\g", "12 kg"),
        (0.5, "# ?/?", "1/2"),
        (3, "General", "3"),
    ],
)
def test_a_number_is_written_as_its_sheet_shows_it(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (date(2024, 11, 9), "dd/mm/yyyy", "2024-11-09"),
        (datetime(2024, 11, 9, 14, 30), "dd/mm/yyyy hh:mm", "2024-11-09 14:30"),
        (datetime(2024, 11, 9, 14, 30), "dd/mm/yyyy", "2024-11-09"),
        (date(2024, 11, 1), "mmm yyyy", "Nov 2024"),
        (date(2024, 1, 1), "yyyy", "2024"),
        (time(14, 5), "h:mm AM/PM", "2:05 PM"),
        (time(9, 5), "hh:mm", "09:05"),
        (timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
    ],
)
def test_a_time_is_written_as_its_sheet_shows_it(value: date, code: str, shown: str) -> None:
    assert shown_time(value, code) == shown
