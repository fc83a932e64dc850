"""The head of rich text: what its fonts, colours and styles are, by the tokens of these."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.reading.formats.office.rtf.looks import CHARSETS, Tables
from qa_service.reading.formats.office.rtf.tokens import Token

_HEADING = re.compile(r"^(?:heading|überschrift|titre|título) (\d)", re.IGNORECASE)
_TITLE = "title"
_BODY_TEXT = 9
_CODECS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def take_codec(token: Token, tables: Tables) -> None:
    """Notes in which codec the letters of the file are."""
    if token.text == "ansicpg" and token.number:
        tables.codec = f"cp{token.number}" if token.number != 65001 else "utf-8"
    elif token.text in _CODECS:
        tables.codec = _CODECS[token.text]


def take_fonts(found: Sequence[Token], tables: Tables) -> None:
    """Notes the codec of each font of a table."""
    font = 0
    for token in found:
        if token.text == "f" and token.kind == "word":
            font = token.number or 0
        elif token.text == "fcharset" and token.number in CHARSETS:
            tables.fonts[font] = CHARSETS[token.number]


def take_colours(found: Sequence[Token], tables: Tables) -> None:
    """Notes the colours of a table; semicolons part them, and the first may be the system's."""
    parts: dict[str, int] = {}
    for token in found:
        if token.kind == "word" and token.text in ("red", "green", "blue"):
            parts[token.text] = token.number or 0
        for _ in range(token.text.count(";") if token.kind == "bytes" else 0):
            whole = parts.keys() >= {"red", "green", "blue"}
            rgb = (parts["red"], parts["green"], parts["blue"]) if whole else None
            tables.colours.append(rgb)
            parts = {}


def take_styles(found: Sequence[Token], tables: Tables) -> None:
    """Notes the rank of each style of headings of a sheet of styles."""
    style, rank, name = 0, 0, ""
    for token in found:
        if token.kind == "word" and token.text == "s":
            style = token.number or 0
        elif token.kind == "word" and token.text == "outlinelevel":
            rank = (token.number or 0) + 1 if (token.number or 0) < _BODY_TEXT else 0
        elif token.kind == "bytes":
            name += token.text
        if ";" in name:
            named = _HEADING.match(name.strip())
            rank = int(named[1]) if named else rank
            rank = 1 if name.strip(" ;").lower() == _TITLE else rank
            if rank:
                tables.ranks[style] = rank
            style, rank, name = 0, 0, ""
