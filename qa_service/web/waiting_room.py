"""Bounds in front of what costs or lasts, so that a rush is refused and not hoarded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from werkzeug.exceptions import ServiceUnavailable

RETRY_AFTER_SECONDS = 1
MAX_BODIES = 512


class WaitingRoom:
    """Lets `threads` callers work at once and `max_waiting` more wait for their turn."""

    def __init__(self, threads: int, max_waiting: int) -> None:
        self._places = BoundedSemaphore(threads + max_waiting)
        self._threads = BoundedSemaphore(threads)

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Wait for a free thread. Raises ServiceUnavailable at once where no place is left."""
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable(
                "More questions are waiting than this server takes; ask again in a second.",
                retry_after=RETRY_AFTER_SECONDS,
            )
        try:
            with self._threads:
                yield
        finally:
            self._places.release()


class Reception:
    """Lets `places` request bodies come in at once: a client that stalls in one holds a thread."""

    def __init__(self, places: int = MAX_BODIES) -> None:
        self._places = BoundedSemaphore(places)

    @contextmanager
    def receive(self) -> Iterator[None]:
        """Hold a place while a body is read. Raises ServiceUnavailable where none is left."""
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable(
                "More requests are still being sent than this server takes; try again in a second.",
                retry_after=RETRY_AFTER_SECONDS,
            )
        try:
            yield
        finally:
            self._places.release()
