"""Word files: letters that nobody sees on the page are no text; white ones on a colour are."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

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
