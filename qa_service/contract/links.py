"""Addresses of documents and of places in them, and the headings above a place in one line."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from qa_service.nouns.documents import DocumentSummary

HEADING_SEPARATOR = " › "


def heading_text(heading_path: tuple[str, ...]) -> str | None:
    """The headings above a place as one line, outermost first; None where there is none."""
    return HEADING_SEPARATOR.join(heading_path) or None


def document_link(document: DocumentSummary) -> str:
    """The address of a document's page."""
    return f"/documents/{quote(document.id, safe='')}"


def permalink(document: DocumentSummary, start: int, end: int) -> str:
    """The address of a place in a document, pinned to the version that was quoted."""
    place = urlencode({"start": start, "end": end, "version": document.version})
    return f"{document_link(document)}?{place}"
