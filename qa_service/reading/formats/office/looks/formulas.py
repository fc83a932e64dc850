"""Formulas of office files in one line, as they would be typed (ISO/IEC 29500-1, 22.1)."""

from __future__ import annotations

from typing import Any

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.packages.parts import local_name

Element = Any
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULA, FORMULA_LINE = f"{_MATH}oMath", f"{_MATH}oMathPara"
"""A formula, and one that stands in a line of its own."""


def formula_text(element: Element) -> str:
    """The signs of a formula; figures of its parts are never joined: "1/2", "x²", "√(2)"."""
    match local_name(element) if isinstance(element.tag, str) else "":
        case "t":
            return element.text or ""
        case "f":
            return f"{_part(element, 'num')}/{_part(element, 'den')}"
        case "sSup":
            power = _part(element, "sup")
            above = raised(power)
            return _part(element, "e") + (above if above != power else f"^{power}")
        case "rad":
            return f"√({_part(element, 'e')})"
        case "d":
            return f"({', '.join(map(formula_text, element.iterchildren(f'{_MATH}e')))})"
        case "":
            return ""
        case _:
            return "".join(map(formula_text, element))


def _part(element: Element, name: str) -> str:
    text = "".join(formula_text(item) for item in element.iterchildren(f"{_MATH}{name}"))
    return f"({text})" if name in ("num", "den") and not text.isalnum() else text
