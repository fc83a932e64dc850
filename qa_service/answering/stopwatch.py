"""How long each stage of an answer takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Milliseconds since it was made, and those of each stage by name, in order."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self.stages: dict[str, float] = {}

    @property
    def elapsed_ms(self) -> float:
        """Milliseconds since the watch was made."""
        return (time.perf_counter() - self._started) * 1000

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts what is done within as this stage."""
        before = self.elapsed_ms
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + self.elapsed_ms - before
