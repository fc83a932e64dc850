"""Colours of letters on a web page, and of the ground they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinycss2.color4 import Color, parse_color

from qa_service.reading.formats.pages.html_links import Element
from qa_service.reading.formats.pages.stylesheets import Looks

Colour = tuple[float, float, float, float]
"""Red, green, blue and alpha, from 0 to 1."""

BLACK, WHITE = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)
ALIKE, FAINT = 0.04, 0.1
"""Colours that differ by no more are alike; letters of less alpha are hardly seen."""
_PAINTED = frozenset(("mark", "button", "input", "select", "textarea"))
"""Parts that browsers draw on a ground of their own."""
_SAME = ("inherit", "unset")


def letters_colour(element: Element, looks: Looks, above: Colour | None) -> Colour | None:
    """The colour of the letters of a part; None where it is not known."""
    if said := looks.get("color"):
        return above if _is(said[0], _SAME) else _parsed(said[0])
    if element.tag == "font" and element.get("color"):
        return _parsed(element.get("color"))
    return None if element.tag == "a" and element.get("href") else above


def ground_colour(element: Element, looks: Looks, above: Colour | None) -> Colour | None:
    """What a part is painted with, else what lies below it; None where that is not known, as
    over a picture or where parts may lie over one another."""
    said = [*looks.get("background-color", ()), *looks.get("background", ())]
    painted = [*looks.get("background-image", ()), *said]
    if element.tag in _PAINTED or element.get("background") or any(map(_is_picture, painted)):
        return None
    values = said or [element.get("bgcolor")] * bool(element.get("bgcolor"))
    colours = {colour for value in values if (colour := _parsed(value)) and colour[3]}
    if not colours:
        moved = _is((looks.get("position") or [None])[0], ("absolute", "fixed"))
        return None if moved else above
    return colours.pop() if len(colours) == 1 else None


def is_unseen(letters: Colour | None, ground: Colour | None) -> bool:
    """Whether letters have next to no ink, or the colour of their ground."""
    if letters is None or ground is None:
        return False
    differ = max(abs(one - other) for one, other in zip(letters[:3], ground[:3], strict=True))
    return letters[3] < FAINT or (differ <= ALIKE and ground[3] == 1.0)


def _is(token: Any, words: Sequence[str]) -> bool:
    return token is not None and token.type == "ident" and token.lower_value in words


def _is_picture(token: Any) -> bool:
    """Whether a token paints something else than one colour."""
    return token.type in ("url", "function") and _parsed(token) is None


def _parsed(value: Any) -> Colour | None:
    found = parse_color(value)
    if not isinstance(found, Color):
        return None
    try:
        red, green, blue = found.to("srgb").coordinates
    except NotImplementedError:
        return None
    return float(red or 0), float(green or 0), float(blue or 0), float(found.alpha)
