"""Text of documents on its way out where it could act: names in headers, lines in a terminal.

Whoever writes a file chooses its name, its title and its words. A terminal obeys control
characters, a header ends at a line break, and marks of direction make `exe.fdp` of `pdf.exe`.
"""

from __future__ import annotations

import re
from typing import Any, TextIO
from urllib.parse import quote

REPLACEMENT = "\ufffd"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IN_ADDRESSES = "/?&=%#+:;,@!$()*~.-_"


def plain_name(text: str) -> str:
    """A name in one line that does nothing but stand there."""
    return " ".join(_CONTROLS_IN_NAMES.sub(" ", text).split())


def plain_lines(text: str) -> str:
    """Text for a terminal: lines and tabs stay, every other control character is replaced."""
    return _CONTROLS.sub(REPLACEMENT, text)


def plain_address(path: str) -> str:
    """A path with its query, in which nothing ends the address or the line that it stands in."""
    return quote(path, safe=_IN_ADDRESSES)


def acts_when_opened(address: str) -> bool:
    """Whether an address does something other than lead to a page: "javascript:…", "data:…"."""
    scheme = _SCHEME.match(address)
    return scheme is not None and scheme[1].lower() not in ("http", "https")


class PlainStream:
    """A stream of text that a terminal shows: what is written to it is plain.

    Carriage returns stay where `bars` are drawn with them.
    """

    def __init__(self, stream: TextIO, *, bars: bool = False) -> None:
        self._stream, self._bars = stream, bars

    def write(self, text: str) -> int:
        """Writes the text as `plain_lines` leaves it."""
        if not self._bars:
            return self._stream.write(plain_lines(text))
        return self._stream.write("\r".join(map(plain_lines, text.split("\r"))))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
