"""What stands beside the cells of a sheet in Open XML: drawings, comments, margins."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from qa_service.reading.blocks.losses import words_told
from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings.charts import CHARTS, chart_blocks
from qa_service.reading.formats.office.drawings.diagrams import DIAGRAM, diagram_blocks
from qa_service.reading.formats.office.drawings.words import (
    R,
    paragraph_text,
    paragraphs,
    picture_descriptions,
    take_out_struck,
    without_older_forms,
)
from qa_service.reading.formats.office.packages.embedded import embedded
from qa_service.reading.formats.office.packages.parts import parsed_xml, part_of, relations_of
from qa_service.reading.formats.office.workbook.details import SheetDetails
from qa_service.translation.catalogue import N_

Element = Any
_SIGN = re.compile(r'&(?:"[^"]*"|[LCRPNDTFAZGBIUESXYHO]|\d+|K[\dA-F]{6})', re.IGNORECASE)
"""In the text of a margin: place, look, or a field such as the page number."""


def margin_words(written: str) -> str:
    """The words of the header or footer of a sheet."""
    return " ".join(_SIGN.sub(" ", written).replace("&&", "&").split())


def add_related(package: zipfile.ZipFile, place: str, details: SheetDetails) -> None:
    """Adds what a sheet's drawings say, whether its cells have comments, and its files."""
    relations = relations_of(package, place).values()
    details.has_comments = any("comment" in kind.lower() for kind, _ in relations)
    drawings = [target for kind, target in relations if kind.endswith("/drawing")]
    for kind, target in relations:
        if kind.endswith(("/package", "/oleObject")):
            file = embedded(target, part_of(package, target))
            details.members += [file] if file else []
            details.objects += file is None
    details.drawn = tuple(block for it in drawings for block in _drawn(package, it, details))


def _drawn(package: zipfile.ZipFile, place: str, details: SheetDetails) -> Iterator[Block]:
    """The text boxes, diagrams and charts of a drawing; its pictures are noted."""
    part = part_of(package, place)
    if not part:
        return
    root = without_older_forms(parsed_xml(part))
    details.pictures += picture_descriptions(root)
    details.lost += words_told(N_("struck-out text"), take_out_struck(root))
    for text in filter(None, map(paragraph_text, paragraphs(root))):
        yield Block("paragraph", text)
    relations = relations_of(package, place)
    for drawing in root.iter(DIAGRAM, *CHARTS):
        name = drawing.get(f"{R}dm") or drawing.get(f"{R}id") or ""
        yield from _placed(drawing, package, relations.get(name, ("", ""))[1], details.lost)


def _placed(
    drawing: Element, package: zipfile.ZipFile, place: str, lost: list[str]
) -> Iterator[Block]:
    part = part_of(package, place)
    if part and drawing.tag == DIAGRAM:
        yield from diagram_blocks(part)
    elif part:
        relations = relations_of(package, place).values()
        upon = [target for kind, target in relations if kind.endswith("/chartUserShapes")]
        yield from chart_blocks(part, filter(None, (part_of(package, it) for it in upon)), lost)
