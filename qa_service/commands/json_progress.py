"""How far a build is, for programs: a JSON object a line."""

from __future__ import annotations

import json
import time
from typing import Any, TextIO

SECONDS_BETWEEN_LINES = 0.2


class JsonProgress:
    """Writes `{"stage": …, "done": n, "total": n or null}` at most five times a second, with
    what is told beside it as `aside`. See Progress.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = self._aside = ""
        self._total: int | None = None
        self._done = 0
        self._last_line = 0.0

    def start(self, stage: str, total: int | None) -> None:
        """See Progress."""
        self._stage, self._total, self._done, self._aside = stage, total, 0, ""
        self._write_progress()

    def advance(self, steps: int = 1) -> None:
        """See Progress."""
        self._done += steps
        if time.monotonic() - self._last_line >= SECONDS_BETWEEN_LINES:
            self._write_progress()

    def tell(self, aside: str) -> None:
        """See Progress."""
        self._aside = aside
        self.advance(0)

    def finish(self) -> None:
        """See Progress."""
        self._write_progress()

    def write(self, values: dict[str, Any]) -> None:
        """One more object, at once."""
        self._stream.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._stream.flush()

    def _write_progress(self) -> None:
        self._last_line = time.monotonic()
        told = {"stage": self._stage, "done": self._done, "total": self._total}
        self.write(told | ({"aside": self._aside} if self._aside else {}))
