"""A damaged part, slide or cell of an office file is told, and the rest is read."""

from __future__ import annotations

import pptx
import pytest
from made_files import word_file, workbook
from test_office_details import changed, saved

BROKEN = "<broken"
SHEETS = {"Odd": [["Town", "Berths"], ["Amble", 10], ["Blyth", 20]], "Good": [["Opens", "at nine"]]}


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/numbering.xml", "word/settings.xml"])
def test_a_damaged_part_of_a_word_file_costs_no_words(read, part: str) -> None:
    document = read("a.docx", changed(word_file(), {}, {part: BROKEN}))
    assert "Some words." in document.text
    assert document.extraction.warnings == (f"a part of the file is damaged: {part}",)


def test_a_part_that_is_missing_costs_no_words(read) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="n1" Type="{kind}" Target="notes.xml"/></Relationships>'
    changes = {"word/_rels/document.xml.rels": ("</Relationships>", relation)}
    document = read("a.docx", changed(word_file(), changes, {}))
    assert document.extraction.warnings == ("a part of the file is missing: word/notes.xml",)


def test_a_damaged_slide_costs_no_other(read) -> None:
    slides = pptx.Presentation()
    for title in ("First", "Second"):
        slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = title
    document = read("a.pptx", changed(saved(slides), {}, {"ppt/slides/slide1.xml": BROKEN}))
    assert document.text == "Second"
    assert "a part of the file is damaged: ppt/slides/slide1.xml" in document.extraction.warnings


@pytest.mark.parametrize(
    "odd",
    [
        '<c r="B2" t="zz"><v>10</v></c>',
        '<c r="B2" t="b"><v>maybe</v></c>',
        '<c r="B2" t="e"><v>#SPILL!</v></c>',
        '<c r="B2" t="s"><v>99</v></c>',
    ],
)
def test_one_odd_cell_costs_no_other(read, odd: str) -> None:
    cell = {"xl/worksheets/sheet1.xml": ('<c r="B2"><v>10</v></c>', odd)}
    document = read("a.xlsx", changed(workbook(SHEETS), cell, {}))
    assert "Town: Amble\nTown: Blyth; Berths: 20" in document.text
    told = "cells of sheet Odd are not sound and were not read: B2"
    assert document.extraction.warnings == (told,)


def test_a_cell_far_away_costs_no_other(read) -> None:
    far = '<c r="XFD1048576"><v>10</v></c>'
    cell = {"xl/worksheets/sheet1.xml": ('<c r="B2"><v>10</v></c>', far)}
    document = read("a.xlsx", changed(workbook(SHEETS), cell, {}))
    assert "Town: Blyth; Berths: 20" in document.text
    assert "were not read: XFD1048576" in document.extraction.warnings[0]


def test_a_damaged_sheet_costs_no_other(read) -> None:
    document = read("a.xlsx", changed(workbook(SHEETS), {}, {"xl/worksheets/sheet1.xml": BROKEN}))
    assert document.text == "Good\n\nOpens | at nine"
    told = "a part of the file is damaged: xl/worksheets/sheet1.xml"
    assert document.extraction.warnings == (told,)


def test_odd_rows_cost_no_details(read) -> None:
    row = {"xl/worksheets/sheet1.xml": ('<row r="2"', '<row r="2" ht="tall"')}
    assert read("a.xlsx", changed(workbook(SHEETS), row, {})).extraction.warnings == ()
