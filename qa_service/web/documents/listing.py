"""The page of all documents: what is looked for, the facets that narrow it, the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from qa_service.errors import InputError
from qa_service.indexing.lookup.short_titles import ShortTitle
from qa_service.nouns.documents import DocumentSummary
from qa_service.translation.catalogue import N_, _
from qa_service.web.api.requests import MAX_PREFIX_CHARACTERS

ROWS_OF_A_PAGE = 1_000
UNKNOWN = "unknown"
FACETS = {"year": N_("Year"), "place": N_("Place"), "collection": N_("Collection")}
"""Each with its name for readers."""
SORTS = {
    "title": N_("Title"),
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
    "pages": N_("Longest"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many documents have it, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of documents, with their titles as shown, by their ids. `facets` are those by which
    they differ; `total` counts all of the index, `found` those that pass; `next_page` is the
    query of the address of the next page."""

    rows: tuple[DocumentSummary, ...]
    titles: Mapping[str, ShortTitle]
    facets: Mapping[str, Sequence[Choice]]
    total: int
    found: int
    sort: str
    next_page: str


def listing(
    documents: Sequence[DocumentSummary],
    places: Mapping[str, str],
    titles: Mapping[str, ShortTitle],
    fields: MultiDict[str, str],
) -> Listing:
    """The documents that an address asks for, by its members find, year, place, collection, sort
    and page. `places` and `titles`, as shown, are by the ids of documents. Raises InputError
    where too much is looked for."""
    if len(sought := fields.get("find", "")) > MAX_PREFIX_CHARACTERS:
        most = MAX_PREFIX_CHARACTERS
        raise InputError("find", _("send %(number)s characters at most", number=most))
    chosen = {name: set(fields.getlist(name)) for name in FACETS}
    words = sought.casefold().split()
    holding = [document for document in documents if holds(document, words)]
    found = [item for item in holding if _passes(item, places, chosen)]
    sort = fields.get("sort", "title")
    shown = {item.id: titles.get(item.id, ShortTitle(item.title)) for item in found}
    ordered = _ordered(found, shown, sort)
    first = ROWS_OF_A_PAGE * _page(fields)
    return Listing(
        rows=tuple(ordered[first : first + ROWS_OF_A_PAGE]),
        titles=shown,
        facets=_facets(documents, holding, places, chosen),
        total=len(documents),
        found=len(found),
        sort=sort if sort in SORTS else "title",
        next_page=_next_page(fields) if first + ROWS_OF_A_PAGE < len(found) else "",
    )


def holds(document: DocumentSummary, words: Iterable[str]) -> bool:
    """Whether a document's title, source and date together hold all words, in small letters."""
    text = f"{document.title} {document.source} {document.date or ''}".casefold()
    return all(word in text for word in words)


def _value(document: DocumentSummary, facet: str, places: Mapping[str, str]) -> str:
    if facet == "year":
        return (document.date or UNKNOWN).split("-")[0]
    return document.collection if facet == "collection" else places.get(document.id, UNKNOWN)


def _passes(
    document: DocumentSummary, places: Mapping[str, str], chosen: Mapping[str, set[str]]
) -> bool:
    return all(
        not values or _value(document, facet, places) in values for facet, values in chosen.items()
    )


def _facets(
    documents: Sequence[DocumentSummary],
    holding: Sequence[DocumentSummary],
    places: Mapping[str, str],
    chosen: Mapping[str, set[str]],
) -> dict[str, list[Choice]]:
    """Each facet of which several values are known, counted as the others narrow it."""
    facets: dict[str, list[Choice]] = {}
    for facet in FACETS:
        values = {_value(document, facet, places) for document in documents}
        others = {name: wanted for name, wanted in chosen.items() if name != facet}
        passing = (item for item in holding if _passes(item, places, others))
        counts = Counter(_value(document, facet, places) for document in passing)
        if len(values - {UNKNOWN}) > 1:
            facets[facet] = [
                Choice(value, counts[value], value in chosen[facet])
                for value in _in_order(values, facet)
                if counts[value] or value in chosen[facet]
            ]
    return facets


def _in_order(values: set[str], facet: str) -> list[str]:
    """By name, years latest first; what is not known comes last."""
    known = sorted(values - {UNKNOWN}, key=str.casefold, reverse=facet == "year")
    return [*known, *(values & {UNKNOWN})]


def _ordered(
    documents: Sequence[DocumentSummary], titles: Mapping[str, ShortTitle], sort: str
) -> list[DocumentSummary]:
    by_title = sorted(documents, key=lambda it: (titles[it.id].text.casefold(), it.date or ""))
    if sort == "newest":
        return sorted(by_title, key=lambda item: item.date or "", reverse=True)
    if sort == "oldest":
        return sorted(by_title, key=lambda item: item.date or "9999")
    if sort == "pages":
        return sorted(by_title, key=lambda item: item.pages or 0, reverse=True)
    return by_title


def _page(fields: Mapping[str, Any]) -> int:
    text = str(fields.get("page", "0"))
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _next_page(fields: MultiDict[str, str]) -> str:
    kept = [(name, value) for name, value in fields.items(multi=True) if name != "page"]
    return urlencode([*kept, ("page", _page(fields) + 1)])
