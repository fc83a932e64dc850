"""How long each stage of reading takes, added up for whoever asks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Spent = dict[str, float]
"""Seconds by stage."""
_spent: ContextVar[Spent | None] = ContextVar("spent", default=None)


@contextmanager
def told_of_stages(spent: Spent) -> Iterator[None]:
    """Adds the seconds of every stage within the block to `spent`."""
    token = _spent.set(spent)
    try:
        yield
    finally:
        _spent.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Counts the block as a stage of that name, however it ends; no stage stands in another."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        if (spent := _spent.get()) is not None:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - begun
