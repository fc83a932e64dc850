"""What slides show: numbers of lists that layouts set, notes, footers, SmartArt in its order."""

from __future__ import annotations

import pptx
from pptx.oxml import parse_xml
from test_office_details import saved

from qa_service.reading.formats.office.drawings.diagrams import diagram_blocks

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
NUMBERED = f'<a:buAutoNum {A} type="alphaLcParenR"/>'


def slide_of(layout: int = 1):
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[layout])
    slide.shapes.title.text = "Steps"
    return slides, slide


def test_numbers_that_a_list_of_styles_sets_are_read(read) -> None:
    slides, slide = slide_of()
    frame = slide.placeholders[1].text_frame
    level = f'<a:lvl1pPr {A}><a:buAutoNum type="arabicPeriod"/></a:lvl1pPr>'
    frame._txBody.find("{*}lstStyle").append(parse_xml(level))
    frame.text = "Open"
    frame.add_paragraph().text = "Lock"
    assert read("a.pptx", saved(slides)).text == "Steps\n\n1. Open\n2. Lock"


def test_numbers_within_cells_are_read(read) -> None:
    slides, slide = slide_of(5)
    cell = slide.shapes.add_table(1, 2, 0, 0, 3_000_000, 1_000_000).table.cell(0, 1)
    cell.text = "Ring\nLeave"
    for paragraph in cell.text_frame.paragraphs:
        paragraph._p.get_or_add_pPr().append(parse_xml(NUMBERED))
    assert "a) Ring b) Leave" in read("a.pptx", saved(slides)).text


def test_figures_of_notes_are_raised_and_struck_out_words_told(read) -> None:
    slides, slide = slide_of()
    paragraph = slide.notes_slide.notes_text_frame.paragraphs[0]
    for words, look in (
        ("320", {}),
        ("1", {"baseline": "30000"}),
        (" old", {"strike": "sngStrike"}),
    ):
        run = paragraph.add_run()
        run.text = words
        for name, value in look.items():
            run.font._element.set(name, value)
    found = read("a.pptx", saved(slides))
    assert found.text == "Steps\n\nNotes: 320¹"
    assert found.extraction.warnings == ("struck-out text on slide 1 was not read: 1 word",)


def test_words_of_the_layout_are_told(read) -> None:
    slides, slide = slide_of()
    box = slide.shapes.add_textbox(0, 0, 100_000, 100_000)
    box.text_frame.text = "Draft of May"
    slide.slide_layout.shapes._spTree.append(box._element)
    warnings = read("a.pptx", saved(slides)).extraction.warnings
    assert warnings == ('the footer of the pages was not read: "Draft of May"',)


def test_the_boxes_of_a_diagram_are_in_its_order() -> None:
    names = "http://schemas.openxmlformats.org/drawingml/2006"
    point = '<d:pt modelId="{0}"{1}><d:t><a:p><a:r><a:t>{2}</a:t></a:r></a:p></d:t></d:pt>'
    points = point.format(0, ' type="doc"', "") + "".join(
        point.format(number, "", text)
        for number, text in ((1, "Second"), (2, "First"), (3, "Inner"))
    )
    line = '<d:cxn srcId="{0}" destId="{1}" srcOrd="{2}"/>'
    lines = "".join(line.format(*ends) for ends in ((0, 1, 1), (0, 2, 0), (2, 3, 0)))
    part = f'<d:m xmlns:d="{names}/diagram" xmlns:a="{names}/main">{points}{lines}</d:m>'
    found = [(block.level, block.text) for block in diagram_blocks(part.encode())]
    assert found == [(0, "• First"), (1, "• Inner"), (0, "• Second")]
