"""Who has signed in, by the secret that a browser keeps in a cookie.

One machine remembers it until its server ends; several have it in their database.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, Protocol, TypeVar

from qa_service.nouns.access import Groups

SESSION_COOKIE = "qa_session"
"""Of a person; the operator's has a name of its own."""

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a provider made known: by what name, and in which groups.

    `id` is the provider's own for them, `until` when their session ends (seconds as time.time
    gives). `id_token` is what the provider said, which it takes for whom to sign out.
    """

    name: str
    groups: Groups
    id: str = ""
    until: float = 0.0
    id_token: str = field(default="", repr=False)


class Sessions(Protocol[Known]):
    """What is known of each browser that has signed in. For many threads.

    A session ends after some seconds, or as the oldest of too many.
    """

    def begin(self, known: Known) -> str:
        """A new session, as the value of its cookie."""
        ...

    def get(self, session: str) -> Known | None:
        """What is known of a cookie's browser; None where its session has ended or never was."""
        ...

    def end(self, session: str) -> Known | None:
        """Ends a session, and tells what was known; None where there is no such one."""
        ...


class RememberedSessions(Generic[Known]):
    """Those of this process."""

    def __init__(self, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, tuple[float, Known]] = {}

    def begin(self, known: Known) -> str:
        """See Sessions."""
        session = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[hashed(session)] = (self._clock() + self._seconds, known)
        return session

    def get(self, session: str) -> Known | None:
        """See Sessions."""
        with self._lock:
            ends, known = self._known.get(hashed(session), (0.0, None))
            return known if ends > self._clock() else None

    def end(self, session: str) -> Known | None:
        """See Sessions."""
        with self._lock:
            ends, known = self._known.pop(hashed(session), (0.0, None))
            return known if ends > self._clock() else None


def hashed(session: str) -> str:
    """What is kept of a session, so that nothing holds a cookie."""
    return hashlib.sha256(session.encode("utf-8", "surrogatepass")).hexdigest()
