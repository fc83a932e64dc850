"""What letters on a slide nobody sees: in the colour of their ground, without ink, specks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qa_service.reading.formats.office.drawings.words import SLIDE, A
from qa_service.reading.formats.office.looks.colours import (
    Colour,
    Scheme,
    alike,
    drawn_colour,
    theme_scheme,
)
from qa_service.reading.formats.office.packages.parts import parsed_xml

Element = Any
Shape = Any
"""A shape of python-pptx."""
Bounds = tuple[int, int, int, int]

_SPECK = 200
"""Hundredths of a point: letters of two points and less are no text to a reader."""
_FILLS = tuple(f"{A}{name}" for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill"))
_PLAIN_TABLES = (
    "{2D5ABB26-0587-4C30-8999-92F81FD0307C}",
    "{5940675A-B579-460E-94D1-54222C63F5DA}",
)
"""The styles of tables that paint no ground."""
_FIRST_GROUND = "1001"
"""The first ground of a theme, which is one colour in whole."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Looks:
    """Of a slide: the colours of its theme, that of its ground, None where it is not one
    colour, and what its layouts draw, over which no ground is known."""

    scheme: Scheme
    ground: Colour | None
    drawn: tuple[Shape, ...]
    defaults: Element


def take_out_unseen(slide: Any) -> int:
    """Takes the letters out of a slide that nobody sees; how many words they are."""
    looks = _looks(slide)
    below: list[Shape] = list(looks.drawn)
    unseen: list[Element] = []
    for shape in slide.shapes:
        unseen += _unseen(shape, looks, below)
        below.append(shape)
    texts = [run.findtext(f"{A}t") or "" for run in unseen]
    for run in unseen:
        run.getparent().remove(run)
    return len(" ".join(texts).split())


def _looks(slide: Any) -> _Looks:
    layout = slide.slide_layout
    layers = (slide, layout, layout.slide_master)
    theme = next(
        r.target_part for r in layers[2].part.rels.values() if r.reltype.endswith("/theme")
    )
    scheme = theme_scheme(parsed_xml(theme.blob))
    scheme |= _mapped(scheme, layers)
    drawn = [shape for layer in layers[1:] for shape in layer.shapes if not shape.is_placeholder]
    presentation = slide.part.package.presentation_part.presentation
    return _Looks(scheme, _ground(layers, scheme), tuple(drawn), presentation._element)


def _mapped(scheme: Scheme, layers: Iterable[Any]) -> dict[str, Colour]:
    """The colours by the names that slides give them: "bg1" for "lt1"."""
    maps = (layer._element.find(f".//{A}overrideClrMapping") for layer in layers)
    *_, master = layers
    own = next((found for found in maps if found is not None), None)
    chosen = own if own is not None else master._element.find(f"{SLIDE}clrMap")
    names = dict(chosen.attrib) if chosen is not None else {}
    return {name: scheme[str(value)] for name, value in names.items() if value in scheme}


def _ground(layers: Iterable[Any], scheme: Scheme) -> Colour | None:
    for layer in layers:
        ground = layer._element.find(f"{SLIDE}cSld/{SLIDE}bg")
        if ground is None:
            continue
        by_theme = ground.find(f"{SLIDE}bgRef")
        if by_theme is not None:
            return drawn_colour(by_theme, scheme) if by_theme.get("idx") == _FIRST_GROUND else None
        return drawn_colour(ground.find(f"{SLIDE}bgPr/{A}solidFill"), scheme)
    return scheme.get("bg1")


def _unseen(shape: Shape, looks: _Looks, below: list[Shape] | None) -> Iterator[Element]:
    """The runs of a shape that nobody sees; `below` is None where that is not known."""
    if shape._element.tag == f"{SLIDE}grpSp":
        for inner in shape.shapes:
            yield from _unseen(inner, looks, None)
        return
    ground = _behind(shape, looks, below)
    for run in list(shape._element.iter(f"{A}r", f"{A}fld")):
        look = run.find(f"{A}rPr")
        behind = _cell_ground(run, ground, looks)
        merged = _without_ink(look) or alike(_ink(run, look, shape, looks), behind)
        if _is_speck(look) or (merged and not _stands_out(look)):
            yield run


def _is_speck(look: Element | None) -> bool:
    size = look.get("sz", "") if look is not None else ""
    return size.isdigit() and int(size) <= _SPECK


def _without_ink(look: Element | None) -> bool:
    """Whether letters are not filled, or with what is wholly transparent."""
    if look is None:
        return False
    clear = look.find(f"{A}solidFill/*/{A}alpha")
    return look.find(f"{A}noFill") is not None or (clear is not None and clear.get("val") == "0")


def _stands_out(look: Element | None) -> bool:
    """Whether letters have a line, a shadow or a ground of their own."""
    if look is None:
        return False
    line = look.find(f"{A}ln")
    outlined = line is not None and len(line) > 0 and line.find(f"{A}noFill") is None
    shadows = look.find(f"{A}effectLst/*") is not None
    return outlined or shadows or look.find(f"{A}highlight") is not None


def _behind(shape: Shape, looks: _Looks, below: list[Shape] | None) -> Colour | None:
    """The one colour behind the letters of a shape; None where it is not known for sure."""
    fill = _fill(shape)
    if fill is not None:
        return _one_colour(fill, looks.scheme)
    if below is None or any(_paints(other) and _overlap(shape, other) for other in below):
        return None
    return looks.ground


def _fill(shape: Shape) -> Element | None:
    """What a shape is filled with, by itself or as a placeholder; None where it is clear."""
    for one in with_bases(shape):
        fill = _own_fill(one._element.find(f"{SLIDE}spPr"))
        if fill is not None:
            return None if fill.tag == f"{A}noFill" else fill
        reference = one._element.find(f"{SLIDE}style/{A}fillRef")
        if reference is not None and reference.get("idx") != "0":
            return reference
    return None


def _own_fill(properties: Element | None) -> Element | None:
    return next(properties.iterchildren(*_FILLS), None) if properties is not None else None


def _one_colour(fill: Element, scheme: Scheme) -> Colour | None:
    """The colour of a fill that is one in whole."""
    whole = fill.tag == f"{A}solidFill" or fill.get("idx") == "1"
    return drawn_colour(fill, scheme) if whole else None


def with_bases(shape: Shape) -> Iterator[Shape]:
    """A shape and the placeholders of layout and master that it follows."""
    for _ in range(_DEEPEST):
        if shape is None:
            return
        yield shape
        shape = getattr(shape, "_base_placeholder", None)


def _paints(shape: Shape) -> bool:
    """Whether a shape may put a colour over what lies below it."""
    return shape._element.tag != f"{SLIDE}sp" or _fill(shape) is not None


def _overlap(one: Shape, other: Shape) -> bool:
    """Whether two shapes may overlap; those without a place of their own may."""
    first, second = _bounds(one), _bounds(other)
    if first is None or second is None:
        return True
    left, top, right, foot = first
    return left < second[2] and second[0] < right and top < second[3] and second[1] < foot


def _bounds(shape: Shape) -> Bounds | None:
    try:
        return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height
    except (AttributeError, TypeError):
        return None


def _cell_ground(run: Element, ground: Colour | None, looks: _Looks) -> Colour | None:
    """What is behind a run: the fill of its cell, if it is in a table."""
    cell = next(run.iterancestors(f"{A}tc"), None)
    if cell is None:
        return ground
    fill = _own_fill(cell.find(f"{A}tcPr"))
    if fill is not None and fill.tag != f"{A}noFill":
        return _one_colour(fill, looks.scheme)
    style = next(run.iterancestors(f"{A}tbl")).findtext(f"{A}tblPr/{A}tableStyleId")
    return ground if style in _PLAIN_TABLES else None


def _ink(run: Element, look: Element | None, shape: Shape, looks: _Looks) -> Colour | None:
    """The colour of a run: its own, or that of the lists of styles which it follows."""
    own = _own_fill(look)
    if own is not None:
        return _one_colour(own, looks.scheme)
    if next(run.iterancestors(f"{A}tc"), None) is not None:
        return None
    properties = run.getparent().find(f"{A}pPr")
    level = int(properties.get("lvl") or 0) + 1 if properties is not None else 1
    path = f"{A}lvl{level}pPr/{A}defRPr/{A}solidFill"
    lists = _style_lists(shape, looks)
    fills = (one if one.tag == f"{A}fontRef" else one.find(path) for one in lists)
    fill = next((found for found in fills if found is not None and len(found)), None)
    return drawn_colour(fill, looks.scheme)


def _style_lists(shape: Shape, looks: _Looks) -> Iterator[Element]:
    """Where the looks of a shape's letters are set, the nearest first."""
    for one in with_bases(shape):
        yield from one._element.iterfind(f"{SLIDE}txBody/{A}lstStyle")
        yield from one._element.iterfind(f"{SLIDE}style/{A}fontRef")
        last = one
    yield from master_styles(shape, last)
    yield from looks.defaults.iterfind(f"{SLIDE}defaultTextStyle")


def master_styles(shape: Shape, base: Shape) -> Iterator[Element]:
    """The styles of a master for the placeholders of its kind."""
    if not getattr(shape, "is_placeholder", False):
        return
    kind = shape._element.find(f".//{SLIDE}ph").get("type", "body")
    name = {"title": "titleStyle", "ctrTitle": "titleStyle"}.get(kind, "bodyStyle")
    root = base._element.getroottree().getroot()
    yield from root.iterfind(f"{SLIDE}txStyles/{SLIDE}{name}")
