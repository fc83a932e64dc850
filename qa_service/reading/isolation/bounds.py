"""What the system enforces on a child process, however its libraries behave; how it answers."""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
from typing import Any, BinaryIO

DONE, UNREADABLE, CHANGED = 0, 3, 4
"""Exit statuses of a child for one original: written were its bytes; a reason; nothing."""
_OPEN_FILES = 256
FRAME_LENGTH = struct.Struct(">I")
READY = {"ready": True}
"""The first frame of a child that waits for requests."""


def reply_stream() -> BinaryIO:
    """What was standard output; libraries that print write nowhere from now on."""
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def restrict(memory_bytes: int, written_bytes: int) -> None:
    """Bounds memory, files written and open files, and leaves no image of a crash."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, written_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))
    # Without a handler of Python's own the alarm ends the process wherever it is.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def send_frame(replies: BinaryIO, message: dict[str, Any]) -> None:
    """Answers with an object."""
    data = json.dumps(message).encode()
    replies.write(FRAME_LENGTH.pack(len(data)) + data)
    replies.flush()
