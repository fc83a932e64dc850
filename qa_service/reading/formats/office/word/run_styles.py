"""What styles say of the runs of a Word document: raised, struck out, hidden."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

Element = Any
_HEADING = re.compile(r"^(?:heading|überschrift|titre|título) (\d)", re.IGNORECASE)
_OUTLINE = qn("w:outlineLvl")
_BODY_TEXT = 9
"""The level of the outline of whatever is no heading."""
DEEPEST = 12
"""A style builds on others no deeper."""


class RunStyles:
    """The properties of runs, by themselves or by their styles."""

    def __init__(self, styles: Element | None) -> None:
        found = styles.iter(qn("w:style")) if styles is not None else ()
        self._styles = {str(style.get(qn("w:styleId"))): style for style in found}

    def property(self, run: Element, sign: str) -> Element | None:
        """The property of a run, as "w:strike"; else that of its style, or of its paragraph's."""
        path = f"{qn('w:rPr')}/{qn(sign)}"
        own = run.find(path)
        if own is not None or not self._styles:
            return own
        names = (_style(run, "w:rPr", "w:rStyle"), _style(_paragraph(run), "w:pPr", "w:pStyle"))
        found = (style.find(path) for name in names for style in self._chain(name))
        return next((item for item in found if item is not None), None)

    def heading_level(self, paragraph: Element) -> int:
        """The rank of a heading, from 1, by a paragraph's outline or its style; 0 of no heading."""
        own = paragraph.find(f"{qn('w:pPr')}/{_OUTLINE}")
        if own is not None:
            return _rank(own)
        for style in self._chain(_style(paragraph, "w:pPr", "w:pStyle")):
            named = _HEADING.match(_value(style.find(qn("w:name"))))
            outline = style.find(f"{qn('w:pPr')}/{_OUTLINE}")
            if named or outline is not None:
                return int(named[1]) if named else _rank(outline)
        return 0

    def _chain(self, name: str) -> list[Element]:
        """A style and those that it builds on, the nearest first."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = _value(chain[-1].find(qn("w:basedOn")))
        return chain


def _rank(outline: Element) -> int:
    level = _value(outline)
    return int(level) + 1 if level.isdecimal() and int(level) < _BODY_TEXT else 0


def _paragraph(run: Element) -> Element | None:
    return next(run.iterancestors(qn("w:p")), None)


def _style(element: Element | None, properties: str, sign: str) -> str:
    return "" if element is None else _value(element.find(f"{qn(properties)}/{qn(sign)}"))


def _value(found: Element | None) -> str:
    return "" if found is None else str(found.get(qn("w:val")) or "")
