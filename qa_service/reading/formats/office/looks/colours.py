"""Colours of office files, those of a theme resolved (ISO/IEC 29500-1, 20.1.2.3 and 18.8.19)."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from typing import Any

from qa_service.reading.formats.office.drawings.words import A
from qa_service.reading.formats.office.packages.parts import local_name

Element = Any
Colour = tuple[int, int, int]
Scheme = Mapping[str, Colour]
"""The colours of a theme by name: "dk1", "lt1", "accent1"."""

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
HARDLY_APART = 8
"""So far each of red, green and blue, 0 to 255, may be from the ground's, and nobody reads it."""
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_NAMED = {"white": WHITE, "black": BLACK}
_WHOLE = 100_000


def theme_scheme(theme: Element) -> dict[str, Colour]:
    """The colours of a theme, from the root of its part."""
    scheme = theme.find(f".//{A}clrScheme")
    entries = list(scheme) if scheme is not None else []
    found = {local_name(item): drawn_colour(item, {}) for item in entries}
    return {name: colour for name, colour in found.items() if colour}


def drawn_colour(holder: Element | None, scheme: Scheme) -> Colour | None:
    """The colour that an element of a drawing holds; None where it is not known for sure."""
    child = next(iter(holder), None) if holder is not None else None
    if child is None:
        return None
    named = str(child.get("lastClr") or child.get("val") or "")
    match local_name(child):
        case "srgbClr" | "sysClr":
            colour = hex_colour(named)
        case "schemeClr":
            colour = scheme.get(named)
        case _:
            colour = _NAMED.get(named)
    return _changed(colour, child) if colour else None


def hex_colour(digits: str) -> Colour | None:
    """Red, green and blue of "FFFFFF", or of "FF" for its opacity and these."""
    found = _HEX.fullmatch(digits)
    if not found:
        return None
    value = int(found[1], 16)
    return value >> 16, value >> 8 & 255, value & 255


def alike(one: Colour | None, other: Colour | None) -> bool:
    """Whether letters of one colour cannot be read on the other; not if one is unknown."""
    if one is None or other is None:
        return False
    return all(abs(a - b) <= HARDLY_APART for a, b in zip(one, other, strict=True))


def lighter(colour: Colour, times: float, more: float) -> Colour:
    """A colour whose lightness, 0 to 1, is multiplied and then added to."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    lightness = min(1.0, max(0.0, lightness * times + more))
    red, green, blue = (round(255 * x) for x in colorsys.hls_to_rgb(hue, lightness, saturation))
    return red, green, blue


def _changed(colour: Colour, element: Element) -> Colour | None:
    """A colour as it is made lighter or darker; None for changes that are not known here."""
    changes = {local_name(item): _share(item.get("val") or "0") for item in element}
    if not set(changes) <= {"lumMod", "lumOff"}:
        return None
    times, more = changes.get("lumMod", 1.0), changes.get("lumOff", 0.0)
    return lighter(colour, times, more) if changes else colour


def _share(written: str) -> float:
    """A share of one as files write it; strict ones write "75%"."""
    return float(written[:-1]) / 100 if written.endswith("%") else int(written) / _WHOLE
