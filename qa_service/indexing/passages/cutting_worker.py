"""The child process that cuts documents into passages, within limits that the system enforces.

Its parent counts tokens for it: only that side knows the model.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from typing import Any, BinaryIO

from qa_service.indexing.passages.cutting import cuts_of
from qa_service.nouns.documents import Document, Span
from qa_service.reading.isolation.bounds import READY, reply_stream, restrict, send_frame
from qa_service.reading.isolation.wire import from_wire
from qa_service.reading.limits import ReadingLimits
from qa_service.translation.sentences import said


def main(limits: ReadingLimits) -> None:
    """Cuts the document of each line of standard input, until its end."""
    replies = reply_stream()
    restrict(limits.memory_bytes, limits.unpacked_bytes)
    send_frame(replies, READY)
    for line in sys.stdin.buffer:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        send_frame(replies, _answer(json.loads(line), limits, replies))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(request: dict[str, Any], limits: ReadingLimits, replies: BinaryIO) -> dict[str, Any]:
    """The cuts of a document, or the reason why it has none."""
    try:
        document = from_wire(request)
        assert isinstance(document, Document)
        cuts = cuts_of(document, partial(_counted, replies), request["max_tokens"])
        return {"cuts": [astuple(cut) for cut in cuts]}
    except MemoryError:
        reason = said(
            "cutting it into passages needs more than %(most)s megabytes of "
            "memory; split it or raise QA_MAX_READING_MEGABYTES",
            most=limits.memory_bytes // 2**20,
        )
    except Exception as error:
        kind = type(error).__name__
        reason = said(
            "it cannot be cut into passages (%(kind)s: %(error)s); save it anew or split it",
            kind=kind,
            error=error,
        )
    return {"reason": reason}


def _counted(replies: BinaryIO, spans: Sequence[Span]) -> list[int]:
    """The tokens of stretches of the document, as its parent counts them."""
    send_frame(replies, {"count": spans})
    counts: list[int] = json.loads(sys.stdin.buffer.readline())
    return counts


if __name__ == "__main__":
    main(ReadingLimits(**json.loads(sys.argv[1])))
