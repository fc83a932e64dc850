"""Files that are put in place whole and stay there, also where the power fails."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

OWNER_ONLY = 0o600
ANYBODY = 0o666
"""As the umask has it."""


def put_whole(path: Path, data: bytes, mode: int = ANYBODY) -> None:
    """Puts a whole file in place at once, never a part of one; it is on the disk afterwards.

    Raises OSError. Then what stood there before still does, and nothing else is left.
    """
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.write(data)
        sync(unfinished)
        unfinished.replace(path)
        sync(path.parent)
    finally:
        with suppress(OSError):
            unfinished.unlink()


def sync(path: Path) -> None:
    """Waits until a file's content, or a folder's entries, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
