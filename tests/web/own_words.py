"""What a page says in its own words, and which of these are English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

NOT_READ = ("script", "style", "code", "kbd", "svg", "textarea")
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
ENGLISH = re.compile(
    r"(?<!/)\b(the|and|of|to|is|are|not|from|by|with|this|that|it|its|be|has|have|for|on|at|as"
    r"|all|any|more|ask|find|show|close|documents?|pages?|quotes?|passages?|places?|questions?"
    r"|answers?|found|file|page|next|previous|date|words|try|again|open|copy)\b",
    re.IGNORECASE,
)
QUOTED = re.compile("„[^“]*“")
THE_SAME = {"Text", "Index", "Token", "Tokens", "Name", "Feed", "Word", "JSON", "CSV", "HTML"}
"""Words that both languages have."""
SAID_BY = ("aria-label", "title", "placeholder", "alt", "data-label", "data-slow")


def own_words(page: str, language: str) -> list[str]:
    """Every text and every label of a page that is in its language, without what it quotes."""
    root = html.document_fromstring(page)
    return [words for words in _said(root, language) if any(map(str.isalpha, words))]


def english_in(page: str) -> list[str]:
    """The texts of a German page that hold English, but for what it quotes."""
    said = [words for words in own_words(page, "de") if words.strip() not in THE_SAME]
    return [words for words in said if ENGLISH.search(QUOTED.sub("", words))]


def _said(element: html.HtmlElement, language: str) -> Iterator[str]:
    spoken = element.get("lang", language)
    if isinstance(element.tag, str) and spoken == language and not _is_left_out(element):
        for name in SAID_BY:
            yield element.get(name, "")
        yield _title(element) if element.tag == "title" else element.text or ""
        for child in element:
            yield from _said(child, language)
            yield child.tail or ""


def _title(element: html.HtmlElement) -> str:
    """Without the question or the document that a page is called after."""
    return (element.text or "").rpartition(" · ")[2]


def _is_left_out(element: html.HtmlElement) -> bool:
    return element.tag in NOT_READ or element.get("translate") == "no"
