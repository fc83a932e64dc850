"""Office files: formulas, shapes of two forms, numbers of lists, and objects that are not read."""

from __future__ import annotations

from io import BytesIO

import docx
import pptx
import pytest
from docx.oxml import parse_xml
from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
BOTH = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{WORD}" xmlns:m="{MATH}" xmlns:a="{DRAWN}" xmlns:p="{SLIDE}" xmlns:c="{BOTH}"'


def word_file(read, part: str):
    """A Word file with a sentence and this part of a paragraph below it, read."""
    word, file = docx.Document(), BytesIO()
    word.add_paragraph("The ferry sails.")
    word.add_paragraph()._p.append(parse_xml(f"<w:p {NAMES}>{part}</w:p>")[0])
    word.save(file)
    return read("a.docx", file.getvalue())


def slide_file(read, change):
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    change(slide)
    slides.save(file)
    return read("a.pptx", file.getvalue())


def math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (math("F=3"), "F=3"),
        (f"<m:f><m:num>{math('1')}</m:num><m:den>{math('2')}</m:den></m:f>", "1/2"),
        (f"<m:f><m:num>{math('a+1')}</m:num><m:den>{math('2')}</m:den></m:f>", "(a+1)/2"),
        (f"<m:sSup><m:e>{math('x')}</m:e><m:sup>{math('2')}</m:sup></m:sSup>", "x²"),
        (f"<m:rad><m:e>{math('2')}</m:e></m:rad>", "√(2)"),
    ],
)
def test_formulas_are_read_in_one_line(read, inner: str, text: str) -> None:
    document = word_file(read, f"<m:oMathPara><m:oMath>{inner}</m:oMath></m:oMathPara>")
    assert document.text == f"The ferry sails.\n\n{text}"


def test_words_below_their_explaining_signs_are_read(read) -> None:
    base = "<w:rubyBase><w:r><w:t>Base</w:t></w:r></w:rubyBase>"
    ruby = f"<w:ruby><w:rt><w:r><w:t>small</w:t></w:r></w:rt>{base}</w:ruby>"
    assert word_file(read, f"<w:r>{ruby}</w:r>").text == "The ferry sails.\n\nBase"


def test_objects_of_other_programs_are_told(read) -> None:
    document = word_file(read, "<w:r><w:object/></w:r>")
    assert document.extraction.warnings == ("1 object of other programs not read",)


def test_white_of_the_theme_is_no_text(read) -> None:
    white = '<w:rPr><w:color w:val="auto" w:themeColor="background1"/></w:rPr>'
    document = word_file(read, f"<w:r>{white}<w:t>It sinks.</w:t></w:r>")
    assert document.text == "The ferry sails."
    assert document.extraction.warnings == ("hidden text was not read: 2 words",)


def test_shapes_of_two_forms_are_read_once(read) -> None:
    names = '<p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
    body = "<p:txBody><a:bodyPr/><a:p><a:r><a:t>Boats sail.</a:t></a:r></a:p></p:txBody>"
    shape = f"<p:sp>{names}{body}</p:sp>"
    forms = f"<c:Choice>{shape}</c:Choice><c:Fallback>{shape}</c:Fallback>"
    both = etree.fromstring(f"<c:AlternateContent {NAMES}>{forms}</c:AlternateContent>")
    document = slide_file(read, lambda slide: slide.shapes._spTree.append(both))
    assert document.text == "Boats sail."


def test_lists_of_slides_carry_the_numbers_that_they_show(read) -> None:
    def numbered(slide) -> None:
        frame = slide.shapes.add_textbox(0, 0, 99_999, 99_999).text_frame
        for level, words in ((0, "Open"), (1, "Look"), (1, "Wait"), (0, "Shut")):
            paragraph = frame.add_paragraph()
            paragraph.text, paragraph.level = words, level
            kind = "arabicPeriod" if level else "alphaLcParenR"
            sign = f'<a:buAutoNum xmlns:a="{DRAWN}" type="{kind}"/>'
            paragraph._p.get_or_add_pPr().append(etree.fromstring(sign))

    assert slide_file(read, numbered).text == "a) Open\n  1. Look\n  2. Wait\nb) Shut"


def test_objects_on_slides_are_told(read) -> None:
    name = '<p:cNvPr id="9" name="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
    inner = '<a:graphic><a:graphicData uri="x"/></a:graphic>'
    frame = f"<p:nvGraphicFramePr>{name}</p:nvGraphicFramePr><p:xfrm/>{inner}"

    def embedded(slide) -> None:
        slide.shapes.add_textbox(0, 0, 9_999, 9_999).text_frame.text = "Boats sail."
        element = pptx.oxml.parse_xml(f"<p:graphicFrame {NAMES}>{frame}</p:graphicFrame>")
        slide.shapes._spTree.append(element)

    document = slide_file(read, embedded)
    assert document.extraction.warnings == ("an object on slide 1 was not read",)
