"""Files of other programs within office files, as documents of their own."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import PurePosixPath

import olefile

from qa_service.reading.content import Member

_NATIVE = "\x01Ole10Native"
"""Where the packager of Windows keeps a file with its name ([MS-OLEDS] 2.3.6)."""
_WHOLE = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "EncryptedPackage": ".docx",
}
"""Streams of files that are containers themselves, with their endings."""
_INNER = frozenset(("Package", "CONTENTS", "package_stream"))
"""Streams that hold a file: one of newer office programs, a PDF, an OpenDocument file."""
_ENDINGS = ((b"%PDF", ".pdf"), (b"PK", ".zip"), (b"{\\rtf", ".rtf"))


def embedded(name: str, data: bytes) -> Member | None:
    """The file that a part of an office file is or holds; None where nothing here reads it."""
    named = PurePosixPath(name).name
    if not data.startswith(olefile.MAGIC):
        return Member(named, lambda: data) if data else None
    with olefile.OleFileIO(BytesIO(data)) as container:
        streams = {path[0] for path in container.listdir()}
        if _NATIVE in streams:
            return _packaged(container.openstream(_NATIVE).read())
        for stream in _INNER & streams:
            return _inner(PurePosixPath(named).stem, container.openstream(stream).read())
    ending = next((ending for stream, ending in _WHOLE.items() if stream in streams), None)
    return Member(f"{PurePosixPath(named).stem}{ending}", lambda: data) if ending else None


def _inner(stem: str, data: bytes) -> Member | None:
    ending = next((ending for start, ending in _ENDINGS if data.startswith(start)), None)
    return Member(f"{stem}{ending}", lambda: data) if ending else None


def _packaged(stream: bytes) -> Member | None:
    """The file in a stream of the packager: sizes, its name, two paths, its bytes."""
    try:
        end = stream.index(b"\0", 6)
        label = stream[6:end].decode("cp1252", "replace")
        end = stream.index(b"\0", end + 1) + 5
        (length,) = struct.unpack_from("<I", stream, end)
        end += 4 + length
        (size,) = struct.unpack_from("<I", stream, end)
    except (ValueError, struct.error):
        return None
    held = stream[end + 4 : end + 4 + size]
    return Member(PurePosixPath(label.replace("\\", "/")).name or "unnamed", lambda: held)
