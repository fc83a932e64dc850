"""Signs of symbol fonts, and fields of forms, in Word's markup, written as text."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from qa_service.reading.formats.office.symbol_fonts import SYMBOL_FONTS, plain_letter, symbol

Element = Any
_CHECKED, _OPEN = "☒", "☐"
_OFF = ("0", "false", "off")


def write_signs(body: Element) -> int:
    """Writes the signs of symbol fonts as text; how many are of fonts that are not known."""
    unknown = 0
    for sign in list(body.iter(qn("w:sym"))):
        code = int(sign.get(qn("w:char")) or "0", 16)
        written = symbol(str(sign.get(qn("w:font"))), code)
        unknown += not written
        _write_before(sign, written)
        sign.getparent().remove(sign)
    for fonts in body.iter(qn("w:rFonts")):
        if (name := str(fonts.get(qn("w:ascii")))) in SYMBOL_FONTS:
            for text in fonts.getparent().getparent().iterchildren(qn("w:t")):
                text.text = "".join(plain_letter(name, letter) for letter in text.text or "")
    return unknown


def write_fields(body: Element) -> None:
    """Writes what is chosen or ticked in the older fields of forms as text."""
    for field in body.iter(qn("w:ffData")):
        mark = field.getparent()
        if (box := field.find(qn("w:checkBox"))) is not None:
            _write_before(mark, _CHECKED if _is_checked(box) else _OPEN)
        elif (choices := field.find(qn("w:ddList"))) is not None:
            entries = choices.findall(qn("w:listEntry"))
            chosen = int(_value(choices.find(qn("w:result"))) or 0)
            _write_before(mark, _value(entries[chosen]) if chosen < len(entries) else "")


def _is_checked(box: Element) -> bool:
    chosen = box.find(qn("w:checked"))
    usual = box.find(qn("w:default"))
    state = chosen if chosen is not None else usual
    return state is not None and state.get(qn("w:val")) not in _OFF


def _write_before(element: Element, text: str) -> None:
    written = element.makeelement(qn("w:t"))
    written.text = text
    element.addprevious(written)


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(qn("w:val")) or "")
