"""The child process: reads files by request, within limits that the system enforces."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from qa_service.nouns.documents import SkippedFile
from qa_service.reading.files import read_source
from qa_service.reading.isolation.bounds import READY, reply_stream, restrict, send_frame
from qa_service.reading.isolation.wire import to_wire
from qa_service.reading.limits import ReadingLimits, told_of_steps
from qa_service.reading.sources import Source
from qa_service.reading.timing import Spent, told_of_stages
from qa_service.translation.sentences import said


def main(limits: ReadingLimits) -> None:
    """Reads one request a line from standard input and answers in frames, until its end."""
    replies = reply_stream()
    restrict(limits.memory_bytes, limits.unpacked_bytes)
    send_frame(replies, READY)
    for line in sys.stdin.buffer:
        if not _serve(json.loads(line), limits, replies):
            break


def _serve(request: dict[str, Any], limits: ReadingLimits, replies: BinaryIO) -> bool:
    """Answers one request; False where the process should not be used again."""

    def step(name: str) -> None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        send_frame(replies, {"step": name})

    source = Source(
        Path(request["path"]), Path(request["folder"]), request["name"], request["collection"]
    )
    fit, spent = True, Spent()
    with told_of_steps(step), told_of_stages(spent):
        step(source.name)
        try:
            for item in read_source(source, limits, frozenset(request.get("left_out", ()))):
                send_frame(replies, to_wire(item))
        except MemoryError:
            fit = False
            reason = said(
                "reading it needs more than %(most)s megabytes of memory; split it "
                "or raise QA_MAX_READING_MEGABYTES",
                most=limits.memory_bytes // 2**20,
            )
            send_frame(replies, to_wire(SkippedFile(source.name, reason)))
        signal.setitimer(signal.ITIMER_REAL, 0)
    send_frame(replies, {"end": True, "fit": fit, "spent": spent})
    return fit


if __name__ == "__main__":
    main(ReadingLimits(**json.loads(sys.argv[1])))
