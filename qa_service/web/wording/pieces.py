"""Quotes and passages as they are shown: some words marked, a long list folded."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from qa_service.contract.parts import JsonObject
from qa_service.web.wording.display import counted

Piece = dict[str, Any]
"""A stretch of text and whether it is marked: `text`, `marked`."""
BLANK_LINES = re.compile(r"\n\s*\n")
LIST_ITEM = re.compile(r"^\s*(?:•|\(?(?:\d{1,3}|[a-z])[.)])\s", re.MULTILINE)
"""How a document's text begins an item of a list, whatever its file had there."""
MOST_ITEMS = 5
"""The items of a list that is quoted whole that are shown at once."""
DOCUMENT_PAGES = "/documents/"


def register(app: Flask) -> None:
    """Make pieces and addresses available to every template."""
    for words in (
        quote_pieces,
        whole_pieces,
        folded_pieces,
        folded_words,
        excerpt_pieces,
        around_pieces,
        document_page,
    ):
        app.jinja_env.filters[words.__name__] = words


def quote_pieces(quote: str, citation: JsonObject) -> list[Piece]:
    """A quote in pieces, its exact words marked, without the items that are folded."""
    return _cut(_exact_pieces(quote, citation), 0, _fold(quote))


def whole_pieces(quote: str, citation: JsonObject) -> list[Piece]:
    """A quote in pieces, its exact words marked, however long a list it is."""
    return _exact_pieces(quote, citation)


def folded_pieces(quote: str, citation: JsonObject) -> list[Piece]:
    """The items of a quoted list after the fifth, in pieces; none where it has fewer."""
    return _cut(_exact_pieces(quote, citation), _fold(quote), len(quote))


def folded_words(quote: str) -> str:
    """How many items of a quoted list are folded."""
    return counted(len(LIST_ITEM.findall(quote[_fold(quote) :])), "more item")


def excerpt_pieces(passage: JsonObject) -> list[Piece]:
    """The text of a passage, the sentence that matched marked, without blank lines or the
    heading that stands above it anyway."""
    return _excerpt(passage, (passage.get("why") or {}).get("sentence"))


def around_pieces(passage: JsonObject, citation: JsonObject) -> list[Piece]:
    """The passage from which a quote was taken, the quote marked."""
    return _excerpt(passage, citation)


def document_page(permalink: str) -> str:
    """An address that leads to a document's page. Raises ValueError for any other, which
    only what the browser kept can hold."""
    if not permalink.startswith(DOCUMENT_PAGES):
        raise ValueError(f"{permalink!r} leads to no document")
    return permalink


def _fold(quote: str) -> int:
    """Where the items begin that are folded; the end of the quote where none are. One item
    alone is not worth folding."""
    items = [found.start() for found in LIST_ITEM.finditer(quote)]
    return items[MOST_ITEMS] if len(items) > MOST_ITEMS + 1 else len(quote)


def _exact_pieces(quote: str, citation: JsonObject) -> list[Piece]:
    return _pieces(quote, citation.get("start", 0), citation.get("exact"))


def _cut(pieces: list[Piece], start: int, end: int) -> list[Piece]:
    """What of the pieces lies from one place of their text to another."""
    kept, at = [], 0
    for piece in pieces:
        text = piece["text"][max(start - at, 0) : max(end - at, 0)]
        at += len(piece["text"])
        kept += [{**piece, "text": text}] if text else []
    return kept


def _excerpt(passage: JsonObject, stretch: JsonObject | None) -> list[Piece]:
    pieces = _pieces(passage["text"], passage.get("start", 0), stretch)
    pieces = [{**piece, "text": BLANK_LINES.sub("\n", piece["text"])} for piece in pieces]
    first, line_break, rest = pieces[0]["text"].partition("\n")
    shown_above = first in (passage.get("title"), passage.get("heading"))
    if shown_above and line_break and not pieces[0]["marked"]:
        pieces[0]["text"] = rest
    return pieces


def _pieces(text: str, text_start: int, stretch: JsonObject | None) -> list[Piece]:
    """A text that begins at an offset of its document, cut where a stretch of it is marked."""
    if not stretch:
        return [{"text": text, "marked": False}]
    start, end = stretch["start"] - text_start, stretch["end"] - text_start
    parts = ((text[:start], False), (text[start:end], True), (text[end:], False))
    return [{"text": part, "marked": marked} for part, marked in parts if part]
