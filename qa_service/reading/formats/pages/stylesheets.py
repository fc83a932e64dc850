"""What the stylesheets within a web page say of its parts, by their order and weight (CSS
Cascading and Inheritance, level 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import cssselect2
import tinycss2

from qa_service.reading.formats.pages.html_links import Element

Looks = Mapping[str, list[Any]]
"""What is said of a part: the values of its properties, as tokens of CSS."""

MOST_RULES = 20_000
_MEDIA = ("", "all", "screen")
_SEEN = frozenset(
    (
        *("display", "opacity", "position", "left", "top", "text-indent"),
        *("color", "background", "background-color", "background-image", "font", "font-size"),
        *("text-decoration", "text-decoration-line", "vertical-align", "visibility"),
        *("transition", "animation", "animation-name"),
    )
)
"""Properties that may hide the words of a part, strike them out or raise them."""


def looks_of(page: Element) -> Iterator[tuple[Element, Looks]]:
    """Each element of a page, those above others first, with what is said of its looks.

    Rules for print and for screens of some widths count as not written.
    """
    matcher = _matcher(page)
    for wrapped in cssselect2.ElementWrapper.from_html_root(page).iter_subtree():
        element = wrapped.etree_element
        matched = [rule for *_, pseudo, rule in matcher.match(wrapped) if pseudo is None]
        own = element.get("style")
        if own:
            matched.append(_declared(own))
        yield element, _cascaded(matched)


def has_sheets_elsewhere(page: Element) -> bool:
    """Whether a page takes stylesheets from other files, which are not read."""
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in page.iter("link"))
    return linked or any("@import" in (sheet.text or "") for sheet in page.iter("style"))


def _matcher(page: Element) -> Any:
    matcher = cssselect2.Matcher()
    for rule in islice(_rules(page), MOST_RULES):
        declared = _declared(rule.content)
        for selector in _selectors(rule) if declared else ():
            matcher.add_selector(selector, declared)
    return matcher


def _rules(page: Element) -> Iterator[Any]:
    for sheet in page.iter("style"):
        if (sheet.get("media") or "").strip().lower() in _MEDIA:
            text = "".join(sheet.itertext())
            yield from _plain_rules(tinycss2.parse_stylesheet(text, True, True))


def _plain_rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """The rules among nodes, and those within a rule for all screens."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content and _is_for_all_screens(node):
            yield from _plain_rules(tinycss2.parse_rule_list(node.content, True, True))


def _is_for_all_screens(rule: Any) -> bool:
    media = tinycss2.serialize(rule.prelude).strip().lower()
    return rule.lower_at_keyword == "media" and media in _MEDIA


def _selectors(rule: Any) -> list[Any]:
    try:
        return list(cssselect2.compile_selector_list(rule.prelude))
    except cssselect2.SelectorError:
        return []


def _declared(content: Any) -> list[Any]:
    """The declarations of a rule that have to do with what is seen."""
    nodes = tinycss2.parse_blocks_contents(content, True, True)
    return [node for node in nodes if node.type == "declaration" and node.lower_name in _SEEN]


def _cascaded(rules: Iterable[list[Any]]) -> Looks:
    """The values that win, of rules from the lightest to the heaviest."""
    said = [declaration for rule in rules for declaration in rule]
    said.sort(key=lambda declaration: declaration.important)
    return {
        declaration.lower_name: [
            token for token in declaration.value if token.type not in ("whitespace", "comment")
        ]
        for declaration in said
    }
