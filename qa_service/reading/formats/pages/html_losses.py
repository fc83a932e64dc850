"""What of a web page is not read: navigation, footers, banners, forms and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, starmap

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from qa_service.reading.blocks.losses import FEWEST_WORDS, comments_told, pictures_told
from qa_service.reading.content import Block
from qa_service.reading.formats.pages.html_links import Element
from qa_service.reading.formats.pages.html_tree import (
    element_blocks,
    is_boilerplate,
    is_hidden,
    is_struck,
)
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said_of

LONGEST_SHOWN = 80
MOST_BLOCKS = 2000
"""So many blocks of a page are looked up among what was read."""
_SILENT = frozenset(("script", "style", "svg", "head", "link", "meta"))
NAVIGATION, MAIN = N_("navigation"), N_("part beside the main text")
HIDDEN, STRUCK_OUT = N_("hidden part"), N_("struck-out part")
_FRAMES = ("iframe", "object", "embed", "video", "audio")
_KINDS = {
    "nav": NAVIGATION,
    "footer": N_(N_("footer")),
    "header": N_("header"),
    "aside": N_("marginal part"),
    "template": N_("template"),
    "noscript": N_("part for browsers without scripts"),
    **dict.fromkeys(("form", "select", "button", "input", "textarea", "dialog"), N_("form")),
}
_NAMED = (
    (re.compile(r"breadcrumb|nav|menu|skip", re.IGNORECASE), NAVIGATION),
    (re.compile(r"footer", re.IGNORECASE), N_("footer")),
    (re.compile(r"sidebar", re.IGNORECASE), N_("marginal part")),
)


def left_out(page: Element, rest: Iterable[Block], read: Iterable[Block]) -> Iterator[str]:
    """A sentence for each kind of part whose words are not among what was `read`.

    `rest` is what the page holds but for navigation, footers and their like.
    """
    known = _Known(read)
    lost: dict[str, dict[str, None]] = {}
    for kind, block in islice(_blocks(page, rest), MOST_BLOCKS):
        says = str.isalnum if kind in (HIDDEN, STRUCK_OUT) else str.isalpha
        if any(map(says, block.text)) and block.text not in known:
            words = " ".join(block.text.removeprefix("• ").split())
            lost.setdefault(kind, {})[words] = None
    yield from starmap(_told_left_out, lost.items())
    yield from pictures_told([text for text in _descriptions(page) if text.strip()])
    yield from comments_told(list(_comments(page)))
    if frames := sum(1 for _ in page.iter(*_FRAMES)):
        yield said_of(
            "%(number)s embedded frame or recording not read",
            "%(number)s embedded frames or recording not read",
            frames,
        )


def _told_left_out(kind: str, texts: Iterable[str]) -> str:
    line = " / ".join(texts)
    return said_of(
        'left out as %(kind)s of the page, %(number)s word: "%(text)s"',
        'left out as %(kind)s of the page, %(number)s words: "%(text)s"',
        len(line.replace(" / ", " ").split()),
        kind=kind,
        text=shortened(line, LONGEST_SHOWN),
    )


def _descriptions(page: Element) -> Iterator[str]:
    """What pictures are said to show, or have written on them."""
    for image in page.iter("img"):
        yield image.get("alt") or ""
    for drawing in page.iter("svg"):
        yield " ".join(text.text_content() for text in drawing.iter("text"))


def _comments(page: Element) -> Iterator[str]:
    """The words of comments in the page's source, but of conditions and of mere signs."""
    for comment in page.iter(etree.Comment):
        written = (comment.text or "").strip()
        if len(written.split()) >= FEWEST_WORDS and not written.startswith("[if"):
            words = lxml_html.fragment_fromstring(written, create_parent="div").text_content()
            if len(words.split()) >= FEWEST_WORDS:
                yield words


class _Known:
    """What was read, looked up without regard to blanks."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        texts = [_squeezed(block.text) for block in blocks]
        self._texts = frozenset(texts)
        self._whole = "\n".join(texts)

    def __contains__(self, text: str) -> bool:
        squeezed = _squeezed(text)
        return squeezed in self._texts or squeezed in self._whole


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _blocks(page: Element, rest: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    for part in _parts(page):
        if kind := _kind(part):
            for block in element_blocks(part):
                yield kind, block
    for block in rest:
        yield NAVIGATION if block.kind == "contents" else MAIN, block


def _parts(element: Element) -> Iterator[Element]:
    """The outermost parts that are no main text."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SILENT:
            continue
        if is_boilerplate(child):
            yield child
        else:
            yield from _parts(child)


def _kind(part: Element) -> str:
    """What a part is in words; "" for what has none."""
    if part.tag in _FRAMES:
        return ""
    if part.tag in _KINDS:
        return _KINDS[part.tag]
    names = f"{part.get('class', '')} {part.get('id', '')}"
    found = (kind for rule, kind in _NAMED if rule.search(names))
    if is_hidden(part):
        return HIDDEN
    if is_struck(part):
        return STRUCK_OUT
    return next(found, N_("banner"))
