"""Bounds in front of what costs or lasts, so that a rush is refused and not hoarded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event, Lock

from werkzeug.exceptions import ServiceUnavailable

from qa_service.translation.catalogue import N_

RETRY_AFTER_SECONDS = 1
MAX_BODIES = 512


class WaitingRoom:
    """Lets `at_once` callers work and `max_waiting` more wait, who follow in order of arrival.

    Whoever leaves hands the place to the one who has waited longest. A semaphore would let a
    newcomer take it, and the one who waited would wait again.
    """

    def __init__(self, at_once: int, max_waiting: int, patience: float | None = None) -> None:
        """Who has waited for `patience` seconds is refused; without it, everyone's turn comes."""
        self._at_once = self._free = at_once
        self._patience = patience
        self._max_waiting = max_waiting
        self._waiting: deque[Event] = deque()
        self._changing = Lock()

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Wait for one's turn. Raises ServiceUnavailable where no place is left, or none comes."""
        turn = self._enter()
        if not turn.wait(self._patience):
            self._give_up(turn)
        try:
            yield
        finally:
            self._leave()

    @property
    def working(self) -> int:
        """How many have their turn."""
        return self._at_once - self._free

    @property
    def waiting(self) -> int:
        """How many wait for it."""
        return len(self._waiting)

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
                raise _full()
        return turn

    def _give_up(self, turn: Event) -> None:
        """Leaves the queue and raises, unless the turn came just now."""
        with self._changing:
            if not turn.is_set():
                self._waiting.remove(turn)
                raise _full()

    def _leave(self) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def _full() -> ServiceUnavailable:
    return ServiceUnavailable(
        N_("More is waiting than this server takes; ask again in a second."),
        retry_after=RETRY_AFTER_SECONDS,
    )


class Reception:
    """Lets `places` request bodies come in at once: a client that stalls in one holds a thread."""

    def __init__(self, places: int = MAX_BODIES) -> None:
        self._places = BoundedSemaphore(places)

    @contextmanager
    def receive(self) -> Iterator[None]:
        """Hold a place while a body is read. Raises ServiceUnavailable where none is left."""
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable(
                N_(
                    "More requests are still being sent than this server takes; try again in a "
                    "second."
                ),
                retry_after=RETRY_AFTER_SECONDS,
            )
        try:
            yield
        finally:
            self._places.release()
