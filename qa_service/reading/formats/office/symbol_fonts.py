"""Signs of symbol fonts, which stand at the places of letters, as signs of Unicode."""

from __future__ import annotations

_PRIVATE = 0xF000
"""Symbol fonts have their signs there, at the places of letters."""
_GREEK = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SYMBOL = {ord(letter): greek for letter, greek in _GREEK.items()} | {
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB5: "∝",
    0xB6: "∂",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xA2: "′",
    0xC5: "⊕",
    0xC7: "∩",
    0xC8: "∪",
    0xCC: "⊂",
    0xCE: "∈",
    0xD2: "®",
    0xD3: "©",
    0xD4: "™",
    0xD5: "∏",
    0xD6: "√",
    0xD7: "⋅",
    0xDB: "⇔",
    0xDC: "⇐",
    0xDE: "⇒",
    0xE2: "®",
    0xE3: "©",
    0xE4: "™",
    0xE5: "∑",
    0xF2: "∫",
    0xA0: "€",
    0x2D: "−",
    0x5E: "⊥",
    0x7E: "∼",
    0x40: "≅",
    0x5C: "∴",
    0x22: "∀",
    0x24: "∃",
}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x71: "❑",
    0x72: "❒",
    0x76: "❖",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
    0xAB: "★",
    0x22: "✂",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x2A: "☐", 0xA3: "☐"}
SYMBOL_FONTS = {"Symbol": _SYMBOL, "Wingdings": _WINGDINGS, "Wingdings 2": _WINGDINGS_2}


def symbol(font: str, code: int) -> str:
    """A sign of a font; "" of one that is not known."""
    place = code - _PRIVATE if code >= _PRIVATE else code
    if font not in SYMBOL_FONTS:
        return chr(code) if 0x20 <= code < 0xD800 else ""
    usual = chr(place) if 0x20 <= place < 0x7F and font == "Symbol" else ""
    return SYMBOL_FONTS[font].get(place, usual)


def plain_letter(font: str, letter: str) -> str:
    """A letter, or the sign of a font that stands for it in Unicode's private area."""
    is_sign = _PRIVATE <= ord(letter) <= _PRIVATE + 0xFF
    return (symbol(font, ord(letter)) or letter) if is_sign else letter
