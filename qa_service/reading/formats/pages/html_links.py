"""Lists of links that lead through a document: its contents, bars to turn its pages."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An lxml element; lxml has no types of its own."""

FEWEST_LINKS = 3
LEAST_SHARE = 0.8
"""Of the letters of such a list stand in links."""
LONGEST_BAR = 40
"""Words of a bar that also names where the reader is, which is no link."""
_TOPS = ("#", "#top")
_ENDS_A_SENTENCE = re.compile(r"(?<!\d)[.!?]$")
_LISTS = frozenset(("ul", "ol", "dl"))
_BARS = frozenset(("div", "p", "table", "section"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:toc\w*|contents-list|table-of-contents|\w*nav\w*|pager|pagination|prev-?next"
    r"|related|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)


def leads_on(element: Element) -> bool:
    """Whether an element only names other places: those of the same page, or of the pages of
    one document, as its class says. A list of addresses elsewhere is text as any other."""
    if _leads_back(element):
        return True
    if element.tag not in _LISTS and not (element.tag in _BARS and _is_named(element)):
        return False
    links = [link for link in element.iter("a") if link.get("href") and _letters(link)]
    if not links or sum(map(_letters, links)) < LEAST_SHARE * _letters(element):
        return bool(links) and _is_named(element) and _is_bar(element)
    named = any(map(_is_named, (element, *element.iterancestors())))
    inside = all(link.get("href").startswith("#") for link in links)
    return named or (inside and len(links) >= FEWEST_LINKS)


def _leads_back(element: Element) -> bool:
    """Whether an element is nothing but a link to the top of its page: "↑ Back to top"."""
    if element.tag not in _BARS:
        return False
    links = [link for link in element.iter("a") if link.get("href") in _TOPS]
    return len(links) == 1 and 0 < _letters(links[0]) == _letters(element)


def _is_bar(element: Element) -> bool:
    """Whether an element is short and holds no sentence; the stop of "Chapter 2." ends none."""
    words = element.text_content().split()
    return len(words) <= LONGEST_BAR and not any(map(_ENDS_A_SENTENCE.search, words))


def _letters(element: Element) -> int:
    return sum(map(str.isalnum, element.text_content()))


def _is_named(element: Element) -> bool:
    return bool(_NAMED.search(f"{element.get('class', '')} {element.get('id', '')}"))
