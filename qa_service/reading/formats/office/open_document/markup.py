"""OpenDocument markup made plain, and what of a document is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.blocks.losses import (
    comments_told,
    pictures_told,
    words_told,
)
from qa_service.reading.formats.office.looks.colours import WHITE
from qa_service.reading.formats.office.open_document.numbering import write_numbers
from qa_service.reading.formats.office.open_document.objects import stands_for_another
from qa_service.reading.formats.office.open_document.styles import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Styles,
    styles_of,
)
from qa_service.reading.formats.office.word.present_days import MOST_WORDS_BESIDE
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Element = Any
LONGEST_SHOWN = 80
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STYLED = (f"{TEXT}span", f"{TEXT}p", f"{TEXT}h", f"{TEXT}a")
_NOTE = f"{TEXT}note"
_HIDDEN = (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph")
_COLOURED = (f"{DRAW}text-box", f"{DRAW}custom-shape", f"{DRAW}page", f"{TABLE}table-cell")
"""What has a ground of its own."""
_MARGINS = {
    "header": ("header", "header-left", "header-first"),
    "footer": ("footer", "footer-left", "footer-first"),
}


def simplify(body: Element, styled: Element | None) -> list[str]:
    """Changes a body so that it holds only what is read, and tells what is left out.

    Raised figures and the numbers of headings and items are written as such; deleted, hidden
    and struck-out text is emptied. `styled` is the root of the part that holds the styles.
    """
    own = body.getroottree().getroot()
    styles = styles_of([own] if styled is None else [styled, own])
    unread = {
        N_("deleted text"): _deleted(body),
        N_("hidden text"): (*_hidden(body, styles), *white_on_paper(body, styles)),
        N_("struck-out text"): struck(body, styles),
        N_("a date that changes with each opening"): _present_days(body),
    }
    told = [
        line
        for what, elements in unread.items()
        for line in words_told(what, sum(map(emptied, list(elements))))
    ]
    for span in body.iter(*_STYLED):
        if styles.raises(_style(span)):
            _raise(span)
    write_numbers(body, styles)
    return [*told, *_told(body), *_margins(styled)]


def _style(element: Element) -> str:
    return str(element.get(f"{TEXT}style-name") or "")


def _hidden(body: Element, styles: Styles) -> Iterator[Element]:
    for element in body.iter(*_STYLED, f"{TEXT}section", *_HIDDEN):
        if element.tag == f"{TEXT}hidden-paragraph" and _is_on(element):
            yield element.getparent()
        elif element.tag == f"{TEXT}section":
            if element.get(f"{TEXT}display") == "none":
                yield element
        elif (element.tag in _HIDDEN and _is_on(element)) or styles.hides(_style(element)):
            yield element


def white_on_paper(body: Element, styles: Styles) -> Iterator[Element]:
    """What is white where nothing colours what is behind it: no ground of its own or of its
    paragraph, no table, no box, no style of the page."""
    for element in body.iter(f"{TEXT}span", f"{TEXT}p"):
        chain = [element, *element.iterancestors(*_STYLED)]
        ink = next((ink for it in chain if (ink := styles.said(styles.inks, _style(it)))), None)
        boxed = next(element.iterancestors(*_COLOURED), None) is not None
        grounded = any(_style(it) and _has_ground(styles, _style(it)) for it in chain)
        if ink == WHITE and not boxed and not grounded and not styles.page_has_ground:
            yield element


def _has_ground(styles: Styles, name: str) -> bool:
    return styles.said(styles.grounds, name) is not None


def _deleted(body: Element) -> Iterator[Element]:
    """What tracked changes keep of deleted text, without who deleted it."""
    for deletion in body.iter(f"{TEXT}deletion"):
        yield from (part for part in deletion if part.tag != f"{OFFICE}change-info")


def _present_days(body: Element) -> Iterator[Element]:
    """The days of opening that stand for themselves or beside a label."""
    for day in body.iter(f"{TEXT}date", f"{TEXT}time"):
        paragraph = next(day.iterancestors(f"{TEXT}p", f"{TEXT}h"), day)
        beside = len("".join(paragraph.itertext()).split()) - len("".join(day.itertext()).split())
        if day.get(f"{TEXT}fixed") != "true" and beside <= MOST_WORDS_BESIDE:
            yield day


def struck(element: Element, styles: Styles) -> Iterator[Element]:
    """What of an element its styles strike out."""
    return (part for part in element.iter(*_STYLED) if styles.strikes(_style(part)))


def _is_on(element: Element) -> bool:
    return str(element.get(f"{TEXT}is-hidden")) == "true"


def emptied(element: Element) -> int:
    """Takes all words out of an element, and says how many they were."""
    words = len(" ".join(element.itertext()).split())
    for part in [element, *element.iterdescendants()]:
        part.text = None
        part.tail = part.tail if part is element else None
    for child in list(element):
        element.remove(child)
    return words


def _raise(span: Element) -> None:
    """Writes raised figures so that they never join the number before them: "£320¹"; not those
    of a note that is referred to there."""
    span.text = raised(span.text or "")
    for inner in span.iterdescendants():
        if next(inner.iterancestors(_NOTE), None) is None:
            inner.text = inner.text if inner.tag == _NOTE else raised(inner.text or "")
            inner.tail = raised(inner.tail or "")


def _told(body: Element) -> Iterator[str]:
    images = (image for image in body.iter(f"{DRAW}image") if not stands_for_another(image))
    yield from pictures_told([_description(image) for image in images])
    comments = body.iter(f"{OFFICE}annotation")
    yield from comments_told([_paragraphs(comment) for comment in comments])


def _paragraphs(element: Element) -> str:
    return " ".join("".join(item.itertext()) for item in element.iter(f"{TEXT}p"))


def _description(image: Element) -> str:
    frame = image.getparent()
    return frame.findtext(f"{_SVG}desc") or frame.findtext(f"{_SVG}title") or ""


def _margins(styled: Element | None) -> Iterator[str]:
    """A sentence for each header and footer of the pages, which are not read."""
    if styled is None:
        return
    told: set[str] = set()
    for kind, tags in _MARGINS.items():
        for element in styled.iter(*(f"{STYLE}{tag}" for tag in tags)):
            text = " ".join(" ".join(element.itertext()).split())
            line = said(
                'the %(kind)s of the pages was not read: "%(text)s"',
                kind=kind,
                text=shortened(text, LONGEST_SHOWN),
            )
            if any(map(str.isalpha, text)) and line not in told:
                told.add(line)
                yield line
