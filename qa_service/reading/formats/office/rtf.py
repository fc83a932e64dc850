"""Rich Text Format, read with striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from striprtf.striprtf import rtf_to_text

from qa_service.reading.blocks.losses import objects_told, pictures_told
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.office.rtf_groups import parted
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.text import text_blocks, title_of
from qa_service.reading.metadata.dates import parse_date
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

_TITLE = re.compile(r"\{\\title ([^\\{}]*)\}")
_AUTHOR = re.compile(r"\{\\author ([^\\{}]*)\}")
_CREATED = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_OPENING = 100_000


def read_rtf(data: bytes) -> Content:
    """Rich text as content: its words by their looks, rows of tables as rows, notes last."""
    source = data.decode("latin-1")
    found = parted(source)
    words = rtf_to_text(found.source, errors="replace")  # type: ignore[no-untyped-call]
    notes = (Block("note", f"[{n}] {note}") for n, note in enumerate(found.notes, 1) if note)
    blocks = (*_blocks(words), *notes)
    opening = source[:_OPENING]
    title, author, created = (rule.search(opening) for rule in (_TITLE, _AUTHOR, _CREATED))
    date = parse_date("-".join(part.zfill(2) for part in created.groups())) if created else None
    declared = title[1] if title and is_meaningful_title(title[1]) else None
    return Content(
        "rtf",
        blocks,
        title=declared or title_of(blocks),
        property_date=FoundDate(date, said("document properties")) if date else None,
        metadata={"author": author[1] if author else ""},
        warnings=(*found.lost, *_not_text(source)),
    )


def _not_text(source: str) -> Iterator[str]:
    """A sentence on pictures, one on objects of other programs; each picture may stand twice."""
    yield from pictures_told([""] * (source.count("{\\pict") - source.count("{\\nonshppict")))
    yield from objects_told(source.count("{\\object"))


def _blocks(text: str) -> Iterator[Block]:
    """striprtf ends each cell of a table with a bar."""
    for is_table, lines in groupby(text.split("\n"), key=lambda line: line.endswith("|")):
        if is_table:
            yield from sheet_blocks([line[:-1].split("|") for line in lines])
        else:
            yield from text_blocks("\n".join(lines))
