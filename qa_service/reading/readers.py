"""Which reader reads which kind of file. Each is loaded when first needed: a child starts soon."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from qa_service.reading.content import Reader

READERS = {
    "text": "text.read_text",
    "markdown": "markdown.read_markdown",
    "html": "html.read_html",
    "pdf": "pdf.read_pdf",
    "docx": "docx.read_docx",
    "pptx": "presentation.read_presentation",
    "spreadsheet": "spreadsheet.read_spreadsheet",
    "csv": "csv.read_csv",
    "odt": "opendocument.read_odt",
    "odp": "opendocument.read_odp",
    "rtf": "rtf.read_rtf",
    "epub": "epub.read_epub",
    "mail": "mail.read_mail",
    "outlook": "outlook.read_outlook",
    "json": "structured.read_json",
    "xml": "structured.read_xml",
    "image": "image.read_image",
    "zip": "archive.read_archive",
    "legacy text": "legacy.read_legacy_text",
    "legacy slides": "legacy.read_legacy_slides",
}
"""Module and function below `formats` for each kind that `detecting.kind_of` names."""


@cache
def reader_of(kind: str) -> Reader:
    """The reader of a kind of file, one of `READERS`."""
    module, function = READERS[kind].split(".")
    loaded = import_module(f"qa_service.reading.formats.{module}")
    return cast(Reader, getattr(loaded, function))
