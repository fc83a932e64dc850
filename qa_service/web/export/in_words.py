"""The sentences that every readable format shares."""

from __future__ import annotations

from qa_service.web.export.transcript import CitedQuote, DocumentLink, Gap, Transcript
from qa_service.web.wording.display import human_date


def origin(transcript: Transcript) -> str:
    """Where the file came from, and what its quotes are."""
    return (
        f"Exported on {human_date(transcript.exported)} from {transcript.site} "
        "The address of each quote opens its place in the source, where it can be checked."
    )


def place(citation: CitedQuote) -> str:
    """Date, page and heading, in the order in which a reader looks them up."""
    page = f"page {citation.page}" if citation.page else None
    parts = (human_date(citation.date), page, citation.heading)
    return ", ".join(part for part in parts if part)


def source(citation: CitedQuote) -> str:
    """The file, its version and the place in its text."""
    return (
        f"{citation.source}, version sha256 {citation.version}, "
        f"characters {citation.start} to {citation.end}"
    )


def gap(entry: Gap) -> str:
    """A date of a comparison for which nothing was found."""
    return f"{human_date(entry.date)}, {entry.title}: nothing close enough"


def also_in(link: DocumentLink) -> str:
    """Another document that says the same."""
    return f"{link.title}, {human_date(link.date)}"
