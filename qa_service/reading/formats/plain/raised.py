"""Raised figures, which are powers and the numbers of notes and never digits of a number."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def raised(text: str) -> str:
    """Raised text with its figures as raised signs; words ("nd", "TM") stay as they are."""
    if "[" in text or not any(character.isdigit() for character in text):
        return text
    return text.translate(_RAISED)
