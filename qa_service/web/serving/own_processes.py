"""What every process that the server starts does: log lines, keep its memory together, end
with the one before it."""

from __future__ import annotations

import ctypes
import json
import logging
import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Thread

M_ARENA_MAX = -8
"""As malloc.h of glibc has it."""
MOST_ARENAS = 2
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that this thread deals with."""


class JsonLines(logging.Formatter):
    """A record as a JSON object on one line, with the members that it carries as `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC, ISO 8601), level, message, the request's id where one is dealt with."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if request_id.get():
            told["request_id"] = request_id.get()
        told |= getattr(record, "fields", {})
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_lines(log_format: str) -> None:
    """Show what the service logs: as lines of text ("plain"), or each as JSON ("json")."""
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(JsonLines() if log_format == "json" else logging.Formatter("%(message)s"))
    logging.basicConfig(handlers=[shown])
    logging.getLogger("qa_service").setLevel(logging.INFO)


def share_arenas() -> None:
    """Has all threads take memory from two places, where the C library is glibc.

    Of a place of its own each thread would keep what it once needed: twelve that wrote long files
    kept 192 MB, and 126 MB of two places.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, MOST_ARENAS)


def when_parent_ends(act: Callable[[], None]) -> None:
    """Have `act` done once the process that started this one has ended, however it did."""
    Thread(target=_wait_and_act, args=(act,), daemon=True).start()


def _wait_and_act(act: Callable[[], None]) -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        act()
