"""Word's markup made plain: what python-docx passes over is put where it looks for text."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

Element = Any
"""An element of python-docx, which is one of lxml that knows Word's namespaces."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REMOVED = (*map(qn, ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr")), _FALLBACK)
_OPENED = (
    *map(qn, ("w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag")),
    *map(qn, ("w:fldSimple", "w:dir", "w:bdo")),
)
_DELETED_ROW = ".//w:tr[w:trPr/w:del]"
_PLACEHOLDER = ".//w:sdt[w:sdtPr/w:showingPlcHdr]//w:r"
_CONTENTS = './/w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val="Table of Contents"]'


def simplify(body: Element) -> None:
    """Changes a body so that it holds only what is read, each where python-docx finds it.

    Tracked changes are accepted; content controls, fields and tags give way to what they
    hold; text boxes follow their paragraph. Prompts and the table of contents are dropped.
    """
    for unread in (_DELETED_ROW, _PLACEHOLDER, _CONTENTS):
        for element in body.xpath(unread):
            _remove(element)
    for element in list(body.iter(*_REMOVED)):
        _remove(element)
    for element in list(body.iter(*_OPENED)):
        _open(element)
    for box in list(body.iter(qn("w:txbxContent"))):
        _move_below_paragraph(box)


def _remove(element: Element) -> None:
    element.getparent().remove(element)


def _open(element: Element) -> None:
    """Puts the children of an element in its place."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _move_below_paragraph(box: Element) -> None:
    paragraph = next(box.iterancestors(qn("w:p")), None)
    if paragraph is not None:
        for child in reversed(list(box)):
            paragraph.addnext(child)
