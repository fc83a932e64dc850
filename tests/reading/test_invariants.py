"""What holds for the document of every format: its offsets are exact."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from qa_service.reading import canonical_text
from qa_service.schema import Document

MARKDOWN = """# Harbour

Some\u00a0words.

- first
  - nested

## Grades

| a | b |
|---|---|
| 1 | 2 |
"""
HTML = "<h1>Harbour</h1><p>Some&nbsp;words.</p><ul><li>first</li></ul><h2>Grades</h2><p>End.</p>"
TEXT = "Harbour\r\n\r\nSome\u00a0words in a paragraph.\r\n\r\n• first\r\n• second\r\n"
PAGES = [
    [("Harbour schools", 24, False), "", "The first page ends in the middle of a"],
    [],
    ["sentence that goes on.", "", ("Grades", 14, True), "All of them are good."],
]


@pytest.fixture(params=["md", "html", "txt", "docx", "pdf"])
def document(request, read, pdf) -> Document:
    files = {"md": MARKDOWN, "html": HTML, "txt": TEXT, "pdf": pdf(*PAGES), "docx": word_file()}
    return read(f"harbour.{request.param}", files[request.param])


def word_file() -> bytes:
    word, file = docx.Document(), BytesIO()
    word.add_heading("Harbour", 1)
    word.add_paragraph("Some\u00a0words.\nAnd more.")
    word.add_paragraph("first", style="List Bullet")
    word.save(file)
    return file.getvalue()


def test_the_text_is_canonical(document: Document) -> None:
    assert canonical_text(document.text) == document.text


def test_headings_stand_where_they_say(document: Document) -> None:
    assert document.headings
    for heading in document.headings:
        assert document.text[heading.start : heading.end] == heading.text


def test_pages_cover_the_text_in_order(document: Document) -> None:
    covered = "".join(document.text[page.start : page.end] for page in document.pages)
    assert covered == (document.text if document.pages else "")
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))


def test_the_title_is_the_one_shown_first(document: Document) -> None:
    assert document.title.startswith("Harbour")
