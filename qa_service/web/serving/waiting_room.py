"""Bounds in front of what costs or lasts, so that a rush is refused and not hoarded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event, Lock

from werkzeug.exceptions import ServiceUnavailable

RETRY_AFTER_SECONDS = 1
MAX_BODIES = 512


class WaitingRoom:
    """Lets `at_once` callers work and `max_waiting` more wait, who follow in order of arrival.

    Whoever leaves hands the place to the one who has waited longest. A semaphore would let a
    newcomer take it, and the one who waited would wait again.
    """

    def __init__(self, at_once: int, max_waiting: int) -> None:
        self._free = at_once
        self._max_waiting = max_waiting
        self._waiting: deque[Event] = deque()
        self._changing = Lock()

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Wait for one's turn. Raises ServiceUnavailable at once where no place is left."""
        turn = self._enter()
        turn.wait()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> Event:
        """Set once it is the caller's turn."""
        turn = Event()
        with self._changing:
            if self._free:
                self._free -= 1
                turn.set()
            elif len(self._waiting) < self._max_waiting:
                self._waiting.append(turn)
            else:
                raise ServiceUnavailable(
                    "More questions are waiting than this server takes; ask again in a second.",
                    retry_after=RETRY_AFTER_SECONDS,
                )
        return turn

    def _leave(self) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


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
