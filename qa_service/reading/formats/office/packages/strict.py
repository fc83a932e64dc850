"""Strict Open XML files as the libraries know them (ISO/IEC 29500, parts 1 and 4)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_ROOT = "_rels/.rels"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACE = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)")
_RENAMED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
    b"metadata/coreProperties": b"metadata/core-properties",
}


def transitional(data: bytes) -> bytes:
    """The same package with the names of the transitional form, if its parts have strict ones.

    Whatever is no package of office files is given back as it is.
    """
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as package:
        if _ROOT not in package.namelist() or _STRICT not in package.read(_ROOT):
            return data
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as renamed:
            for entry in package.infolist():
                part = package.read(entry)
                if entry.filename.endswith((".xml", ".rels")):
                    part = _renamed(part)
                renamed.writestr(entry.filename, part)
    return made.getvalue()


def _renamed(part: bytes) -> bytes:
    for strict, usual in _RENAMED.items():
        part = part.replace(b"relationships/" + strict, b"relationships/" + usual)
    return _NAMESPACE.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", part)
