"""Messages that are web pages: their blocks, and their text with quotes marked as in plain mail."""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html  # type: ignore[import-untyped]

from qa_service.reading.content import Block
from qa_service.reading.formats.mail.quoting import is_attribution
from qa_service.reading.formats.pages.html_signs import write_out
from qa_service.reading.formats.pages.html_tree import element_blocks, without_boilerplate
from qa_service.reading.formats.pages.unseen import mark_looks

Element = Any
_QUOTES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite")
_LINE_BESIDE = re.compile(r"border-left\s*:(?!\s*(?:none|0))", re.IGNORECASE)
"""How programs show that somebody else wrote it."""
_INLINE = ("a", "b", "strong", "i", "em", "span", "font", "tt", "u")
MOST_PARTS = 12
"""So far above a quote is looked for who wrote it."""
DEEPEST = 40
"""Quotes within more quotes than this are taken as one."""


def markup_blocks(page: str) -> tuple[Block, ...]:
    """The blocks of a message that is a web page, quotes and all."""
    tree = _tree(page)
    return () if tree is None else tuple(element_blocks(tree))


def quoted_text(page: str) -> str | None:
    """The text of a page in which quotes begin their lines with ">"; None where it has none."""
    tree = _tree(page)
    if tree is None:
        return None
    quotes = [element for element in tree.iter("blockquote") if _is_quote(element)]
    depths = {element: _depth(element) for element in quotes}
    # The innermost first: each is made plain text before the one around it is.
    for element in sorted(quotes, key=depths.__getitem__, reverse=True):
        if depths[element] <= DEEPEST:
            _mark(element)
    return _plain(tree) if quotes else None


def _tree(page: str) -> Element | None:
    if not page.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8")
    found = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    mark_looks(found)
    write_out(found)
    return without_boilerplate(found)


def _is_quote(element: Element) -> bool:
    marked = element.get("type") == "cite" or element.get("cite") is not None
    around = [element, *element.iterancestors("div", "blockquote")]
    classes = " ".join(item.get("class") or "" for item in around)
    if marked or any(name in classes for name in _QUOTES):
        return True
    return _LINE_BESIDE.search(element.get("style") or "") is not None or _is_attributed(element)


def _is_attributed(element: Element) -> bool:
    """Whether the words right above an element say who wrote it."""
    parts = [element.getparent().text or ""]
    for before in reversed(list(element.itersiblings(preceding=True))):
        inline = isinstance(before.tag, str) and before.tag in _INLINE
        inner = "".join(before.itertext()) if isinstance(before.tag, str) else ""
        parts += [inner if inline else f"\n{inner}\n", before.tail or ""]
    lines = [line for line in "".join(parts[-MOST_PARTS:]).split("\n") if line.strip()]
    return bool(lines) and is_attribution(" ".join(lines[-1].split()))


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors("blockquote"))


def _mark(element: Element) -> None:
    """Puts the words of a quote in its place, as lines of plain text."""
    lines = _plain(element).split("\n")
    for child in list(element):
        element.remove(child)
    element.tag, element.text = "pre", "\n".join(f"> {line}".rstrip() for line in lines)


def _plain(element: Element) -> str:
    return "\n\n".join(block.text.strip("\n") for block in element_blocks(element))
