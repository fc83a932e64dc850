"""Who has signed in, in a table that all machines read.

What is known is sealed with what the browser's cookie alone holds: whoever reads the table, or a
copy of it, learns nothing of anybody.
"""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from typing import Generic, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from msgspec import json

from qa_service.disk.kept_records import Records
from qa_service.web.access.sessions import hashed

Known = TypeVar("Known")

_PUT = "INSERT INTO sessions (session, kind, ends, known) VALUES (?, ?, ?, ?)"
_GET = "SELECT known FROM sessions WHERE session = ? AND kind = ? AND ends > ?"
_END = "DELETE FROM sessions WHERE session = ? AND kind = ?"
_FORGET = """DELETE FROM sessions WHERE ends <= ? OR kind = ? AND session NOT IN
    (SELECT session FROM sessions WHERE kind = ? ORDER BY ends DESC LIMIT ?)"""


class KeptSessions(Generic[Known]):
    """Those of a table."""

    def __init__(
        self, records: Records, kind: str, known: type[Known], seconds: float, most: int
    ) -> None:
        self._records, self._kind, self._shape = records, kind, known
        self._seconds, self._most = seconds, most

    def begin(self, known: Known) -> str:
        """See Sessions."""
        session, now, kind = secrets.token_urlsafe(32), time.time(), self._kind
        sealed = _seal(session).encrypt(json.encode(known)).decode()
        kept = (hashed(session), kind, now + self._seconds, sealed)
        with self._records.writing() as statements:
            statements.execute(_PUT, kept)
            statements.execute(_FORGET, (now, kind, kind, self._most))
        return session

    def get(self, session: str) -> Known | None:
        """See Sessions."""
        if not session:
            return None
        found = self._records.rows(_GET, hashed(session), self._kind, time.time())
        try:
            return json.decode(_seal(session).decrypt(found[0][0]), type=self._shape)
        except (IndexError, InvalidToken):  # there is none, or an earlier version wrote it
            return None

    def end(self, session: str) -> Known | None:
        """See Sessions."""
        known = self.get(session)
        if known is not None:
            with self._records.writing() as statements:
                statements.execute(_END, (hashed(session), self._kind))
        return known


def _seal(session: str) -> Fernet:
    """Seals with the secret of a session, of which the table holds a hash of another kind."""
    key = hmac.digest(session.encode("utf-8", "surrogatepass"), b"what is known", "sha256")
    return Fernet(urlsafe_b64encode(key))
