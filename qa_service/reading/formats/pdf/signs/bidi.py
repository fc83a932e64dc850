"""Signs of a line as they stand, from left to right -> in the order in which they are read.

This turns the Unicode Bidirectional Algorithm (UAX #9) round: letters of Arabic and Hebrew go
from right to left, numbers and Latin words within them from left to right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_OPENING, _CLOSING = "([{«‹", ")]}»›"
_MIRRORED = dict(zip(_OPENING + _CLOSING, _CLOSING + _OPENING, strict=True))
_STOPS = ".,:;!?،؛؟"
_WITHIN_NUMBERS = ".,:/\u00a0٫٬"
"""One of these between two digits is of the number: "9:30", "14/3/2021" (rule W4)."""
_BESIDE_NUMBERS = "+-%#£$€°"
"""These are, too, but not behind Arabic letters (rules W2 and W5): Hebrew shows "12%" whole."""

Run = tuple[int, int]
"""First place, and the place behind the last."""


def reading_order(signs: Sequence[str]) -> list[int]:
    """The places of a line's signs, as they are read; `signs` go from the left."""
    kinds = [_kind(sign) for sign in signs]
    whole = (0, len(signs))
    if is_right_to_left(signs):
        return _from_the_right(signs, kinds, whole)
    ordered, at = [], 0
    for first, behind in _runs(kinds, "R", "RN"):
        ordered += [*range(at, first), *_from_the_right(signs, kinds, (first, behind))]
        at = behind
    return ordered + list(range(at, len(signs)))


def is_right_to_left(signs: Sequence[str]) -> bool:
    """Whether no fewer words of these signs are Arabic or Hebrew than of other letters."""
    words = "".join(sign[:1] for sign in signs).split()
    turned = [{_kind(sign) for sign in word} for word in words]
    return sum("R" in kinds for kinds in turned) >= sum("L" in kinds for kinds in turned)


def brackets_in_order(text: str) -> str:
    """A line whose brackets open before a word and close behind it; fonts mirror them."""
    signs, still_open = list(text), 0
    for at, sign in enumerate(signs):
        if sign not in _MIRRORED:
            continue
        opens = _opens(text[at - 1 : at] or " ", text[at + 1 : at + 2] or " ", still_open)
        still_open = max(0, still_open + (1 if opens else -1))
        signs[at] = _MIRRORED[sign] if opens != (sign in _OPENING) else sign
    return "".join(signs)


def _opens(before: str, after: str, still_open: int) -> bool:
    parted, ends = before.isspace() or before in _MIRRORED, after.isspace() or after in _STOPS
    return not still_open if parted == ends else parted


def _kind(sign: str) -> str:
    """R for a letter written from right to left, L for others, N for figures, else a blank."""
    kind = unicodedata.bidirectional(sign[:1]) if sign else ""
    return {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N"}.get(kind, " ")


def _from_the_right(signs: Sequence[str], kinds: Sequence[str], whole: Run) -> list[int]:
    ordered: list[int] = []
    behind = whole[1]
    for first, last in reversed(list(_from_the_left(signs, kinds, whole))):
        ordered += [*range(behind - 1, last - 1, -1), *range(first, last)]
        behind = first
    return ordered + list(range(behind - 1, whole[0] - 1, -1))


def _from_the_left(signs: Sequence[str], kinds: Sequence[str], whole: Run) -> Iterator[Run]:
    """The runs of Latin words, with the numbers behind them, and the other numbers."""
    arabic = any(unicodedata.bidirectional(sign[:1]) == "AL" for sign in signs if sign)
    at = whole[0]
    words = [run for run in _runs(kinds, "L", "LN") if whole[0] <= run[0] and run[1] <= whole[1]]
    for first, behind in [*words, (whole[1], whole[1])]:
        yield from _numbers(signs, kinds, (at, first), arabic)
        if behind > first:
            yield first, behind
        at = behind


def _runs(kinds: Sequence[str], begins: str, goes_on: str) -> Iterator[Run]:
    """Runs that begin with one kind and end with one of others, blanks within."""
    first, behind = -1, 0
    for at, kind in enumerate(kinds):
        if first < 0 and kind == begins:
            first, behind = at, at + 1
        elif first >= 0 and kind in goes_on:
            behind = at + 1
        elif first >= 0 and kind != " ":
            yield first, behind
            first = -1
    if first >= 0:
        yield first, behind


def _numbers(
    signs: Sequence[str], kinds: Sequence[str], within: Run, arabic: bool
) -> Iterator[Run]:
    at = within[0]
    while at < within[1]:
        behind = at
        while behind < within[1] and _is_of_number(signs, kinds, behind, arabic):
            behind += 1
        if behind > at:
            yield at, behind
        at = behind + 1


def _is_of_number(signs: Sequence[str], kinds: Sequence[str], at: int, arabic: bool) -> bool:
    if kinds[at] == "N":
        return True
    before = at > 0 and kinds[at - 1] == "N"
    after = at + 1 < len(kinds) and kinds[at + 1] == "N"
    if signs[at] in _WITHIN_NUMBERS:
        return before and after
    return not arabic and signs[at] in _BESIDE_NUMBERS and (before or after)
