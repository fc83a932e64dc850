"""What every process that the server starts does: log plain lines, keep its memory together, end
with the one before it."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

M_ARENA_MAX = -8
"""As malloc.h of glibc has it."""
MOST_ARENAS = 2


def log_plain_lines() -> None:
    """Show what the service logs as lines of text."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
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
