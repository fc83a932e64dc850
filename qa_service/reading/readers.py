"""Which reader reads which kind of file."""

from __future__ import annotations

from collections.abc import Mapping

from qa_service.reading.content import Reader
from qa_service.reading.formats.archive import read_archive
from qa_service.reading.formats.csv import read_csv
from qa_service.reading.formats.docx import read_docx
from qa_service.reading.formats.epub import read_epub
from qa_service.reading.formats.html import read_html
from qa_service.reading.formats.legacy import read_legacy_slides, read_legacy_text
from qa_service.reading.formats.mail import read_mail
from qa_service.reading.formats.markdown import read_markdown
from qa_service.reading.formats.opendocument import read_odp, read_odt
from qa_service.reading.formats.outlook import read_outlook
from qa_service.reading.formats.pdf import read_pdf
from qa_service.reading.formats.presentation import read_presentation
from qa_service.reading.formats.rtf import read_rtf
from qa_service.reading.formats.spreadsheet import read_spreadsheet
from qa_service.reading.formats.structured import read_json, read_xml
from qa_service.reading.formats.text import read_text

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "pptx": read_presentation,
    "spreadsheet": read_spreadsheet,
    "csv": read_csv,
    "odt": read_odt,
    "odp": read_odp,
    "rtf": read_rtf,
    "epub": read_epub,
    "mail": read_mail,
    "outlook": read_outlook,
    "json": read_json,
    "xml": read_xml,
    "zip": read_archive,
    "legacy text": read_legacy_text,
    "legacy slides": read_legacy_slides,
}
