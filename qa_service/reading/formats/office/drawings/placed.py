"""Diagrams and charts where documents and slides place them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings.charts import CHARTS, chart_blocks
from qa_service.reading.formats.office.drawings.diagrams import DIAGRAM, diagram_blocks
from qa_service.reading.formats.office.drawings.words import R

Element = Any
Part = Any
"""A part of python-docx or python-pptx, of which each has its own."""
DRAWN = (DIAGRAM, *CHARTS)
"""The elements that stand where a diagram or a chart is drawn."""


def drawn_blocks(drawing: Element, part: Part, lost: list[str]) -> Iterator[Block]:
    """What a diagram or chart says, from the parts that its element names within `part`."""
    target = part.rels[drawing.get(f"{R}dm") or drawing.get(f"{R}id") or ""].target_part
    if drawing.tag == DIAGRAM:
        yield from diagram_blocks(target.blob)
        return
    shapes = [rel for rel in target.rels.values() if rel.reltype.endswith("/chartUserShapes")]
    yield from chart_blocks(target.blob, [rel.target_part.blob for rel in shapes], lost)
