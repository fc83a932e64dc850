"""A process that cuts, in which documents do what text that means harm makes libraries do."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from qa_service.indexing.passages import cutting, cutting_worker
from qa_service.reading.limits import ReadingLimits

spans_really = cutting.sentence_spans


def spans_badly(text):
    """Does what the first word of the text says, and otherwise finds sentences."""
    match text.split()[0]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "crash-if-second" if getattr(spans_badly, "calls", 0):
            os.kill(os.getpid(), signal.SIGSEGV)
        case "square":
            for start in range(len(text)):
                text.count("“", start)
        case "hang-deaf":
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            time.sleep(600)
        case "eat":
            bytearray(2**40)
        case "fault":
            return [(0, text[0])]
        case "outside":
            return [(0, len(text) + 9)]
    spans_badly.calls = getattr(spans_badly, "calls", 0) + 1
    return spans_really(text)


if __name__ == "__main__":
    cutting.sentence_spans = spans_badly
    cutting_worker.main(ReadingLimits(**json.loads(sys.argv[1])))
