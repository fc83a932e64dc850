"""HTML: the main text of a web page without its navigation, banners and footers."""

from __future__ import annotations

import re

import trafilatura
from lxml import html as lxml_html  # type: ignore[import-untyped]

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.pages.html_cells import carry_cells
from qa_service.reading.formats.pages.html_links import Element, leads_on
from qa_service.reading.formats.pages.html_losses import left_out
from qa_service.reading.formats.pages.html_metadata import (
    declared_date,
    declared_title,
    page_metadata,
)
from qa_service.reading.formats.pages.html_signs import write_out
from qa_service.reading.formats.pages.html_tree import (
    HEADINGS,
    element_blocks,
    is_box,
    is_hidden,
    is_struck,
    main_element,
    without,
    without_boilerplate,
)
from qa_service.reading.formats.pages.unseen import mark_looks
from qa_service.reading.formats.plain.decoding import Decoded, decoded
from qa_service.translation.sentences import said

FAIR_SHARE = 0.6
"""The extractor's text must be this share of what a plain walk finds, or the walk's is used."""
_ANCHOR_SIGNS = frozenset("¶#§🔗")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)|^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)",
    re.IGNORECASE,
)


def read_html(data: bytes) -> Content:
    """A web page as content. Raises UnreadableDocument where there is no page."""
    found = decoded_page(data)
    page = _page(found.text)
    bare = without_boilerplate(page)
    blocks = _main_blocks(page, tuple(element_blocks(main_element(bare))))
    lost = left_out(page, element_blocks(bare), blocks)
    headings = [block.text for block in blocks if block.kind == "heading"]
    return Content(
        "html",
        blocks,
        title=declared_title(page) or next(iter(headings), None),
        date=declared_date(page),
        metadata=page_metadata(page),
        warnings=(*found.warnings, *lost),
    )


def _page(text: str) -> Element:
    if not text.strip():
        raise UnreadableDocument(said("no text: the file is empty"))
    # lxml refuses text that declares an encoding, so it gets bytes of a known one.
    parser = lxml_html.HTMLParser(encoding="utf-8")
    page = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    _drop_anchors(page)
    _head_folded(page)
    mark_looks(page)
    write_out(page)
    carry_cells(page)
    return page


def _drop_anchors(page: Element) -> None:
    """Takes out the signs beside headings that are links to themselves: "Fees¶"."""
    for link in list(page.iter("a")):
        itself = (link.get("href") or "").startswith("#")
        if itself and link.text_content().strip() in _ANCHOR_SIGNS:
            link.drop_tree()


def _head_folded(page: Element) -> None:
    """Makes what a folded part is opened by its heading: a question above its answer."""
    for summary in list(page.iter("summary")):
        if next(summary.iter(*HEADINGS), None) is None:
            summary.tag = "h6"
        else:
            summary.drop_tag()


def decoded_page(data: bytes) -> Decoded:
    """The text of a page, whose own words on its character set count as a label."""
    declared = _CHARSET.search(data[:4096])
    label = (declared[1] or declared[2]).decode("ascii") if declared else ""
    # A page that could be searched for its label is not UTF-16, whatever that says.
    return decoded(data, "" if label.lower().startswith("utf-16") else label)


def _main_blocks(page: Element, walked: tuple[Block, ...]) -> tuple[Block, ...]:
    """The extractor's blocks, or a plain walk's where the extractor lost too much."""
    # The extractor moves text about where tables arrange the page, and leaves out boxes.
    if page.find(".//table//table") is not None or any(map(is_box, page.iter("div", "section"))):
        return walked
    extracted = _extracted(page)
    return extracted if _is_fair(extracted, walked) else walked


def _extracted(page: Element) -> tuple[Block, ...]:
    found = trafilatura.bare_extraction(
        without(page, _is_unread),
        favor_recall=True,
        include_comments=False,
        include_formatting=True,
        include_tables=True,
    )
    body = getattr(found, "body", None)
    return () if body is None else tuple(element_blocks(body))


def _is_unread(element: Element) -> bool:
    """Whether an element is hidden, struck out, or a list of links through its page."""
    if not isinstance(element.tag, str):
        return False
    never_shown = element.tag in ("template", "noscript")
    return never_shown or leads_on(element) or is_hidden(element) or is_struck(element)


def _is_fair(extracted: tuple[Block, ...], walked: tuple[Block, ...]) -> bool:
    if _count(extracted, "heading") * 2 < _count(walked, "heading"):
        return False
    if _count(extracted, "item") * 2 < _count(walked, "item"):
        return False
    return _length(extracted) >= FAIR_SHARE * _length(walked)


def _count(blocks: tuple[Block, ...], kind: str) -> int:
    return sum(block.kind == kind for block in blocks)


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in blocks)
