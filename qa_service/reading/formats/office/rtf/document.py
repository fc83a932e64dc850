"""Rich Text Format as content (RTF specification 1.9.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import groupby

from qa_service.reading.blocks.losses import (
    comments_told,
    objects_told,
    pictures_told,
    words_told,
)
from qa_service.reading.content import Block, Content, FoundDate, Member
from qa_service.reading.formats.office.packages.embedded import embedded
from qa_service.reading.formats.office.rtf.machine import Machine
from qa_service.reading.formats.office.rtf.story import Paragraph, Table
from qa_service.reading.formats.office.rtf.tokens import Token, tokens
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.plain.text import split_bullet, text_blocks, title_of
from qa_service.reading.metadata.dates import created_date
from qa_service.reading.metadata.titles import is_meaningful_title, shortened
from qa_service.translation.sentences import said

LONGEST_SHOWN = 80
LOWEST_LEVEL = 6
_WRAPPED = range(40, 110)
"""Characters of a line that a program may have broken where its paragraph goes on."""
_STOPS = (".", "!", "?", ":", ";")
_EMBEDDED = 2


def read_rtf(data: bytes) -> Content:
    """Rich text as content: headings, items with their numbers, tables, notes last."""
    machine = Machine()
    machine.read(tokens(data.decode("latin-1")))
    items = machine.body.ended()
    notes = (Block("note", f"[{sign}] {text}") for sign, text in machine.notes if text)
    blocks = (*_blocks(items), *notes)
    files = [_file(written) for written in machine.objects]
    members = tuple(file for file in files if file)
    title = _said(machine, "title")
    date = _created(machine.collected.get("creatim", []))
    return Content(
        "rtf",
        blocks,
        title=title if is_meaningful_title(title) else title_of(blocks),
        property_date=FoundDate(date, said("document properties")) if date else None,
        metadata={"author": _said(machine, "author")},
        members=members,
        warnings=(*_told(machine), *objects_told(len(files) - len(members))),
    )


def _blocks(items: list[Paragraph | Table]) -> Iterator[Block]:
    """Headings by their styles, items by their markers; where no paragraph has a style of
    headings, plain paragraphs by their looks."""
    paragraphs = [item for item in items if isinstance(item, Paragraph)]
    by_looks = not any(item.rank for item in paragraphs)
    broken = _is_broken_into_lines(paragraphs)
    for plain, run in groupby(items, key=_is_plain):
        if plain and by_looks:
            texts = [item.text for item in run if isinstance(item, Paragraph)]
            lines = texts if broken else [f"{text}\n" for text in texts]
            yield from text_blocks("\n".join(lines))
        else:
            for item in run:
                yield from _block(item)


def _is_plain(item: Paragraph | Table) -> bool:
    return isinstance(item, Paragraph) and not item.marker and not item.rank


def _is_broken_into_lines(paragraphs: list[Paragraph]) -> bool:
    """Whether empty paragraphs part the text, and most others are lines that go on."""
    lines = [item.text for item in paragraphs if item.text]
    going_on = [line for line in lines if len(line) in _WRAPPED and not line.endswith(_STOPS)]
    return len(lines) < len(paragraphs) and 2 * len(going_on) > len(lines)


def _block(item: Paragraph | Table) -> Iterator[Block]:
    if isinstance(item, Table):
        yield from sheet_blocks(item.rows)
    elif item.rank and item.text:
        yield Block("heading", item.marked, level=min(item.rank, LOWEST_LEVEL))
    elif item.marked and (line := item.marked if item.marker else split_bullet(item.text)):
        yield Block("item", line)
    elif item.text:
        yield Block("paragraph", item.text)


def _said(machine: Machine, name: str) -> str:
    """What a property of the document says."""
    reader = Machine(tables=machine.tables)
    reader.read(machine.collected.get(name, []))
    return reader.body.words()


def _created(found: list[Token]) -> str | None:
    """The day on which the document was made, if it is not that of a template."""
    parts = {token.text: token.number or 0 for token in found if token.kind == "word"}
    if not {"yr", "mo", "dy"} <= parts.keys():
        return None
    day = f"{parts['yr']:04}-{parts['mo']:02}-{parts['dy']:02}"
    return created_date(f"{day}T{parts.get('hr', 0):02}:{parts.get('min', 0):02}")


def _file(written: str) -> Member | None:
    """The file in the data of an object ([MS-OLEDS] 2.2.5), written in hexadecimal digits."""
    try:
        data = bytes.fromhex("".join(written.split()))
        kind, place = struct.unpack_from("<I", data, 4)[0], 8
        for _ in range(3):
            (length,) = struct.unpack_from("<I", data, place)
            place += 4 + length
        (size,) = struct.unpack_from("<I", data, place)
    except (ValueError, struct.error):
        return None
    held = data[place + 4 : place + 4 + size]
    return embedded("object", held) if kind == _EMBEDDED else None


def _told(machine: Machine) -> Iterator[str]:
    """A sentence for each thing that is not read."""
    for kind, texts in machine.margins.items():
        found = [text for text in texts if any(map(str.isalnum, text))]
        if kind == "annotation":
            yield from comments_told(found)
        elif found:
            line = shortened(" ".join(dict.fromkeys(found)), LONGEST_SHOWN)
            yield said('the %(kind)s of the pages was not read: "%(text)s"', kind=kind, text=line)
    for what, texts in machine.unseen.items():
        yield from words_told(what, len("".join(texts).split()))
    yield from pictures_told([""] * machine.pictures)
