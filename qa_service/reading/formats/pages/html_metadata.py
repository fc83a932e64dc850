"""What a web page declares of itself: title, date, publisher, author, address, language."""

from __future__ import annotations

import re

from qa_service.reading.content import FoundDate
from qa_service.reading.formats.pages.html_links import Element
from qa_service.reading.formats.pages.structured_data import is_beside_the_point, own_published
from qa_service.reading.metadata.dates import created_date, parse_date
from qa_service.reading.metadata.stated_dates import is_of_another_time
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

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
_BYLINE = re.compile(
    r"\b(?:byline|dateline|(?:post|entry|article|story)[-_]?(?:meta|date|info)|pub(?:lish\w*)?)\b",
    re.IGNORECASE,
)
_PUBLISHED_BEFORE = re.compile(r"\b(?:published|posted|issued)(?:\s+on)?\W*$", re.IGNORECASE)
_DATE_ALONE = re.compile(r"\W*date\W*", re.IGNORECASE)
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
    title = title if is_meaningful_title(title) else ""
    # "Report on schools | Borough News": the heading tells which part is the title.
    return heading if heading and heading.casefold() in title.casefold() else title or heading


def _only_heading(page: Element) -> str:
    headings = page.findall(".//h1")
    return " ".join(headings[0].text_content().split()) if len(headings) == 1 else ""


def declared_date(page: Element) -> FoundDate | None:
    """The date of publication that the page's markup states; None where it states none."""
    metas = _metas(page)
    for name in _DATE_NAMES:
        if found := created_date(metas.get(name, "")):
            return FoundDate(found, said("meta tag %(name)s", name=name))
    if found := parse_date(own_published(page, _names(page), _addresses(page, metas))):
        return FoundDate(found, said("structured data datePublished"))
    return _time_element(page)


def _names(page: Element) -> str:
    """What the page calls itself: its title and its first headings."""
    parts = [page.findtext(".//title") or "", *(h.text_content() for h in page.findall(".//h1"))]
    return " ".join(" ".join(parts).split())


def _addresses(page: Element, metas: dict[str, str]) -> set[str]:
    canonical = page.find(".//link[@rel='canonical']")
    own = canonical.get("href", "") if canonical is not None else ""
    return {own, metas.get("og:url", "")} - {""}


def _time_element(page: Element) -> FoundDate | None:
    """The `time` element that is marked as that of publication, or stands in such a line."""
    own = (time for time in page.iter("time") if _is_published(time))
    for time in own:
        found = parse_date(time.get("datetime") or time.text_content())
        if found and not is_beside_the_point(time):
            return FoundDate(found, said("time element"))
    return None


def _is_published(time: Element) -> bool:
    if time.get("pubdate") is not None:
        return True
    before, behind = _words_beside(time)
    marks = f"{time.get('class', '')} {time.get('itemprop', '')}"
    if "publish" in marks.lower() or _PUBLISHED_BEFORE.search(before):
        return True
    around = [ancestor.get("class", "") for ancestor in list(time.iterancestors())[:2]]
    stands_alone = _DATE_ALONE.fullmatch(before) and not behind.strip(" .")
    byline = _BYLINE.search(" ".join(around)) and not is_of_another_time(before)
    return bool(stands_alone or byline)


def _words_beside(time: Element) -> tuple[str, str]:
    """The words before and behind an element within the one around it."""
    around = time.getparent()
    if around is None:
        return "", ""
    siblings = list(around)
    place = siblings.index(time)
    earlier = [around.text, *(t for s in siblings[:place] for t in (s.text_content(), s.tail))]
    later = [time.tail, *(t for s in siblings[place + 1 :] for t in (s.text_content(), s.tail))]
    before, behind = (" ".join(" ".join(filter(None, p)).split()) for p in (earlier, later))
    return before, behind


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
        # What is marked within the page may be said of an event or of another article.
        if meta.get("itemprop") and is_beside_the_point(meta):
            continue
        metas.setdefault(name.lower(), meta.get("content", "").strip())
    return metas
