"""Packages with damaged parts: each part is saved as far as it goes, and the others are read."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Container
from io import BytesIO
from typing import TypeVar

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.packages.parts import parsed_xml, target_of
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Opened = TypeVar("Opened")
_DAMAGED = N_("a part of the file is damaged: %(part)s")
_MISSING = N_("a part of the file is missing: %(part)s")


def opened(data: bytes, open_package: Callable[[bytes], Opened]) -> tuple[Opened, tuple[str, ...]]:
    """What opens a package, mended if it does not open as it is; and what was damaged."""
    try:
        return open_package(data), ()
    except Exception:
        mended, told = mended_package(data)
        if not told:
            raise
        return open_package(mended), told


def mended_package(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A package of sound parts that name no others, and a sentence for each damaged part."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data, ()
    parts, told = _sound_parts(data)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in parts.items():
            if name.endswith(".rels"):
                part, missing = _without_dangling(name, part, parts.keys())
                told |= {place: _MISSING for place in missing if place not in told}
            package.writestr(name, part)
    return made.getvalue(), tuple(said(what, part=name) for name, what in told.items())


def _sound_parts(data: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    """The parts that can be read, and what is told of those that are damaged, by their name."""
    parts: dict[str, bytes] = {}
    told: dict[str, str] = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in dict.fromkeys(package.namelist()):
            try:
                part = package.read(name)
                saved = _saved(part) if name.endswith((".xml", ".rels")) else part
            except (zipfile.BadZipFile, zlib.error, EOFError):
                part = saved = b""
            if saved:
                parts[name] = saved
            if saved is not part or not saved:
                told[name] = _DAMAGED
    return parts, told


def _saved(part: bytes) -> bytes:
    """XML as it is where it is sound, else what can be saved of it."""
    try:
        parsed_xml(part)
    except etree.XMLSyntaxError:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(part, parser)
        return bytes(etree.tostring(root)) if root is not None and len(root) else b""
    return part


def _without_dangling(name: str, part: bytes, known: Container[str]) -> tuple[bytes, list[str]]:
    """Relations of a part but those to parts that are not there, and the names of these."""
    folder = posixpath.dirname(posixpath.dirname(name))
    root, missing = parsed_xml(part), []
    for item in list(root):
        target = target_of(folder, str(item.get("Target")))
        if item.get("TargetMode") != "External" and target not in known:
            root.remove(item)
            missing.append(target)
    return bytes(etree.tostring(root)), missing
