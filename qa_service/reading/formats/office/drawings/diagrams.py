"""The texts of SmartArt, in the order of its boxes (ISO/IEC 29500-1, 21.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings.words import paragraph_text, paragraphs
from qa_service.reading.formats.office.packages.parts import parsed_xml

Element = Any
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DIAGRAM = f"{_D}relIds"
"""The element that stands where a diagram is drawn."""
_DEEPEST = 12


def diagram_blocks(part: bytes) -> Iterator[Block]:
    """The texts of a diagram, from its data part, a box an item below the box it belongs to."""
    root = parsed_xml(part)
    points = {str(point.get("modelId")): point for point in root.iter(f"{_D}pt")}
    below = _below(root)
    inner = {name for names in below.values() for name in names}
    roots = [name for name in points if name not in inner]
    for name, depth in (pair for first in roots for pair in _walk(first, below, 0)):
        if said := _text(points[name]) if name in points else "":
            yield Block("item", f"• {said}", level=max(depth - 1, 0))


def _below(root: Element) -> dict[str, list[str]]:
    """The boxes below each box, in the order in which they are drawn."""
    found: dict[str, list[tuple[int, str]]] = {}
    for one in root.iter(f"{_D}cxn"):
        if one.get("type", "parOf") == "parOf":
            place = int(one.get("srcOrd") or 0), str(one.get("destId"))
            found.setdefault(str(one.get("srcId")), []).append(place)
    return {name: [inner for _, inner in sorted(pairs)] for name, pairs in found.items()}


def _walk(name: str, below: dict[str, list[str]], depth: int) -> Iterator[tuple[str, int]]:
    yield name, depth
    if depth < _DEEPEST:
        for inner in below.get(name, ()):
            yield from _walk(inner, below, depth + 1)


def _text(point: Element) -> str:
    texts = (paragraph_text(one) for text in point.iter(f"{_D}t") for one in paragraphs(text))
    return "\n".join(filter(None, texts))
