"""Slides: words in the colour of their ground, without ink or too small are no text, and told."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

WHITE, GREEN = RGBColor(255, 255, 255), RGBColor(10, 90, 90)
PLACE = (Inches(1), Inches(3), Inches(4), Inches(1))


class Parts(NamedTuple):
    slide: Any
    box: Any
    run: Any


def read_slide(read, *changes):
    """A slide with a box of two runs, each changed in turn, read."""
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    box = slide.shapes.add_textbox(*PLACE)
    for words in ("The ferry costs five.", " Or rather eight."):
        box.text_frame.paragraphs[0].add_run().text = words
    for change in changes:
        change(Parts(slide, box, box.text_frame.paragraphs[0].runs[1]))
    slides.save(file)
    return read("a.pptx", file.getvalue())


def white(on) -> None:
    on.run.font.color.rgb = WHITE


def nearly_white(on) -> None:
    on.run.font.color.rgb = RGBColor(254, 252, 255)


def theme_ground(on) -> None:
    on.run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def strict_theme_ground(on) -> None:
    theme_ground(on)
    colour = on.run._r.rPr.find(".//{*}schemeClr")
    colour.append(colour.makeelement(colour.tag.replace("schemeClr", "lumMod"), {"val": "100%"}))


def as_its_box(on) -> None:
    on.box.fill.solid()
    on.box.fill.fore_color.rgb = on.run.font.color.rgb = GREEN


def without_ink(on) -> None:
    on.run.font.fill.background()


def speck(on) -> None:
    on.run.font.size = Pt(2)


def green_box(on) -> None:
    on.box.fill.solid()
    on.box.fill.fore_color.rgb = GREEN


def shape_below(on) -> None:
    shape = on.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *PLACE)
    on.box._element.addprevious(shape._element)


def dark_slide(on) -> None:
    on.slide.background.fill.solid()
    on.slide.background.fill.fore_color.rgb = RGBColor(0, 30, 60)


def marked(on) -> None:
    look = on.run._r.get_or_add_rPr()
    look.append(look.makeelement(look.tag.replace("rPr", "highlight")))


@pytest.mark.parametrize(
    "change",
    [white, nearly_white, theme_ground, strict_theme_ground, as_its_box, without_ink, speck],
)
def test_words_that_nobody_sees_on_a_slide_are_told(read, change) -> None:
    document = read_slide(read, change)
    assert document.text == "The ferry costs five."
    told = "text that is not to be seen on slide 1 was not read: 3 words"
    assert document.extraction.warnings == (told,)


@pytest.mark.parametrize("ground", [green_box, shape_below, dark_slide, marked])
def test_white_words_on_another_ground_are_read(read, ground) -> None:
    document = read_slide(read, white, ground)
    assert document.text == "The ferry costs five. Or rather eight."


def test_black_words_on_a_black_slide_are_told(read) -> None:
    def black_slide(on) -> None:
        on.slide.background.fill.solid()
        on.slide.background.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1
        on.run.font.color.rgb = WHITE

    assert read_slide(read, black_slide).text == "Or rather eight."


def test_a_shape_whose_fill_was_taken_away_keeps_its_white_words_unseen(read) -> None:
    def bare_shape(on) -> None:
        shape = on.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(2), Inches(1))
        shape.text_frame.text = "Tides matter."
        shape.fill.background()

    document = read_slide(read, bare_shape)
    assert document.text == "The ferry costs five. Or rather eight."
