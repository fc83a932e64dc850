"""Processes with those that they started: listed, and ended by SIGKILL."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_SECONDS = 30


def kill_all(process: int) -> None:
    """Ends a process and those that it started, by SIGKILL, and waits until none is left."""
    family = [process, *children(process)]
    for number in family:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    end = time.monotonic() + _SECONDS
    while any(map(_is_alive, family)):
        assert time.monotonic() < end, "a process outlives SIGKILL"
        time.sleep(0.01)


def children(process: int) -> list[int]:
    """Numbers of the processes that a process started, and of those that these did."""
    started: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, told = status.read_text().partition(" (")
            started.setdefault(int(told.rpartition(") ")[2].split()[1]), []).append(int(number))
    found = list(started.get(process, ()))
    for number in found:  # which grows meanwhile
        found += started.get(number, ())
    return found


def _is_alive(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return told.rpartition(") ")[2][0] not in "ZX"
