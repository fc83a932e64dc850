"""Which reader reads which kind of file. Each is loaded when first needed: a child starts soon."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from qa_service.reading.content import Reader

READERS = {
    "text": "plain.text.read_text",
    "markdown": "plain.markdown.read_markdown",
    "html": "pages.html.read_html",
    "pdf": "pdf.document.read_pdf",
    "docx": "office.word.document.read_docx",
    "pptx": "office.slides.document.read_presentation",
    "spreadsheet": "office.workbook.document.read_spreadsheet",
    "csv": "plain.csv.read_csv",
    "odt": "office.open_document.document.read_odt",
    "odp": "office.open_document.document.read_odp",
    "rtf": "office.rtf.document.read_rtf",
    "epub": "pages.epub.read_epub",
    "mail": "mail.message.read_mail",
    "outlook": "mail.outlook.read_outlook",
    "json": "plain.structured.read_json",
    "xml": "plain.structured.read_xml",
    "image": "scans.image.read_image",
    "zip": "archive.read_archive",
    "legacy text": "office.legacy.read_legacy_text",
    "legacy slides": "office.legacy.read_legacy_slides",
}
"""Module and function below `formats` for each kind that `detecting.kind_of` names."""


@cache
def reader_of(kind: str) -> Reader:
    """The reader of a kind of file, one of `READERS`."""
    module, _, function = READERS[kind].rpartition(".")
    loaded = import_module(f"qa_service.reading.formats.{module}")
    return cast(Reader, getattr(loaded, function))
