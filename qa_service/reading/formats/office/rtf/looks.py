"""How letters of rich text look, by the control words before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from qa_service.reading.formats.office.looks.colours import WHITE, Colour

_SPECK = 4
"""Half points: letters of two points and less are no text to a reader."""
CHARSETS = {
    0: "cp1252",
    2: "symbol",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""Codecs by the numbers that fonts give for them; 1, of the system, is that of the file."""


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; `fallback` is how many signs follow one of Unicode for older programs."""

    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    raised: bool = False
    ink: int = 0
    ground: int = 0
    size: int = 24
    font: int = 0
    fallback: int = 1

    @property
    def is_speck(self) -> bool:
        """Whether letters are too small to read."""
        return 0 < self.size <= _SPECK


def _switch(name: str) -> Callable[[Look, int | None], Look]:
    return lambda look, number: replace(look, **{name: number != 0})


def _value(name: str, usual: int = 0) -> Callable[[Look, int | None], Look]:
    return lambda look, number: replace(look, **{name: usual if number is None else number})  # type: ignore[arg-type]


_CHANGES: Mapping[str, Callable[[Look, int | None], Look]] = {
    "v": _switch("hidden"),
    "strike": _switch("struck"),
    "striked": _switch("struck"),
    "deleted": _switch("deleted"),
    "super": _switch("raised"),
    "nosupersub": lambda look, _: replace(look, raised=False),
    "sub": lambda look, _: replace(look, raised=False),
    "up": lambda look, number: replace(look, raised=number is None or number > 0),
    "dn": lambda look, _: replace(look, raised=False),
    "cf": _value("ink"),
    "highlight": _value("ground"),
    "chcbpat": _value("ground"),
    "cb": _value("ground"),
    "fs": _value("size", 24),
    "f": _value("font"),
    "uc": _value("fallback", 1),
    "plain": lambda look, _: Look(fallback=look.fallback, deleted=look.deleted),
}


def changed(look: Look, word: str, number: int | None) -> Look:
    """A look after a control word."""
    change = _CHANGES.get(word)
    return change(look, number) if change else look


@dataclass(slots=True)
class Tables:
    """What stands at the head of rich text: codecs of fonts, colours, ranks of styles."""

    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    colours: list[Colour | None] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)

    def codec_of(self, font: int) -> str:
        """The codec of letters in a font."""
        return self.fonts.get(font, self.codec)

    def is_white(self, number: int) -> bool:
        """Whether a colour is white."""
        return 0 <= number < len(self.colours) and self.colours[number] == WHITE
