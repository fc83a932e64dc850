"""Workbooks (.xlsx, .ods) of which one odd cell would cost the whole: they are read without it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.looks.cells import MAIN, column_number
from qa_service.reading.formats.office.open_document.styles import OFFICE, TABLE
from qa_service.reading.formats.office.packages.mending import mended_package
from qa_service.reading.formats.office.packages.parts import parsed_xml, part_of
from qa_service.reading.formats.office.workbook.open_xml import sheet_parts
from qa_service.reading.formats.office.workbook.told import named
from qa_service.translation.sentences import said

Element = Any
_WORKBOOK, _TEXTS = "xl/workbook.xml", "xl/sharedStrings.xml"
_CONTENT = "content.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_KINDS = ("b", "d", "e", "inlineStr", "n", "s", "str")
_ERRORS = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA)")
_LAST_ROW, _LAST_COLUMN = 100_000, 500
"""Cells beyond are odd in a sheet that would be too large with them."""
MOST_CELLS = 20_000_000
"""A sheet may reach over so many, empty ones included."""


def repaired(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A workbook whose parts and cells are sound, and a sentence for each thing that was not."""
    data, told = mended_package(data)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package:
        if _CONTENT in package.namelist():
            return _without_blanks(package), told
        if _WORKBOOK not in package.namelist():
            return data, told
        texts = _number_of_texts(part_of(package, _TEXTS))
        workbook, names = _with_sheets_there(package)
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as sound:
            for entry in package.namelist():
                part = workbook if entry == _WORKBOOK else package.read(entry)
                if entry in names:
                    part, odd = _without_odd_cells(part, texts)
                    told += _told(names[entry], odd)
                sound.writestr(entry, part)
    return made.getvalue(), told


def _without_blanks(package: zipfile.ZipFile) -> bytes:
    """An OpenDocument workbook without the blanks between cells that some programs write."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as sound:
        for entry in package.namelist():
            part = package.read(entry)
            if entry == _CONTENT:
                root = parsed_xml(part)
                for element in root.iter(f"{TABLE}*", f"{OFFICE}*"):
                    _take_blanks_out(element)
                part = bytes(etree.tostring(root))
            sound.writestr(entry, part)
    return made.getvalue()


def _take_blanks_out(element: Element) -> None:
    if not (element.text or "").strip():
        element.text = None
    for child in element:
        if not (child.tail or "").strip():
            child.tail = None


def _with_sheets_there(package: zipfile.ZipFile) -> tuple[bytes, dict[str, str]]:
    """The part of the workbook with those sheets alone whose parts are there, and their names."""
    root, known = parsed_xml(package.read(_WORKBOOK)), package.namelist()
    places = sheet_parts(package, root)
    for sheet in list(root.iter(f"{MAIN}sheet")):
        if places[str(sheet.get("name"))] not in known:
            sheet.getparent().remove(sheet)
    return bytes(etree.tostring(root)), {place: name for name, place in places.items()}


def _told(name: str, odd: list[str]) -> tuple[str, ...]:
    if not odd:
        return ()
    return (
        said(
            "cells of sheet %(name)s are not sound and were not read: %(places)s",
            name=name,
            places=named(odd),
        ),
    )


def _number_of_texts(part: bytes) -> int:
    return sum(1 for _ in parsed_xml(part).iterchildren(f"{MAIN}si")) if part else 0


def _without_odd_cells(part: bytes, texts: int) -> tuple[bytes, list[str]]:
    """A sheet without its odd cells, and where they stood."""
    root = parsed_xml(part)
    far = _is_too_large(root)
    odd = [cell for cell in root.iter(f"{MAIN}c") if _is_odd(cell, texts, far)]
    for cell in odd:
        cell.getparent().remove(cell)
    return bytes(etree.tostring(root)), [str(cell.get("r") or "?") for cell in odd]


def _is_too_large(root: Element) -> bool:
    places = list(_places(root))
    rows = max((row for row, _ in places), default=0)
    return rows * max((column for _, column in places), default=0) > MOST_CELLS


def _places(root: Element) -> Iterator[tuple[int, int]]:
    for cell in root.iter(f"{MAIN}c"):
        if found := _REFERENCE.fullmatch(cell.get("r") or ""):
            yield int(found[2]), column_number(found[1]) + 1


def _is_odd(cell: Element, texts: int, far: bool) -> bool:
    """Whether the library would refuse the workbook for a cell."""
    written, kind = cell.get("r"), cell.get("t") or "n"
    found = _REFERENCE.fullmatch(written) if written is not None else None
    if written is not None and (not found or _is_far(found, far)):
        return True
    value = cell.findtext(f"{MAIN}v") or ""
    match kind:
        case "s":
            return bool(value) and not (value.isdecimal() and int(value) < texts)
        case "b":
            return value not in ("", "0", "1")
        case "e":
            return not _ERRORS.fullmatch(value)
        case _:
            return kind not in _KINDS


def _is_far(found: re.Match[str], far: bool) -> bool:
    return far and (int(found[2]) > _LAST_ROW or column_number(found[1]) >= _LAST_COLUMN)
