"""A child process for one original: its bytes, or the picture of one of its pages.

What is asked for is the first line of standard input, as JSON; the exit status says what was
written. Libraries are loaded before that line is read, so that a child may wait for it, ready.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
from pathlib import Path
from typing import Any

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.scans.pictures import page_picture
from qa_service.reading.isolation.bounds import CHANGED, DONE, UNREADABLE, reply_stream, restrict
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.sources import Source, source_bytes


def main(request: dict[str, Any]) -> int:
    """Writes what is asked for to standard output and returns the exit status."""
    replies = reply_stream()
    limits = ReadingLimits(**request["limits"])
    restrict(limits.memory_bytes, limits.unpacked_bytes)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        data = _asked_for(request, limits)
    except (UnreadableDocument, MemoryError) as error:
        replies.write(str(error).encode("utf-8", "replace"))
        return UNREADABLE
    replies.write(data)
    return DONE if data else CHANGED


def _asked_for(request: dict[str, Any], limits: ReadingLimits) -> bytes:
    """The picture or the bytes; nothing where the bytes are not those of the version."""
    data = _bytes(request, limits)
    if hashlib.sha256(data).hexdigest() != request["version"]:
        return b""
    if request["page"] is None:
        return data
    return page_picture(data, request["page"], request["width"])


def _bytes(request: dict[str, Any], limits: ReadingLimits) -> bytes:
    source = Source(Path(request["path"]), Path(request["folder"]), request["source"], "")
    if request["name"] == request["source"]:
        return source_bytes(source, limits.file_bytes)
    # Imported only where a file is looked into: that takes longer than to draw a page.
    from qa_service.reading.files import document_bytes

    return document_bytes(source, request["name"], limits)


if __name__ == "__main__":
    line = sys.stdin.buffer.readline()
    sys.exit(main(json.loads(line)) if line else 0)
