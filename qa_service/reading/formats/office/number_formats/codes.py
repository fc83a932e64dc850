"""The codes of number formats, parted into what they show (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
"""The codes that files name by number alone (18.8.30)."""
_TOKEN = re.compile(
    r'"(?P<said>[^"]*)"|\\(?P<sign>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<compared>[<>=]+)(?P<bound>-?[\d.]+)\]|\[[^\]]*\]|(?P<general>general)"
    r"|(?P<power>e[+-]0+)|(?P<digits>[0#?][0#?,]*)|(?P<date>am/pm|[dmyhs]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_COMPARED = {
    ">": float.__gt__,
    ">=": float.__ge__,
    "<": float.__lt__,
    "<=": float.__le__,
    "=": float.__eq__,
    "<>": float.__ne__,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a section: its kind, as the pattern of tokens names it, or "text"; its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What of a code shows numbers of one sign, or those that compare so with a bound."""

    pieces: tuple[Piece, ...]
    compared: str = ""
    bound: float = 0.0

    def has(self, *kinds: str) -> bool:
        """Whether it has a piece of one of these kinds."""
        return any(piece.kind in kinds for piece in self.pieces)

    def says_nothing(self) -> bool:
        """Whether whatever it shows cannot be seen."""
        return not any(piece.kind != "text" or piece.text.strip() for piece in self.pieces)

    def holds(self, value: float) -> bool:
        """Whether it is for numbers that compare so, and this is one."""
        return bool(self.compared and _COMPARED[self.compared](value, self.bound))


@cache
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code, which semicolons part."""
    parts: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(found)
    return tuple(map(_section, parts))


def section_for(value: float, parts: Sequence[Section]) -> tuple[Section, bool]:
    """The section that shows a number, and whether it writes the sign itself."""
    if parts[0].compared:
        return next((part for part in parts[:2] if part.holds(value)), parts[-1]), False
    place = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    return parts[place], place == 1


def _section(tokens: Sequence[re.Match[str]]) -> Section:
    rule = next((found for found in tokens if found["compared"] in _COMPARED), None)
    pieces = tuple(piece for found in tokens if (piece := _piece(found)).text)
    return Section(pieces, rule["compared"], float(rule["bound"])) if rule else Section(pieces)


def _piece(found: re.Match[str]) -> Piece:
    for kind in ("digits", "power", "general", "date"):
        if found[kind]:
            return Piece(kind, found[0])
    if found["other"] and found["other"] in "./%@":
        return Piece(found["other"], found[0])
    said = (found[name] for name in ("said", "sign", "money", "other"))
    return Piece("text", next(filter(None, said), ""))
