"""What a page's structured data (schema.org) says of the page itself, and not of another thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qa_service.reading.formats.pages.html_links import Element

LEAST_SHARED = 0.6
"""A headline is the page's where this share of its longer words stands in the page's names."""
MOST_NODES = 2_000
_NAMES = ("headline", "name", "alternativeHeadline")
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
_ASIDE = ("aside", "nav", "footer", "li")
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)
_WORD = re.compile(r"\w{3,}")


def own_published(page: Element, names: str, addresses: set[str]) -> str:
    """The `datePublished` of the node that is this page, by its name or address; "" if none is.

    One without a name counts where it is the only one.
    """
    nodes = [node for node in _nodes(page) if isinstance(node.get("datePublished"), str)]
    mine = [node for node in nodes if _is_called(node, names) or _is_at(node, addresses)]
    unnamed = nodes if len(nodes) == 1 and not _values(nodes[0], _NAMES) else []
    return next((str(node["datePublished"]) for node in mine or unnamed), "")


def is_beside_the_point(element: Element) -> bool:
    """Whether an element speaks of an event, a reader's comment, or another article than the
    page's."""
    for ancestor in element.iterancestors():
        if ancestor.tag in _ASIDE or "Event" in (ancestor.get("itemtype") or ""):
            return True
        if _COMMENTS.search(ancestor.get("class") or ancestor.get("id") or ""):
            return True
        holds_others = ancestor.tag == "article" or ancestor.get("itemscope") is not None
        if holds_others and ancestor.find(".//h1") is None and _has_own_heading(ancestor):
            return True
    return False


def _has_own_heading(element: Element) -> bool:
    return any(True for _ in element.iter("h2", "h3", "h4"))


def _nodes(page: Element) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        try:
            found += _within(json.loads(script.text or "null"), MOST_NODES - len(found))
        except (ValueError, RecursionError):
            continue
    return found


def _within(data: object, most: int) -> Iterator[dict[str, Any]]:
    """The nodes of structured data, also those listed below others, so many at most."""
    waiting = [data]
    while waiting and most > 0:
        item = waiting.pop(0)
        if isinstance(item, dict):
            most -= 1
            yield item
            waiting += [item.get("@graph"), item.get("mainEntity")]
        elif isinstance(item, list):
            waiting += item[:most]


def _is_called(node: dict[str, Any], names: str) -> bool:
    known = set(_WORD.findall(names.casefold()))
    for value in _values(node, _NAMES):
        words = set(_WORD.findall(value.casefold()))
        if words and len(words & known) >= LEAST_SHARED * len(words):
            return True
    return False


def _is_at(node: dict[str, Any], addresses: set[str]) -> bool:
    return bool(addresses & {value.partition("#")[0] for value in _values(node, _ADDRESSES)})


def _values(node: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    values = [node.get(name) for name in names]
    inner = [value.get("@id") if isinstance(value, dict) else value for value in values]
    return [value for value in inner if isinstance(value, str) and value.strip()]
