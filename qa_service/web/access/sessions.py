"""Who has signed in, by the secret that a browser keeps in a cookie; gone after a restart."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from qa_service.nouns.access import Groups

MOST_SESSIONS = 10_000
SESSION_COOKIE = "qa_session"
"""Of a person; the operator's has a name of its own."""

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a provider made known: by what name, and in which groups.

    `id_token` is what the provider said, which it takes for whom to sign out.
    """

    name: str
    groups: Groups
    id_token: str = field(default="", repr=False)


class Sessions(Generic[Known]):
    """What is known of each browser that has signed in. For many threads.

    `clock` counts seconds from any moment.
    """

    def __init__(
        self,
        seconds: float,
        most: int = MOST_SESSIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """A session ends after so many seconds, or as the oldest of more than `most`."""
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, tuple[float, Known]] = {}

    def begin(self, known: Known) -> str:
        """A new session, as the value of its cookie."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[_hashed(session)] = (self._clock() + self._seconds, known)
        return session

    def get(self, session: str) -> Known | None:
        """What is known of a cookie's browser; None where its session has ended or never was."""
        with self._lock:
            ends, known = self._known.get(_hashed(session), (0.0, None))
            return known if ends > self._clock() else None

    def end(self, session: str) -> Known | None:
        """Ends a session, and tells what was known; None where there is no such one."""
        with self._lock:
            ends, known = self._known.pop(_hashed(session), (0.0, None))
            return known if ends > self._clock() else None


def _hashed(session: str) -> str:
    """What is kept of a session, so that memory holds no cookie."""
    return hashlib.sha256(session.encode("utf-8", "surrogatepass")).hexdigest()
