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
    if element.tag not in _LISTS and not (element.tag in _BARS and _is_named(element)):
        return False
    links = [link for link in element.iter("a") if link.get("href") and _letters(link)]
    if not links or sum(map(_letters, links)) < LEAST_SHARE * _letters(element):
        return bool(links) and _is_named(element) and _is_bar(element)
    named = any(map(_is_named, (element, *element.iterancestors())))
    inside = all(link.get("href").startswith("#") for link in links)
    return named or (inside and len(links) >= FEWEST_LINKS)


def _is_bar(element: Element) -> bool:
    words = element.text_content().split()
    return len(words) <= LONGEST_BAR and not any(word[-1] in ".!?" for word in words)


def _letters(element: Element) -> int:
    return sum(map(str.isalnum, element.text_content()))


def _is_named(element: Element) -> bool:
    return bool(_NAMED.search(f"{element.get('class', '')} {element.get('id', '')}"))
