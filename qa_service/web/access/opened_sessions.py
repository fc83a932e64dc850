"""Where sessions are kept: one machine remembers its own, several share a table."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from qa_service.config import Settings
from qa_service.indexing.builds.beside import records_beside
from qa_service.web.access.sessions import RememberedSessions, Sessions

MOST_SESSIONS = 10_000

Known = TypeVar("Known")


def open_sessions(
    settings: Settings,
    kind: str,
    known: type[Known],
    seconds: float,
    most: int = MOST_SESSIONS,
    clock: Callable[[], float] = time.monotonic,
) -> Sessions[Known]:
    """The sessions of a kind, where the settings have them; `known` is what is kept of each.
    `clock` counts seconds from any moment, for one machine."""
    if settings.engine == "embedded":
        return RememberedSessions(seconds, most, clock)
    from qa_service.web.access.kept_sessions import KeptSessions

    return KeptSessions(records_beside(settings, "sessions"), kind, known, seconds, most)
