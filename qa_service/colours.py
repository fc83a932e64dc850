"""Colours whose words can be read: contrast as WCAG 2.2 counts it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.errors import SettingsError

LEAST_CONTRAST = 4.5
"""Of text, level AA."""
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_STEPS = 40
WHITE, BLACK = "#ffffff", "#000000"

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a page is made of: its `paper`, the share of an accent in a soft ground, and towards
    which colour an accent is moved until it can be read."""

    paper: str
    soft: float
    towards: str


LIGHT = Scheme("#fbfaf7", 0.1, BLACK)
DARK = Scheme("#1c2225", 0.14, WHITE)


def require_colour(name: str, value: str) -> None:
    """Raises SettingsError for what is neither empty nor a colour such as "#0f5c63"."""
    if value and not _COLOUR.fullmatch(value):
        raise SettingsError(f'{name} is {value!r}; give a colour such as "#0f5c63"')


def accents(accent: str, scheme: Scheme) -> dict[str, str]:
    """The accent, what is written on it, and a soft ground for it. It is moved towards black or
    white as far as is needed for words in it to be read on the paper and on the soft ground."""
    for step in range(_STEPS + 1):
        shown = mixed(scheme.towards, accent, step / _STEPS)
        soft = mixed(shown, scheme.paper, scheme.soft)
        if min(contrast(shown, soft), contrast(shown, scheme.paper)) >= LEAST_CONTRAST:
            break
    ink = max((WHITE, BLACK), key=lambda colour: contrast(colour, shown))
    return {"accent": shown, "accent-ink": ink, "accent-soft": soft}


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """So much of one colour in the other, 0 to 1."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in pairs)


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour))
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
