"""Word's markup made plain: what python-docx passes over is put where it looks for text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.blocks.losses import signs_told, words_told
from qa_service.reading.formats.office.looks.formulas import (
    FORMULA,
    FORMULA_LINE,
    formula_text,
)
from qa_service.reading.formats.office.word.present_days import drop_present_days
from qa_service.reading.formats.office.word.run_styles import RunStyles
from qa_service.reading.formats.office.word.signs import write_fields, write_signs
from qa_service.translation.catalogue import N_

Element = Any
"""An element of python-docx, which is one of lxml that knows Word's namespaces."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REMOVED = (*map(qn, ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr")), _FALLBACK)
_OPENED = (
    *map(qn, ("w:ins", "w:moveTo", "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag")),
    *map(qn, ("w:fldSimple", "w:dir", "w:bdo")),
    FORMULA_LINE,
)
_BASE = qn("w:rubyBase")
"""The words that small signs above them explain."""
_MARK_IS_GONE = tuple(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(name)}" for name in ("w:del", "w:moveFrom"))
_ARTS = "{urn:schemas-microsoft-com:vml}textpath"
"""Words drawn as a shape."""
_GROUND = "background1"
_WHITE, _PAPER = "FFFFFF", ("auto", "FFFFFF")
_SPECK = 4
"""Half points: letters of two points and less are no text to a reader."""
_RAISED = 4
"""Half points: what is lifted by two points and more stands above the line."""
_DELETED_ROW = ".//w:tr[w:trPr/w:del]"
_PLACEHOLDER = ".//w:sdt[w:sdtPr/w:showingPlcHdr]//w:r"
_CONTENTS = './/w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val="Table of Contents"]'


def simplify(body: Element, styles: RunStyles) -> list[str]:
    """Changes a body so that it holds only what is read, each where python-docx finds it.

    Tracked changes are accepted; content controls, fields and tags give way to what they
    hold; text boxes follow their paragraph; raised figures are written as such. Prompts and
    the table of contents are dropped; so is text that is hidden, struck out or deleted, which
    is told.
    """
    told = [
        line for what, holds in _UNREAD.items() for line in _taken_out(body, what, holds, styles)
    ]
    told += words_told(N_("deleted text"), _count(body.iter(qn("w:delText"))))
    told += words_told(N_("a date that changes with each opening"), drop_present_days(body))
    for run in body.iter(qn("w:r")):
        _raise(run, styles)
    told += signs_told(write_signs(body))
    write_fields(body)
    _write_formulas(body)
    for unread in (_DELETED_ROW, _PLACEHOLDER, _CONTENTS):
        for element in body.xpath(unread, **_named(body)):
            _remove(element)
    for paragraph in list(body.iter(qn("w:p"))):
        if any(paragraph.find(path) is not None for path in _MARK_IS_GONE):
            _join_next(paragraph)
    for element in list(body.iter(*_REMOVED)):
        _remove(element)
    for element in list(body.iter(*_OPENED)):
        _open(element)
    for box in list(body.iter(qn("w:txbxContent"))):
        _move_below_paragraph(box)
    for art in body.iter(_ARTS):
        _write_below_paragraph(art)
    return told


def _write_formulas(body: Element) -> None:
    """Writes formulas in one line, and words with small signs above them without these."""
    for formula in list(body.iter(FORMULA)):
        run = formula.makeelement(qn("w:r"))
        _put_text(run, formula_text(formula))
        formula.addprevious(run)
        _remove(formula)
    for ruby in list(body.iter(qn("w:ruby"))):
        texts = (text.text or "" for base in ruby.iter(_BASE) for text in base.iter(qn("w:t")))
        _put_text(ruby.getparent(), "".join(texts))
        _remove(ruby)


def _put_text(run: Element, text: str) -> None:
    written = run.makeelement(qn("w:t"))
    written.text = text
    run.append(written)


def _taken_out(
    body: Element, what: str, holds: Callable[[Element, RunStyles], bool], styles: RunStyles
) -> tuple[str, ...]:
    """Takes out the runs of which this holds; what is told of them."""
    runs = [run for run in body.iter(qn("w:r")) if holds(run, styles)]
    words = _count(text for run in runs for text in run.iter(qn("w:t")))
    for run in runs:
        _remove(run)
    return words_told(what, words)


def _count(texts: Iterable[Element]) -> int:
    return len(" ".join(text.text or "" for text in texts).split())


def _is_hidden(run: Element, styles: RunStyles) -> bool:
    """Whether nobody sees a run: it is set so, white on paper, or a speck."""
    size = _value(run, "w:sz")
    speck = size.isdigit() and int(size) <= _SPECK
    return _is_set(run, "w:vanish", styles) or speck or _is_white_on_paper(run)


def _is_white_on_paper(run: Element) -> bool:
    """Whether a run is white where nothing colours what is behind it: no shading, no table,
    no box, no style of its paragraph."""
    colour = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    by_theme = dict(colour.attrib) if colour is not None else {}
    ground = by_theme.get(qn("w:themeColor")) == _GROUND and qn("w:themeShade") not in by_theme
    if _value(run, "w:color").upper() != _WHITE and not ground:
        return False
    if next(run.iterancestors(qn("w:tbl"), qn("w:txbxContent")), None) is not None:
        return False
    paragraph = next(run.iterancestors(qn("w:p")), run)
    fills = [shade.get(qn("w:fill")) for shade in paragraph.iter(qn("w:shd"))]
    coloured = any(fill not in _PAPER for fill in fills) or _value(run, "w:highlight")
    styled = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") is not None
    backed = run.getroottree().find(f".//{qn('w:background')}") is not None
    return not (coloured or styled or backed)


def _is_struck(run: Element, styles: RunStyles) -> bool:
    return _is_set(run, "w:strike", styles) or _is_set(run, "w:dstrike", styles)


_UNREAD = {N_("hidden text"): _is_hidden, N_("struck-out text"): _is_struck}


def _value(run: Element, sign: str) -> str:
    """What a run's property is set to; "" where it has none."""
    found = run.find(f"{qn('w:rPr')}/{qn(sign)}")
    return "" if found is None else found.get(qn("w:val")) or ""


def _named(element: Element) -> dict[str, Any]:
    """What elements that are not python-docx's need to know Word's namespace."""
    own = type(element).xpath is not etree._Element.xpath
    return {} if own else {"namespaces": {"w": _WORD}}


def _is_set(run: Element, sign: str, styles: RunStyles) -> bool:
    found = styles.property(run, sign)
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")


def _raise(run: Element, styles: RunStyles) -> None:
    """Writes raised figures so that they never join the number before them: "£320¹", "m²"."""
    place = styles.property(run, "w:vertAlign")
    lifted = _value(run, "w:position")
    if (place is not None and place.get(qn("w:val")) == "superscript") or (
        lifted.isdecimal() and int(lifted) >= _RAISED
    ):
        for text in run.iter(qn("w:t")):
            text.text = raised(text.text or "")


def _remove(element: Element) -> None:
    element.getparent().remove(element)


def _open(element: Element) -> None:
    """Puts the children of an element in its place."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _join_next(paragraph: Element) -> None:
    """Puts what a paragraph holds, whose end was deleted, before that of the next."""
    below = paragraph.getnext()
    if below is None or below.tag != qn("w:p"):
        return
    properties = below.find(qn("w:pPr"))
    held = [child for child in paragraph if child.tag != qn("w:pPr")]
    place = 0 if properties is None else 1
    for child in reversed(held):
        below.insert(place, child)
    _remove(paragraph)


def _write_below_paragraph(art: Element) -> None:
    paragraph, text = next(art.iterancestors(qn("w:p")), None), art.get("string")
    if paragraph is not None and text:
        written, run = paragraph.makeelement(qn("w:p")), paragraph.makeelement(qn("w:r"))
        _put_text(run, text)
        written.append(run)
        paragraph.addnext(written)


def _move_below_paragraph(box: Element) -> None:
    paragraph = next(box.iterancestors(qn("w:p")), None)
    if paragraph is not None:
        for child in reversed(list(box)):
            paragraph.addnext(child)
