"""How far a long run is, as the command line shows it."""

from __future__ import annotations

import time
from typing import TextIO

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_LOOKS = 0.1
"""On a terminal, where the line is written over."""
_LINE = 79


class TerminalProgress:
    """Rate and time left: in one line that changes on a terminal, a line now and then elsewhere.
    See Progress."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = self._aside = ""
        self._total: int | None = None
        self._done = 0
        self._started = self._last_line = 0.0

    def start(self, stage: str, total: int | None) -> None:
        """See Progress."""
        self._stage, self._total, self._done, self._aside = stage, total, 0, ""
        self._started = self._last_line = time.monotonic()
        self._write(f"{stage} ..." if total is None else f"{stage}: {total} ...")

    def advance(self, steps: int = 1) -> None:
        """See Progress."""
        self._done += steps
        wait = SECONDS_BETWEEN_LOOKS if self._stream.isatty() else SECONDS_BETWEEN_LINES
        if time.monotonic() - self._last_line >= wait:
            self._last_line = time.monotonic()
            self._write(f"{self._stage}: {self._done} done{self._rate()}{self._aside}")

    def tell(self, aside: str) -> None:
        """See Progress."""
        self._aside = f"; {aside}"
        self.advance(0)

    def finish(self) -> None:
        """See Progress."""
        count = f"{self._done} done" if self._done else "done"
        self._write(f"{self._stage}: {count} in {time.monotonic() - self._started:.1f} s", "\n")

    def _rate(self) -> str:
        rate = self._done / max(time.monotonic() - self._started, 1e-9)
        if not self._total or not rate:
            return ""
        return f" of {self._total}, {rate:.1f}/s, {(self._total - self._done) / rate:.0f} s left"

    def _write(self, line: str, ended: str = "") -> None:
        over = self._stream.isatty()
        self._stream.write(f"\r{line:<{_LINE}}{ended}" if over else f"{line}\n")
        self._stream.flush()
