"""Which notes on PDF pages stand in a layer that is switched off.

The PDF library tells the layers of what is drawn, not of notes: these are looked up in the file
(ISO 32000-1, 8.11).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from qa_service.reading.formats.pdf.geometry import Rectangle

MOST_UNPACKED = 2**24
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b(.*?)endobj", re.DOTALL)
_FIRST = re.compile(rb"/First\s+(\d+)")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_LAYER = re.compile(rb"/OC\s+(\d{1,9})\s+\d{1,5}\s+R\b")
_RECTANGLE = re.compile(rb"/Rect\s*\[\s*([-+.\d\s]+?)\s*\]")
_GROUPS = re.compile(rb"/OCGs\s*(\[.*?\]|\d+\s+\d+\s+R\b)", re.DOTALL)
_PROPERTIES = re.compile(rb"/OCProperties\s+(\d{1,9})\s")
_DEFAULT = re.compile(rb"/D\s+(\d{1,9})\s+\d{1,5}\s+R\b")
_POLICY = re.compile(rb"/P\s*/(AllOn|AnyOff|AllOff)\b")

Objects = dict[int, bytes]


def hidden_places(data: bytes) -> frozenset[Rectangle]:
    """Where notes stand that are in a layer that is off; as the file says, to a hundredth."""
    objects = _objects(data)
    off = _groups_off(objects)
    return frozenset(
        rounded(place)
        for body in objects.values()
        if (layer := _LAYER.search(body))
        and (place := _place(body))
        and _is_off(int(layer[1]), objects, off)
    )


def rounded(place: Rectangle) -> Rectangle:
    """A place to a hundredth of a point."""
    left, bottom, right, top = place
    return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)


def _objects(data: bytes) -> Objects:
    """What each object of a file holds, the last of each number."""
    found: Objects = {}
    for number, body in _OBJECT.findall(data):
        if b"/ObjStm" in body[:400]:
            found.update(_packed(body))
        else:
            found[int(number)] = body
    return found


def _packed(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects of a stream of objects: pairs of number and place, then the objects."""
    begins, first = body.find(b"stream"), _FIRST.search(body)
    try:
        packed = body[begins + len(b"stream") :].lstrip(b"\r\n")
        text = zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return
    at = int(first[1]) if first else 0
    pairs = [int(number) for number in re.findall(rb"\d+", text[:at])]
    ends = [*pairs[3::2], len(text)]
    for number, begin, end in zip(pairs[::2], pairs[1::2], ends, strict=False):
        yield number, text[at + begin : at + end]


def _groups_off(objects: Objects) -> set[int]:
    """The layers that are off when the file is opened."""
    default = _default(objects)
    if re.search(rb"/BaseState\s*/OFF\b", default):
        every = {number for number, body in objects.items() if re.search(rb"/OCG\b", body)}
        return every - _listed(b"ON", default)
    return _listed(b"OFF", default)


def _default(objects: Objects) -> bytes:
    root = next((body for body in objects.values() if b"/OCProperties" in body), b"")
    named = _PROPERTIES.search(root)
    properties = objects.get(int(named[1]), b"") if named else root
    default = _DEFAULT.search(properties)
    return objects.get(int(default[1]), b"") if default else properties


def _listed(name: bytes, body: bytes) -> set[int]:
    found = re.search(rb"/" + name + rb"\s*\[(.*?)\]", body, re.DOTALL)
    return set(map(int, _REFERENCE.findall(found[1]))) if found else set()


def _is_off(layer: int, objects: Objects, off: set[int]) -> bool:
    """Whether a layer is off, or a choice of layers under its policy."""
    body = objects.get(layer, b"")
    groups = _GROUPS.search(body)
    if b"/OCMD" not in body or groups is None:
        return layer in off
    are_off = [int(group) in off for group in _REFERENCE.findall(groups[1])]
    policy = _POLICY.search(body)
    match policy[1] if policy else b"AnyOn":
        case b"AllOn":
            return any(are_off)
        case b"AnyOff":
            return bool(are_off) and not any(are_off)
        case b"AllOff":
            return not all(are_off)
        case _:
            return bool(are_off) and all(are_off)


def _place(body: bytes) -> Rectangle | None:
    found = _RECTANGLE.search(body)
    sides = [float(side) for side in found[1].split()] if found else []
    if len(sides) != 4:
        return None
    x1, y1, x2, y2 = sides
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
