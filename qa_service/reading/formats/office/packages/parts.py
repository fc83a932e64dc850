"""The parts of zip-based office files: their markup, and which of them belong to which."""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]


def parsed_xml(data: bytes) -> Any:
    """The root element of XML, whose entities and external parts are never resolved."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def part_of(package: zipfile.ZipFile, place: str) -> bytes:
    """The bytes of a part; none of one that is not there."""
    return package.read(place) if place in package.namelist() else b""


def relations_of(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part to another, by its id."""
    folder, name = posixpath.split(part)
    found = part_of(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        str(item.get("Id")): (str(item.get("Type")), target_of(folder, str(item.get("Target"))))
        for item in (parsed_xml(found) if found else ())
        if item.get("TargetMode") != "External"
    }


def target_of(folder: str, target: str) -> str:
    """The place of a part that a part within `folder` names."""
    return posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
