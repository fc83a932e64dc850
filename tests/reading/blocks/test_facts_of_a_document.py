"""Labels with their values, wherever a document states them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.nouns.documents import Document
from qa_service.reading.blocks.assembling import assemble
from qa_service.reading.content import Block, Content

Read = Callable[[str, str | bytes], Document]


def stated(document: Document) -> list[tuple[str, str]]:
    return [(fact.label, fact.value) for fact in document.facts]


def of_cells(*cells: str) -> Document:
    """A document of one row of cells that a page shows side by side."""
    breaks = [len(" ".join(cells[:place])) + 1 for place in range(1, len(cells))]
    row = Block("paragraph", " ".join(cells), cells=tuple(breaks))
    return assemble(Content("pdf", (row,)), "id", "version", "notes.pdf")


def test_a_line_of_label_and_value_is_a_fact(read: Read) -> None:
    document = read("visit.txt", "Head baker: Ann Rye\n\nThe ovens were hot and clean.")
    (fact,) = document.facts
    assert (fact.label, fact.value) == ("Head baker", "Ann Rye")
    assert document.text[fact.value_start : fact.value_end] == "Ann Rye"
    assert document.text[fact.start : fact.end] == "Head baker: Ann Rye"


def test_an_item_of_a_list_may_be_a_fact(read: Read) -> None:
    assert stated(read("visit.md", "- Opens: 7 o'clock\n- Closes: noon")) == [
        ("Opens", "7 o'clock"),
        ("Closes", "noon"),
    ]


def test_the_cells_of_a_small_table_are_facts_with_their_columns(read: Read) -> None:
    document = read("loaves.md", "| Loaf | Price | Weight |\n|---|---|---|\n| Rye | £3 | 800 g |\n")
    assert [(fact.label, fact.column, fact.value) for fact in document.facts] == [
        ("Rye", "Price", "£3"),
        ("Rye", "Weight", "800 g"),
    ]
    for fact in document.facts:
        assert document.text[fact.value_start : fact.value_end] == fact.value


def test_an_empty_cell_states_nothing(read: Read) -> None:
    document = read("loaves.md", "| Loaf | Price | Weight |\n|---|---|---|\n| Rye | | 800 g |\n")
    assert [(fact.column, fact.value) for fact in document.facts] == [("Weight", "800 g")]


def test_cells_side_by_side_on_a_page_are_a_fact() -> None:
    assert stated(of_cells("2. Care of the ovens", "Good")) == [("Care of the ovens", "Good")]


def test_a_row_of_several_labels_is_as_many_facts() -> None:
    document = of_cells("Baker:", "Ann Rye", "Town:", "Millford", "Oven:")
    assert stated(document) == [("Baker", "Ann Rye"), ("Town", "Millford")]


def test_a_heading_that_grades_its_subject_is_a_fact(read: Read) -> None:
    assert stated(read("visit.md", "## The care of the ovens: good\n\nThey were clean.")) == [
        ("The care of the ovens", "good")
    ]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("24–28 April 2023", "2023-04-28"),
        ("3 May 2019", "2019-05-03"),
        ("signed on 3 May 2019 by all", None),
        ("Ann Rye", None),
    ],
)
def test_a_value_that_is_a_date_is_known_as_one(read: Read, value: str, date: str | None) -> None:
    (fact,) = read("visit.txt", f"Visited: {value}").facts
    assert fact.date == date


def test_a_heading_that_is_a_sentence_is_a_fact_too(read: Read) -> None:
    text = "# The overall judgement is that the ovens are poor\n\nThey were cold.\n\n"
    text += "## What was seen\n\nFlour.\n\n"
    text += "## The mill was built long ago by the sons of a miller\n\nYes.\n\n"
    text += "## The roof requires mending\n\nIt leaks.\n\n## Those who require flour\n\nAsk."
    assert stated(read("visit.md", text)) == [
        ("The overall judgement is that the ovens", "poor"),
        ("The roof", "requires mending"),
    ]


def test_the_names_of_columns_are_no_fact(read: Read) -> None:
    rows = "Term,Meaning\nBallast,Weight carried low\nDraught,The depth that a ship needs\n"
    assert stated(read("terms.csv", rows)) == [
        ("Ballast", "Weight carried low"),
        ("Draught", "The depth that a ship needs"),
    ]
