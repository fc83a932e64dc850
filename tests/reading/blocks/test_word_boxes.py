"""Any quote of a paged document has its boxes on the pages."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from fakes import make_document
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.deadline import done_within
from qa_service.errors import TookTooLong
from qa_service.reading.blocks.word_boxes import packed, quote_boxes
from qa_service.reading.content import Box

WIDE = "Inspectors visited four schools in the harbour district during the spring and"


def boxes_of(document, words: str):
    start = document.text.index(words)
    return quote_boxes(document, start, start + len(words))


def test_a_quote_within_a_line_is_one_box_where_the_line_stands(read, pdf) -> None:
    document = read("a.pdf", pdf(["First line here.", "", "Second line there."]))
    (first,), (second,) = boxes_of(document, "line here"), boxes_of(document, "line there")
    assert first.page == second.page == 1
    assert 0 < first.left < first.right < 1
    assert 0 < first.top < first.bottom < second.top < second.bottom < 1


def test_a_quote_over_lines_and_pages_is_a_box_a_line(read, pdf) -> None:
    document = read("a.pdf", pdf([WIDE, "found good work, and"], ["then they went home."]))
    boxes = boxes_of(document, "spring and found good work, and then they")
    assert [box.page for box in boxes] == [1, 1, 2]


def test_a_part_of_a_word_is_a_part_of_its_box(read, pdf) -> None:
    document = read("a.pdf", pdf(["Inspectors met."]))
    (whole,), (part,) = boxes_of(document, "Inspectors"), boxes_of(document, "spec")
    assert part.left == pytest.approx(whole.left + 0.2 * (whole.right - whole.left))
    assert part.right == pytest.approx(whole.left + 0.6 * (whole.right - whole.left))


def test_both_halves_of_a_divided_word_have_boxes(read, pdf) -> None:
    lines = ["The work of inspectors is described below in some detail. The inspec-", "tors met."]
    document = read("a.pdf", pdf(lines))
    start = document.text.rindex("inspectors")
    assert len(quote_boxes(document, start, start + len("inspectors"))) == 2


def test_a_document_without_pages_has_no_boxes(read) -> None:
    assert quote_boxes(read("a.txt", "Boats sail."), 0, 5) == ()


def test_every_word_of_a_pdf_is_covered(read, pdf) -> None:
    lines = ["Findings:", f"• {WIDE}", "found “good” work – more fine work", "1. Plans are shared"]
    document = read("a.pdf", pdf(lines))
    for word in document.text.replace("•", " ").split():
        assert boxes_of(document, word), word


def test_boxes_are_given_up_once_their_time_is_over(read, pdf) -> None:
    """Those of four million words took half a minute of a place that has twenty seconds."""
    document = read("a.pdf", pdf([WIDE]))
    with pytest.raises(TookTooLong), done_within(-1.0):
        quote_boxes(document, 0, len(document.text))


def test_damaged_boxes_are_refused(read, pdf) -> None:
    document = read("a.pdf", pdf(["Boats sail."]))
    with pytest.raises(ValueError, match="damaged"):
        quote_boxes(replace(document, word_boxes=b"no boxes"), 0, 5)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.integers(1, 30), max_size=40), st.integers(0, 2**32))
def test_what_is_packed_is_found_again(lengths: list[int], seed: int) -> None:
    chance, words, start = random.Random(seed), [], 0
    for length in lengths:
        start += chance.randint(0, 9)
        box = Box(*sorted(chance.random() for _ in range(4)))
        words.append((start, length, chance.randint(1, 900), box))
        start += length
    document = make_document("x" * (start + 1), boxes=packed(words))
    for first, length, page, box in words:
        found = quote_boxes(document, first, first + length)
        assert [item.page for item in found] == [page]
        assert found[0].left == pytest.approx(box.left, abs=1e-4)
