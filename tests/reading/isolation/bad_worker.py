"""A reading process in which text files do what bad files make libraries do."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from qa_service.reading import files
from qa_service.reading.content import Block, Content
from qa_service.reading.isolation import worker
from qa_service.reading.limits import ReadingLimits


def read_badly(data: bytes) -> Content:
    """Does what the first word of the text says, and otherwise reads it."""
    match data.decode().split()[0]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "crash-if-second" if getattr(read_badly, "calls", 0):
            os.kill(os.getpid(), signal.SIGSEGV)
        case "slow":
            time.sleep(0.5)
        case "hang":
            time.sleep(600)
        case "hang-deaf":
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            time.sleep(600)
        case "eat":
            bytearray(2**40)
        case "talk":
            return Content("text", (Block("paragraph", "words " * 180_000),))
        case "print":
            sys.stdout.write("words of a library")
            sys.stdout.flush()
        case "orphan":
            os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "600.25")
            time.sleep(600)
    read_badly.calls = getattr(read_badly, "calls", 0) + 1
    return Content("text", (Block("paragraph", data.decode()),))


if __name__ == "__main__":
    reader_of = files.reader_of
    files.reader_of = lambda kind: read_badly if kind == "text" else reader_of(kind)
    worker.main(ReadingLimits(**json.loads(sys.argv[1])))
