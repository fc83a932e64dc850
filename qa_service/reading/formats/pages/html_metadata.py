"""What a web page declares of itself: title, date, publisher, author, address, language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qa_service.reading.content import FoundDate
from qa_service.reading.formats.pages.html_tree import Element
from qa_service.reading.metadata.dates import parse_date

_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "publication_date",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "date",
)
_FIELDS = {
    "author": ("author", "article:author", "dc.creator", "dcterms.creator"),
    "publisher": ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher"),
    "description": ("description", "og:description", "dc.description", "dcterms.description"),
    "keywords": ("keywords", "dc.subject"),
}


def declared_title(page: Element) -> str:
    """The page's title without the site's name; "" where the page declares none."""
    metas = _metas(page)
    heading = _only_heading(page)
    title = metas.get("og:title") or metas.get("dc.title") or page.findtext(".//title") or ""
    title = " ".join(title.split())
    # "Report on schools | Borough News": the heading tells which part is the title.
    return heading if heading and heading.casefold() in title.casefold() else title or heading


def _only_heading(page: Element) -> str:
    headings = page.findall(".//h1")
    return " ".join(headings[0].text_content().split()) if len(headings) == 1 else ""


def declared_date(page: Element) -> FoundDate | None:
    """The date of publication that the page's markup states; None where it states none."""
    metas = _metas(page)
    for name in _DATE_NAMES:
        if found := parse_date(metas.get(name, "")):
            return FoundDate(found, f"meta tag {name}")
    for value in _structured_dates(page):
        if found := parse_date(value):
            return FoundDate(found, "structured data datePublished")
    return _time_element(page)


def _time_element(page: Element) -> FoundDate | None:
    """The page's `time` element, if it is alone or marked as that of publication."""
    times = page.findall(".//time")
    marked = [time for time in times if time.get("pubdate") is not None or _is_published(time)]
    for time in marked or (times if len(times) == 1 else []):
        if found := parse_date(time.get("datetime") or time.text_content()):
            return FoundDate(found, "time element")
    return None


def _is_published(time: Element) -> bool:
    return "publish" in f"{time.get('class', '')} {time.get('itemprop', '')}".lower()


def _structured_dates(page: Element) -> Iterator[str]:
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        try:
            yield from _published(json.loads(script.text or "null"))
        except ValueError:
            continue


def _published(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
        yield from _published(data.get("@graph"))
    elif isinstance(data, list):
        for part in data:
            yield from _published(part)


def page_metadata(page: Element) -> dict[str, str]:
    """Author, publisher, description, keywords, address and language, "" where unknown."""
    metas = _metas(page)
    fields = {
        field: next((metas[name] for name in names if metas.get(name)), "")
        for field, names in _FIELDS.items()
    }
    canonical = page.find(".//link[@rel='canonical']")
    address = canonical.get("href", "") if canonical is not None else metas.get("og:url", "")
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return fields | {"address": address, "language": language}


def _metas(page: Element) -> dict[str, str]:
    """The content of every named meta tag, names in small letters; the first one counts."""
    metas: dict[str, str] = {}
    for meta in page.iterfind(".//meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content", "").strip())
    return metas
