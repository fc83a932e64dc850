"""Words that the looks of a web page hide, strike out or raise: the page is marked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from qa_service.reading.formats.pages.colours import (
    BLACK,
    WHITE,
    Colour,
    ground_colour,
    is_unseen,
    letters_colour,
)
from qa_service.reading.formats.pages.html_links import Element
from qa_service.reading.formats.pages.stylesheets import Looks, has_sheets_elsewhere, looks_of

STRUCK, RAISED = "struck", "raised"
"""Attributes that mark what is struck out, and raised; `hidden` marks what is not to be seen."""
SPECK = 2.0
"""Letters of fewer points cannot be read."""
FAR_AWAY = -999.0
"""What begins so far to the left, or above, stands beside the page."""
_WHOLE = frozenset(("html", "body", "main"))
"""Parts that are shown in the end, whatever hides them while the page loads."""
_HAS_LOOKS = "boolean(//style | //@style | //@bgcolor | //font/@color)"
_FIXED_SIZES = ("px", "pt")
_RAISED = ("super", "text-top")
_NUMBERS = ("number", "dimension", "percentage")


@dataclass(frozen=True, slots=True)
class _Ink:
    """How the letters of a part are drawn: their colour and that of their ground, None where it
    is not known, and whether they are hidden or too small to read."""

    colour: Colour | None = BLACK
    ground: Colour | None = WHITE
    hidden: bool = False
    speck: bool = False

    @property
    def is_seen(self) -> bool:
        return not (self.hidden or self.speck or is_unseen(self.colour, self.ground))


def mark_looks(page: Element) -> None:
    """Marks what the page's own stylesheets and styles hide, strike out and raise.

    Words of no size, or in the colour of their ground, are put into hidden parts of their own;
    where other files may say more of colours, those that a part itself states are known alone.
    The sheets are then taken out: another call changes nothing.
    """
    if not page.xpath(_HAS_LOOKS):
        return
    inks: dict[Element, _Ink] = {}
    unsure = has_sheets_elsewhere(page)
    for element, looks in list(looks_of(page)):
        above = inks.get(element.getparent(), _Ink())
        if unsure:
            above = replace(above, colour=None, ground=None)
        inks[element] = _ink(element, looks, above)
        _mark(element, looks)
    for element, ink in inks.items():
        if not ink.is_seen:
            _hide_words(element, keeps_room=not ink.speck)
    for sheet in list(page.iter("style")):
        sheet.drop_tree()


def _ink(element: Element, looks: Looks, above: _Ink) -> _Ink:
    hidden = _is_one_of(looks, "visibility", ("hidden", "collapse"), above.hidden)
    return _Ink(
        letters_colour(element, looks, above.colour),
        ground_colour(element, looks, above.ground),
        hidden and element.tag not in _WHOLE,
        _is_speck(looks, above.speck),
    )


def _mark(element: Element, looks: Looks) -> None:
    if element.tag not in _WHOLE and _is_gone(looks):
        element.set("hidden", "")
    decoration = [*looks.get("text-decoration", ()), *looks.get("text-decoration-line", ())]
    if any(_word(token) == "line-through" for token in decoration):
        element.set(STRUCK, "")
    if _is_one_of(looks, "vertical-align", _RAISED):
        element.set(RAISED, "")


def _is_gone(looks: Looks) -> bool:
    """Whether a part is not drawn, or beside the page; what fades in is seen in the end."""
    moves = any(name in looks for name in ("transition", "animation", "animation-name"))
    clear = not moves and _number(looks, "opacity") == 0
    away = _number(looks, "text-indent") <= FAR_AWAY
    if _is_one_of(looks, "position", ("absolute", "fixed")):
        away = away or min(_number(looks, "left"), _number(looks, "top")) <= FAR_AWAY
    return clear or away or _is_one_of(looks, "display", ("none",))


def _is_speck(looks: Looks, above: bool) -> bool:
    """Whether letters have no size to read them by; a share of the size above is as that."""
    sizes = looks.get("font-size") or looks.get("font") or []
    number = next((token for token in sizes if token.type in _NUMBERS), None)
    if number is None:
        return above and not any(token.type == "ident" for token in sizes)
    if number.value == 0:
        return True
    if number.type == "dimension" and number.lower_unit in _FIXED_SIZES:
        return bool(number.value < SPECK)
    return above


def _number(looks: Looks, name: str) -> float:
    """The number that a property begins with; 1 where it has none."""
    tokens = looks.get(name) or [None]
    return float(tokens[0].value) if tokens[0] and tokens[0].type in _NUMBERS else 1.0


def _is_one_of(looks: Looks, name: str, words: tuple[str, ...], otherwise: bool = False) -> bool:
    tokens = looks.get(name)
    return _word(tokens[0]) in words if tokens else otherwise


def _word(token: Any) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def _hide_words(element: Element, *, keeps_room: bool) -> None:
    """Puts the words that stand right in an element into hidden parts; a blank takes their room."""
    if (element.text or "").strip():
        element.insert(0, _hidden(element, element.text, keeps_room))
        element.text = None
    for child in list(element):
        if (child.tail or "").strip():
            part = _hidden(element, child.tail, keeps_room)
            child.tail = None
            child.addnext(part)


def _hidden(element: Element, words: str, keeps_room: bool) -> Element:
    part = element.makeelement("span", {"hidden": ""})
    part.text, part.tail = words, " " if keeps_room else None
    return part
