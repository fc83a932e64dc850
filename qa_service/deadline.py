"""The time by which a piece of work must be done, known to all that is done for it.

A thread can't be ended from outside, so the work itself looks at the clock: wherever it begins
one of many steps, each of which is short.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from qa_service.errors import TookTooLong
from qa_service.translation.catalogue import _

Item = TypeVar("Item")
_last: ContextVar[float | None] = ContextVar("last", default=None)


@contextmanager
def done_within(seconds: float | None) -> Iterator[None]:
    """Gives what is done within the block so many seconds; None sets no deadline."""
    token = _last.set(None if seconds is None else time.monotonic() + seconds)
    try:
        yield
    finally:
        _last.reset(token)


def seconds_left() -> float | None:
    """How much of the time is left, for work that is done elsewhere; None without a deadline."""
    last = _last.get()
    return None if last is None else last - time.monotonic()


def keep_time() -> None:
    """Raises TookTooLong where the time is over; without a deadline it never is."""
    last = _last.get()
    if last is not None and time.monotonic() > last:
        raise TookTooLong(_("this took longer than it may; ask for less at a time"))


def in_time(items: Iterable[Item]) -> Iterator[Item]:
    """The items, each unless the time is over: see keep_time."""
    for item in items:
        keep_time()
        yield item
