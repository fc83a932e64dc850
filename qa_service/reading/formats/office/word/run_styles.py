"""What styles say of the runs of a Word document: raised, struck out, hidden."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

Element = Any
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

    def _chain(self, name: str) -> list[Element]:
        """A style and those that it builds on, the nearest first."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = _value(chain[-1].find(qn("w:basedOn")))
        return chain


def _paragraph(run: Element) -> Element | None:
    return next(run.iterancestors(qn("w:p")), None)


def _style(element: Element | None, properties: str, sign: str) -> str:
    return "" if element is None else _value(element.find(f"{qn(properties)}/{qn(sign)}"))


def _value(found: Element | None) -> str:
    return "" if found is None else str(found.get(qn("w:val")) or "")
