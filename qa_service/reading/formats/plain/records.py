"""Nested values -> blocks: rows of "name: value" that can be read and quoted alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html as lxml_html  # type: ignore[import-untyped]

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block
from qa_service.reading.formats.pages.html_tree import element_blocks

LONGEST_VALUE = 300
"""A longer text is a paragraph of its own."""
_MARKUP = re.compile(r"\s*<(?:p|div|table|ul|ol|h[1-6]|section|article)[\s>]", re.IGNORECASE)
DEEPEST = 40
"""What is nested deeper is left out."""


def record_blocks(value: Any, path: tuple[str, ...] = ()) -> Iterator[Block]:
    """Blocks of a value made of mappings, lists and plain values.

    The plain values of a mapping are one row; those of mappings within it carry the names
    that lead to them. Longer texts are paragraphs.
    """
    if len(path) > DEEPEST:
        return
    if isinstance(value, Mapping):
        yield from _mapping(value, path)
    elif isinstance(value, list):
        plain = [_plain(item) for item in value if not isinstance(item, Mapping | list)]
        if any(plain):
            yield Block("row", _named(path, ", ".join(filter(None, plain))))
        for item in value:
            if isinstance(item, Mapping | list):
                yield from record_blocks(item, path)
    elif text := _plain(value):
        yield Block("row", _named(path, text))


def _mapping(values: Mapping[Any, Any], path: tuple[str, ...]) -> Iterator[Block]:
    cells = []
    for name, value in values.items():
        text = "" if isinstance(value, Mapping | list) else _plain(value)
        if text and len(text) <= LONGEST_VALUE:
            cells.append(f"{one_line(str(name))}: {text}")
    if cells:
        yield Block("row", _named(path, "; ".join(cells)))
    for name, value in values.items():
        inner = (*path, one_line(str(name)))
        if isinstance(value, Mapping | list):
            yield from record_blocks(value, inner)
        elif len(_plain(value)) > LONGEST_VALUE:
            yield from _long_text(inner, str(value))


def _long_text(path: tuple[str, ...], text: str) -> Iterator[Block]:
    """A long text; one that is marked up as a web page as its blocks."""
    if _MARKUP.match(text):
        yield Block("paragraph", _named(path, ""))
        yield from element_blocks(lxml_html.fragment_fromstring(text, create_parent="div"))
    else:
        yield Block("paragraph", _named(path, text))


def _named(path: tuple[str, ...], text: str) -> str:
    return f"{' › '.join(path)}: {text}".strip() if path else text


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return one_line(str(value))
