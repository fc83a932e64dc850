"""What every process that the server starts does: log plain lines, end with the one before it."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from collections.abc import Callable
from threading import Thread


def log_plain_lines() -> None:
    """Show what the service logs as lines of text."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("qa_service").setLevel(logging.INFO)


def when_parent_ends(act: Callable[[], None]) -> None:
    """Have `act` done once the process that started this one has ended, however it did."""
    Thread(target=_wait_and_act, args=(act,), daemon=True).start()


def _wait_and_act(act: Callable[[], None]) -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        act()
