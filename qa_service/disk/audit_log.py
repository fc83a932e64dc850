"""Who did what to the service and with what outcome, an object a line; never what was asked."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TextIO

from qa_service.config import Settings
from qa_service.disk.whole_files import OWNER_ONLY

STREAM = "-"
"""The setting for standard output."""
KEPT = 5
"""Files of before, NAME.1 the newest."""
Outcome = Literal["done", "refused", "failed"]

logger = logging.getLogger("qa_service.audit")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did. `what` is a verb and its object, `which` the name of the object,
    `sent_from` an address of the network."""

    who: str
    what: str
    outcome: Outcome
    which: str = ""
    sent_from: str = ""
    request_id: str = ""


class AuditLog:
    """Where acts are written down. For many threads and processes."""

    def __init__(self, settings: Settings, stream: TextIO | None = None) -> None:
        """With `stream` that is written in place of standard output, where that is set."""
        self._place = settings.audit_log
        self._most = settings.max_audit_megabytes * 2**20
        self._stream = stream

    @property
    def is_on(self) -> bool:
        """Whether anything is written down."""
        return bool(self._place)

    def note(self, act: Act) -> None:
        """Writes an act down. What cannot be written is logged, and keeps nobody from acting."""
        if not self.is_on:
            return
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {name: value for name, value in asdict(act).items() if value}
        line = json.dumps({"time": moment, **told}, ensure_ascii=True) + "\n"
        try:
            self._write(line)
        except OSError as error:
            logger.error("the audit log cannot be written: %s; it lacks %s", error, line.strip())

    def _write(self, line: str) -> None:
        if self._place == STREAM:
            stream = self._stream or sys.stdout
            stream.write(line)
            stream.flush()
            return
        path = Path(self._place)
        with open(f"{path}.lock", "a", opener=_for_owner) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.exists() and path.stat().st_size + len(line) > self._most:
                _rotate(path)
            with open(path, "a", encoding="ascii", opener=_for_owner) as file:
                file.write(line)


def _rotate(path: Path) -> None:
    """The file becomes NAME.1, that NAME.2, and so on; the oldest goes."""
    for number in range(KEPT - 1, 0, -1):
        older = Path(f"{path}.{number}")
        if older.exists():
            older.replace(f"{path}.{number + 1}")
    path.replace(f"{path}.1")


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
