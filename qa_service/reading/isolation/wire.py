"""Documents as JSON between processes. Nothing a child sends is trusted, and none is code."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict
from math import inf
from typing import Any

from qa_service.nouns.documents import (
    Block,
    Document,
    Extraction,
    Fact,
    Heading,
    Page,
    SkippedFile,
    Span,
)
from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.timing import Spent
from qa_service.translation.sentences import said

MOST_STAGES = 50


def to_wire(item: Document | SkippedFile) -> dict[str, Any]:
    """A document, or a file that could not be read, as plain values."""
    if isinstance(item, SkippedFile):
        return {"skipped": asdict(item)}
    boxes = base64.b64encode(item.word_boxes).decode()
    return {"document": asdict(item) | {"word_boxes": boxes}}


def from_wire(values: Mapping[str, Any]) -> Document | SkippedFile:
    """What `to_wire` was given. Raises ValueError, TypeError or KeyError for anything else."""
    if "skipped" in values:
        return SkippedFile(**_strings(values["skipped"]))
    fields = dict(values["document"])
    text, date = str(fields.pop("text")), fields.pop("date")
    pages = tuple(Page(**page) for page in fields.pop("pages"))
    headings = tuple(Heading(**heading) for heading in fields.pop("headings"))
    blocks = tuple(_block(block) for block in fields.pop("blocks"))
    facts = tuple(Fact(**fact) for fact in fields.pop("facts"))
    spans = [(page.start, page.end) for page in pages]
    spans += [(heading.start, heading.end) for heading in headings]
    spans += [(fact.start, fact.end) for fact in facts]
    spans += [(fact.value_start, fact.value_end) for fact in facts]
    spans += [span for block in blocks for span in _spans(block)]
    if not all(0 <= start <= end <= len(text) for start, end in spans):
        raise ValueError(said("a part of the document lies outside its text"))
    return Document(
        text=text,
        date=None if date is None else str(date),
        pages=pages,
        headings=headings,
        blocks=blocks,
        facts=facts,
        metadata=_strings(fields.pop("metadata")),
        extraction=_extraction(fields.pop("extraction")),
        word_boxes=base64.b64decode(fields.pop("word_boxes"), validate=True),
        **_strings(fields),
    )


def spent_from_wire(values: object) -> Spent:
    """Seconds by stage; what is none is left out."""
    stages = values if isinstance(values, dict) else {}
    return {
        one_line(str(name)): float(seconds)
        for name, seconds in list(stages.items())[:MOST_STAGES]
        if isinstance(seconds, float) and 0 <= seconds < inf
    }


def _block(values: Mapping[str, Any]) -> Block:
    places = {name: values[name] and tuple(values[name]) for name in ("marker", "lead")}
    return Block(**{**values, **places})


def _spans(block: Block) -> list[Span]:
    return [(block.start, block.end), *filter(None, (block.marker, block.lead))]


def _extraction(values: Mapping[str, Any]) -> Extraction:
    language = values["language"]
    return Extraction(
        words=int(values["words"]),
        tables=int(values["tables"]),
        pages_without_text=tuple(int(page) for page in values["pages_without_text"]),
        pages_by_ocr=tuple(int(page) for page in values["pages_by_ocr"]),
        language=None if language is None else str(language),
        warnings=tuple(str(warning) for warning in values["warnings"]),
    )


def _strings(values: Mapping[str, Any]) -> dict[str, str]:
    for name, value in values.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} is no text")
    return dict(values)
