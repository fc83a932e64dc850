"""Plain text: decoding, hard-wrapped paragraphs, lists and headings by their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa_service.errors import UnreadableDocument
from qa_service.reading.canonical import canonical_text
from qa_service.reading.content import Block, Content
from qa_service.reading.titles import LONGEST_TITLE_LINE, is_title_line, shortened

BULLET = re.compile(r"^[•‣◦▪■●○–—*·➢►✓-]\s+|^(?=\(?(?:\d{1,3}|[a-z])[.)]\s)")
"""A list item's beginning: a bullet to replace, or a number or letter to keep."""
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LONGEST_HEADING = 60


def read_text(data: bytes) -> Content:
    """Plain text as content. Raises UnreadableDocument for bytes that are no text."""
    paragraphs = canonical_text(decode(data)).split("\n\n")
    blocks = [block for paragraph in paragraphs for block in _blocks_of(paragraph)]
    return Content("text", _with_headings(blocks), title=_title(blocks))


def decode(data: bytes) -> str:
    """Text of bytes: by byte order mark, else UTF-8, else Windows-1252.

    Raises UnreadableDocument where the bytes hold control codes that no text has.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data:
        raise UnreadableDocument("not a text file: it holds NUL bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_western(data)


def _decode_western(data: bytes) -> str:
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in data)
    if controls > len(data) / 100:
        raise UnreadableDocument("not a text file: it holds binary data")
    return data.decode("cp1252", errors="replace")


def split_bullet(line: str) -> str | None:
    """A list item's line with a plain bullet ("• …") or its number; None for other lines."""
    found = BULLET.match(line)
    if not found:
        return None
    rest = line[found.end() :].strip()
    return f"• {rest}" if found[0] else rest


def _blocks_of(paragraph: str) -> Iterator[Block]:
    lines = [line.strip() for line in paragraph.split("\n")]
    wrapped = _is_wrapped(lines)
    text, kind = "", "paragraph"
    for line in lines:
        item = split_bullet(line)
        if text and (item or not (wrapped or kind == "item")):
            if item or kind == "item":
                yield _block(kind, text)
                text = ""
        if item:
            kind, text = "item", item
        elif text:
            text += (" " if wrapped or kind == "item" else "\n") + line
        else:
            kind, text = "paragraph", line
    if text:
        yield _block(kind, text)


def _block(kind: str, text: str) -> Block:
    return Block("item" if kind == "item" else "paragraph", text)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether line ends come from a fixed width: the next word never fitted any more."""
    prose = [line for line in lines if line]
    width = max(map(len, prose), default=0)
    if len(prose) < 2 or not 50 <= width <= 130:
        return False
    return all(
        split_bullet(below) or len(above) + 1 + len(below.split()[0]) > width - 8
        for above, below in pairwise(prose)
    )


def _with_headings(blocks: list[Block]) -> tuple[Block, ...]:
    """The same blocks, short lines above longer text made headings."""
    following = [*blocks[1:], None]
    return tuple(
        Block("heading", block.text, level=1 if place == 0 else 2)
        if below is not None and _looks_like_heading(block, below)
        else block
        for place, (block, below) in enumerate(zip(blocks, following, strict=True))
    )


def _looks_like_heading(block: Block, below: Block) -> bool:
    return (
        block.kind == "paragraph"
        and "\n" not in block.text
        and is_title_line(block.text)
        and (len(block.text) <= LONGEST_HEADING or False)
        and block.text[0].isupper()
        and not re.search(r"[:!?\"”…]|\d{4}", block.text)
        and (below.kind == "item" or len(below.text) > len(block.text))
    )


def _title(blocks: list[Block]) -> str | None:
    if not blocks:
        return None
    first = blocks[0].text.split("\n")[0].removeprefix("• ")
    if not any(character.isalpha() for character in first):
        return None
    return first if is_title_line(first) else shortened(first, LONGEST_TITLE_LINE)
