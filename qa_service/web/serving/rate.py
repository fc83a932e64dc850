"""How often one address may do something."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from werkzeug.exceptions import TooManyRequests

from qa_service.translation.catalogue import _

MOST_ADDRESSES = 1_000


class Rate:
    """At most so many times within so many seconds of `clock`, for each address."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = Lock()
        self._times: dict[str, deque[float]] = {}

    def count(self, address: str) -> None:
        """Notes one time more. Raises TooManyRequests where that is one too many."""
        now = self._clock()
        with self._lock:
            times = self._times.pop(address, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            self._times[address] = times  # as the latest: the longest unseen make way
            while len(self._times) > MOST_ADDRESSES:
                del self._times[next(iter(self._times))]
            if len(times) >= self._most:
                wait = math.ceil(times[0] + self._seconds - now)
                raise TooManyRequests(
                    _("Too many; try again in %(number)s seconds.", number=wait), retry_after=wait
                )
            times.append(now)
