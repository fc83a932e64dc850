"""What holds for the document of every format: its offsets are exact."""

from __future__ import annotations

import pytest
from made_files import (
    MAIL,
    RICH_TEXT,
    book,
    open_document_text,
    presentation,
    word_file,
    workbook,
)

from qa_service.nouns.documents import Document
from qa_service.reading import canonical_text

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


XML = (
    '<?xml version="1.0"?><doc><title>Harbour</title><p>Some\u00a0words, and so on, and '
    "more.</p><grades><north>Good</north></grades></doc>"
)
FILES = {
    "md": MARKDOWN,
    "html": HTML,
    "txt": TEXT,
    "docx": word_file(),
    "odt": open_document_text(),
    "pptx": presentation(),
    "xlsx": workbook({"Harbour": [["School", "Grade"], ["North", "Good"]]}),
    "epub": book(),
    "xml": XML,
    "csv": "School,Grade\nNorth,Good\n",
    "rtf": RICH_TEXT,
    "eml": MAIL,
    "json": '{"title": "Harbour", "grades": [{"school": "North"}]}',
}
HEADINGLESS = ("csv", "rtf", "mail", "json")


@pytest.fixture(params=["pdf", *FILES])
def document(request, read, pdf) -> Document:
    content = FILES.get(request.param) or pdf(*PAGES)
    return read(f"harbour.{request.param}", content)


def test_the_text_is_canonical(document: Document) -> None:
    assert canonical_text(document.text) == document.text


def test_headings_stand_where_they_say(document: Document) -> None:
    assert document.headings or document.metadata["format"] in HEADINGLESS
    for heading in document.headings:
        assert document.text[heading.start : heading.end] == heading.text


def test_pages_cover_the_text_in_order(document: Document) -> None:
    covered = "".join(document.text[page.start : page.end] for page in document.pages)
    assert covered == (document.text if document.pages else "")
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))


def test_the_title_is_the_one_shown_first(document: Document) -> None:
    assert document.title.startswith("Harbour")
