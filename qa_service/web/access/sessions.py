"""Who has signed in, by the secret that a browser keeps in a cookie.

One machine remembers it until its server ends; several have it in their database.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, Protocol, TypeVar

from msgspec import json

from qa_service.config import Settings
from qa_service.disk.kept_records import Records
from qa_service.indexing.builds.beside import records_beside
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
    return KeptSessions(records_beside(settings, "sessions"), kind, known, seconds, most)


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
            self._known[_hashed(session)] = (self._clock() + self._seconds, known)
        return session

    def get(self, session: str) -> Known | None:
        """See Sessions."""
        with self._lock:
            ends, known = self._known.get(_hashed(session), (0.0, None))
            return known if ends > self._clock() else None

    def end(self, session: str) -> Known | None:
        """See Sessions."""
        with self._lock:
            ends, known = self._known.pop(_hashed(session), (0.0, None))
            return known if ends > self._clock() else None


_PUT = "INSERT INTO sessions (session, kind, ends, known) VALUES (?, ?, ?, ?)"
_GET = "SELECT known FROM sessions WHERE session = ? AND kind = ? AND ends > ?"
_END = "DELETE FROM sessions WHERE session = ? AND kind = ?"
_FORGET = """DELETE FROM sessions WHERE ends <= ? OR kind = ? AND session NOT IN
    (SELECT session FROM sessions WHERE kind = ? ORDER BY ends DESC LIMIT ?)"""


class KeptSessions(Generic[Known]):
    """Those in a table, which all machines read."""

    def __init__(
        self, records: Records, kind: str, known: type[Known], seconds: float, most: int
    ) -> None:
        self._records, self._kind, self._shape = records, kind, known
        self._seconds, self._most = seconds, most

    def begin(self, known: Known) -> str:
        """See Sessions."""
        session, now, kind = secrets.token_urlsafe(32), time.time(), self._kind
        kept = (_hashed(session), kind, now + self._seconds, json.encode(known).decode())
        with self._records.writing() as statements:
            statements.execute(_PUT, kept)
            statements.execute(_FORGET, (now, kind, kind, self._most))
        return session

    def get(self, session: str) -> Known | None:
        """See Sessions."""
        if not session:
            return None
        found = self._records.rows(_GET, _hashed(session), self._kind, time.time())
        return json.decode(found[0][0], type=self._shape) if found else None

    def end(self, session: str) -> Known | None:
        """See Sessions."""
        known = self.get(session)
        if known is not None:
            with self._records.writing() as statements:
                statements.execute(_END, (_hashed(session), self._kind))
        return known


def _hashed(session: str) -> str:
    """What is kept of a session, so that nothing holds a cookie."""
    return hashlib.sha256(session.encode("utf-8", "surrogatepass")).hexdigest()
