"""A document's text as blocks: nothing lost, whatever the offsets, in linear time."""

import time

import pytest
from fake_documents import INSPECTION_TEXT, inspection_report

from qa_service.nouns.documents import Block, Document, Heading, Page
from qa_service.web.documents.document_view import blocks, marked_span


def text_of(parts):
    return "".join(piece.text for block in parts for piece in block.pieces)


def marked_text_of(parts):
    return "".join(piece.text for block in parts for piece in block.pieces if piece.marked)


def without_line_breaks(text):
    return text.replace("\n", "")


def test_nothing_of_the_text_is_lost():
    assert without_line_breaks(text_of(blocks(inspection_report()))) == without_line_breaks(
        INSPECTION_TEXT
    )


@pytest.mark.parametrize("start", range(0, len(INSPECTION_TEXT), 7))
@pytest.mark.parametrize("length", [1, 40, 300])
def test_every_mark_holds_its_text(start, length):
    end = min(start + length, len(INSPECTION_TEXT))
    marked = marked_text_of(blocks(inspection_report(), (start, end)))
    assert without_line_breaks(marked) == without_line_breaks(INSPECTION_TEXT[start:end])


def test_a_paragraph_goes_on_across_a_page():
    document = Document("d", "v", "t", "s", None, "one two", pages=(Page(1, 0, 4), Page(2, 4, 7)))
    assert [block.kind for block in blocks(document)] == ["page", "paragraph", "page", "paragraph"]


def test_rows_of_a_table_stand_apart():
    text = "Fees\nPlot: half; Fee: 26\nPlot: full; Fee: 48"
    rows = (Block("table_row", 5, 24), Block("table_row", 25, 44))
    shown = list(blocks(Document("d", "v", "t", "s", None, text, blocks=rows), (11, 32)))
    assert [block.kind for block in shown] == ["paragraph", "row", "row"]
    assert marked_text_of(shown) == "half; Fee: 26Plot: f"


def test_offsets_outside_the_text_do_no_harm():
    document = Document("d", "v", "t", "s", None, "text", headings=(Heading(1, "x", 90, 99),))
    assert text_of(blocks(document)) == "text"


@pytest.mark.parametrize("place", [(None, None), ("1", None), ("x", "2"), ("3", "3"), ("0", "99")])
def test_a_place_that_is_no_stretch_of_the_text_is_none(place):
    assert marked_span("some text", *place) is None


def test_a_megabyte_of_paragraphs_is_cut_in_a_moment():
    text = "A line of a long report.\n\n" * 40_000
    started = time.thread_time()
    assert len(list(blocks(Document("d", "v", "t", "s", None, text), (5, 900_000)))) == 40_000
    assert time.thread_time() - started < 5
