"""Rich text as tokens: groups, control words, letters (RTF specification 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["open", "close", "word", "sign", "bytes"]
_TOKEN = re.compile(
    r"(?P<open>\{)|(?P<close>\})"
    r"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<byte>[\da-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|[\r\n\0]+|(?P<plain>[^\\{}\r\n\0]+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `number` is that of a control word, None where it has none."""

    kind: TokenKind
    text: str = ""
    number: int | None = None


def tokens(source: str) -> Iterator[Token]:
    """The tokens of rich text, whose bytes are one character each; binary data is left out."""
    place = 0
    while found := _TOKEN.search(source, place):
        place = found.end()
        if name := found["word"]:
            number = int(found["number"]) if found["number"] else None
            if name == "bin":
                place += max(number or 0, 0)
            yield Token("word", name, number)
        elif found["open"] or found["close"]:
            yield Token("open" if found["open"] else "close")
        elif found["sign"]:
            yield Token("sign", found["sign"])
        elif found["byte"]:
            yield Token("bytes", chr(int(found["byte"], 16)))
        elif found["plain"]:
            yield Token("bytes", found["plain"])
