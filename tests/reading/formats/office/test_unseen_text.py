"""Office files: what nobody sees on the page is no text; white letters on a colour are."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pptx import Presentation
from pptx.util import Inches

WHITE = RGBColor(255, 255, 255)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_run(change) -> bytes:
    """A file with a sentence, and a run beside it that is changed so."""
    document = Document()
    paragraph = document.add_paragraph("The crane costs nine pounds.")
    change(paragraph.add_run(" Or rather eleven."), paragraph)
    return saved(document)


def white(run, _) -> None:
    run.font.color.rgb = WHITE


def speck(run, _) -> None:
    run.font.size = Pt(1)


def white_on_a_colour(run, _) -> None:
    run.font.color.rgb = WHITE
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "0F5C63")
    run._r.get_or_add_rPr().append(shade)


def white_in_a_style(run, paragraph) -> None:
    run.font.color.rgb = WHITE
    paragraph.style = "Title"


@pytest.mark.parametrize("change", [white, speck])
def test_what_nobody_sees_is_not_read_and_told(read, change) -> None:
    document = read("a.docx", with_run(change))
    assert document.text == "The crane costs nine pounds."
    assert document.extraction.warnings == ("hidden text was not read: 3 words",)


@pytest.mark.parametrize("change", [white_on_a_colour, white_in_a_style])
def test_white_words_on_a_colour_are_read(read, change) -> None:
    assert "Or rather eleven." in read("a.docx", with_run(change)).text


def test_white_words_in_a_table_are_read(read) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for place, words in enumerate(("Crane", "Price", "Northern", "nine pounds")):
        run = table.cell(place // 2, place % 2).paragraphs[0].add_run(words)
        run.font.color.rgb = WHITE if place < 2 else None
    assert "Crane" in read("a.docx", saved(document)).text


def styled(change) -> bytes:
    """A file with a sentence, and a run beside it whose style is changed so."""
    document = Document()
    style = document.styles.add_style("Marked", WD_STYLE_TYPE.CHARACTER)
    change(document.styles.add_style("Base", WD_STYLE_TYPE.CHARACTER).font)
    style.base_style = document.styles["Base"]
    document.add_paragraph("The crane costs 9").add_run("1", style="Marked")
    return saved(document)


def test_figures_that_a_style_raises_are_no_digits(read) -> None:
    file = styled(lambda font: setattr(font, "superscript", True))
    assert read("a.docx", file).text == "The crane costs 9¹"


@pytest.mark.parametrize(("look", "words"), [("strike", "struck-out"), ("hidden", "hidden")])
def test_text_that_a_style_hides_or_strikes_out_is_told(read, look: str, words: str) -> None:
    document = read("a.docx", styled(lambda font: setattr(font, look, True)))
    assert document.text == "The crane costs 9"
    assert document.extraction.warnings == (f"{words} text was not read: 1 word",)


@pytest.mark.parametrize(
    ("hide", "where"),
    [
        (lambda shape: shape._element.nvSpPr.cNvPr.set("hidden", "1"), "hidden on"),
        (lambda shape: setattr(shape, "left", -2 * shape.width), "beside"),
    ],
)
def test_shapes_that_a_slide_does_not_show_are_told(read, hide, where: str) -> None:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    for words in ("The crane costs nine pounds.", "Or rather eleven."):
        shape = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        shape.text_frame.text = words
    hide(shape)
    document = read("a.pptx", saved(slides))
    assert document.text == "The crane costs nine pounds."
    assert document.extraction.warnings == (f"text {where} slide 1 was not read: 3 words",)
