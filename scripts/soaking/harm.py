"""What is broken on purpose while a server is under load, one thing after another."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Event

from soaking.load import wait_for
from soaking.processes import of_kind

BREAK_SECONDS = 30.0
"""Between two things that are broken: a byte each minute, and one of the others."""
FLIPPED_SECONDS = 3.0
BUILD_SECONDS = 25.0
"""So long a build is waited for that could be killed."""


class Harm:
    """Kills and stops processes, and flips bytes of the build in use."""

    def __init__(self, index: Path, server: int, over: Event) -> None:
        self.done: Counter[str] = Counter()
        self._index, self._server, self._over = index, server, over
        self._chosen = random.Random(7)

    def run(self) -> None:
        flip = ("bytes flipped", self._flip)
        kill = ("answering processes killed", self._signal, "answering", signal.SIGKILL)
        stop = ("answering processes stopped", self._signal, "answering", signal.SIGSTOP)
        end = ("builds killed", self._signal, "building", signal.SIGKILL)
        for name, act, *arguments in cycle((flip, kill, flip, stop, flip, end)):
            if self._over.wait(BREAK_SECONDS):
                return
            self.done[name] += act(*arguments)

    def _signal(self, kind: str, number: signal.Signals) -> bool:
        look = partial(of_kind, self._server, kind)
        if found := wait_for(look, BUILD_SECONDS if kind == "building" else 0):
            os.kill(self._chosen.choice(found), number)
        return bool(found)

    def _flip(self) -> bool:
        """One byte of one file, put right again after a while."""
        build = self._index / (self._index / "CURRENT").read_text().strip()
        files = [path for path in build.rglob("*") if path.is_file() and path.stat().st_size]
        if not files:
            return False
        path = self._chosen.choice(files)
        place = self._chosen.randrange(path.stat().st_size)
        for _ in range(2):
            with path.open("r+b") as file:
                file.seek(place)
                byte = file.read(1)[0]
                file.seek(place)
                file.write(bytes([byte ^ 1]))
            self._over.wait(FLIPPED_SECONDS)
        return True
