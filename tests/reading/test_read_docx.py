"""Word files: body order, lists, tables and properties."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument


@pytest.fixture
def word() -> WordDocument:
    return docx.Document()


def saved(word: WordDocument) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def test_paragraphs_and_tables_keep_their_order(read, word: WordDocument) -> None:
    word.add_paragraph("Before.")
    table = word.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells],
        ["School", "Grade", "North", "Good"],
        strict=True,
    ):
        cell.text = text
    word.add_paragraph("After.")
    expected = "Before.\n\nSchool | Grade\nSchool: North; Grade: Good\n\nAfter."
    assert read("a.docx", saved(word)).text == expected


def test_lists_and_headings_are_told_by_their_styles(read, word: WordDocument) -> None:
    word.add_heading("Strengths", 2)
    word.add_paragraph("reading", style="List Bullet")
    word.add_paragraph("sums", style="List Bullet")
    document = read("a.docx", saved(word))
    assert document.text == "Strengths\n\n• reading\n• sums"
    assert document.headings[0].level == 2


def test_properties_give_title_author_and_at_last_the_date(read, word: WordDocument) -> None:
    word.core_properties.title = "Harbour schools"
    word.core_properties.author = "A. Writer"
    word.core_properties.created = datetime(2019, 3, 5, tzinfo=UTC)
    word.add_paragraph("Words.")
    document = read("a.docx", saved(word))
    assert (document.title, document.date) == ("Harbour schools", "2019-03-05")
    assert document.metadata["date_source"] == "document properties"


def test_the_date_of_the_empty_template_dates_nothing(read, word: WordDocument) -> None:
    word.add_paragraph("Words.")
    assert read("a.docx", saved(word)).date is None
