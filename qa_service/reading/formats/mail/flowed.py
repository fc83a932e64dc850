"""Mail whose lines were broken to be joined again: format=flowed (RFC 3676)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

SIGNATURE = "-- "
_LINE = re.compile(r"(>*) ?(.*)")


def as_written(part: Message, text: str) -> str:
    """The text of a part, its flowed lines joined as its sender wrote them."""
    if _said(part, "format") != "flowed":
        return text
    return "\n".join(_joined(text, without_blank=_said(part, "delsp") == "yes"))


def _said(part: Message, name: str) -> str:
    value = part.get_param(name, "")
    return value.lower() if isinstance(value, str) else ""


def _joined(text: str, *, without_blank: bool) -> Iterator[str]:
    """Whole paragraphs; a line that ends in a blank goes on in the next of as many ">"."""
    depth, begun = "", ""
    for line in text.splitlines():
        marks, said = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
        if begun and marks != depth:
            yield _quoted(depth, begun)
            begun = ""
        depth, flows = marks, said.endswith(" ") and said != SIGNATURE
        begun += said[:-1] if flows and without_blank else said
        if not flows:
            yield _quoted(depth, begun)
            begun = ""
    if begun:
        yield _quoted(depth, begun)


def _quoted(depth: str, said: str) -> str:
    return f"{depth} {said}" if depth else said
