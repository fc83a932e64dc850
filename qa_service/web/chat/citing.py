"""A quote with its citation as text to take away."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Flask

from qa_service.contract.parts import JsonObject, permalink
from qa_service.nouns.dates import MONTHS
from qa_service.nouns.documents import DocumentSummary
from qa_service.translation.catalogue import N_
from qa_service.web.export.as_markdown import markdown_text
from qa_service.web.serving.answer_service import site_address
from qa_service.web.wording.places import human_date, place_words

WAYS = {
    "plain": N_("Plain text"),
    "markdown": N_("Markdown"),
    "reference": N_("Reference"),
    "address": N_("Address only"),
}


def register(app: Flask) -> None:
    """Make the texts available to every template."""
    app.jinja_env.filters["cited_texts"] = cited_texts
    app.jinja_env.globals["citing_ways"] = WAYS


def cited_texts(citation: JsonObject, quote: str | None) -> dict[str, str]:
    """The text of each of `WAYS`; every one ends with the address of the quote.

    The reference is in the manner of the APA: publisher, date, title, page, address; without
    a publisher the title comes first.
    """
    if not quote:
        return dict.fromkeys(WAYS, "")
    address = urljoin(site_address(), citation["permalink"])
    title = " ".join(citation["title"].split())
    lines = "\n".join(f"> {line}".rstrip() for line in markdown_text(quote).split("\n"))
    place = place_words(citation)
    return {
        "plain": f"“{quote}”\n{title}, {place}\n{address}",
        "markdown": f"{lines}\n\n[{markdown_text(title)}](<{address}>), {markdown_text(place)}",
        "reference": _reference(citation, title, address),
        "address": address,
    }


def cited_summary(
    document: DocumentSummary, page: int | None, place: tuple[int, int]
) -> JsonObject:
    """A place of a document, its start and end, as a citation has it."""
    start, end = place
    return {
        "document_id": document.id,
        "document_version": document.version,
        "source": document.source,
        "start": start,
        "end": end,
        "title": document.title,
        "date": document.date,
        "page": page,
        "heading": None,
        "publisher": document.metadata.get("publisher") or None,
        "address": document.metadata.get("address") or None,
        "language": document.extraction.language,
        "permalink": permalink(document, start, end),
    }


def _reference(citation: JsonObject, title: str, address: str) -> str:
    page = f" (p. {citation['page']})" if citation.get("page") else ""
    named, when = f"{title}{page}", f"({_reference_date(citation.get('date'))})"
    publisher = citation.get("publisher")
    parts = (publisher, when, named) if publisher else (named, when)
    return f"{' '.join(_ended(part) for part in parts)} {address}"


def _reference_date(date: str | None) -> str:
    """ "2023, May 24", "2016, February", "2016", or "n.d." where there is none."""
    if not date:
        return "n.d."
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return human_date(date)
    name = MONTHS[int(month) - 1]
    return f"{year}, {name} {int(day)}" if day else f"{year}, {name}"


def _ended(part: str) -> str:
    """The part with one full stop at its end."""
    return part if part.endswith((".", "?", "!")) else f"{part}."
