"""Pictures of pages, kept in memory up to a number of bytes, drawn by few at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from qa_service.web.serving.waiting_room import WaitingRoom

Key = tuple[str, int, int]
"""Version of the document, number and width of the page."""


class PictureCache:
    """The pictures last asked for, `most_bytes` together at most. For any number of threads."""

    def __init__(self, most_bytes: int, room: WaitingRoom) -> None:
        """`room` bounds how many are drawn at once."""
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()
        self._room = room

    def get(self, key: Key, draw: Callable[[], bytes]) -> bytes:
        """The picture kept under a key, or else what `draw` makes, which is then kept.

        Raises ServiceUnavailable where too many wait, and whatever `draw` raises.
        """
        if (known := self._known(key)) is not None:
            return known
        with self._room.admit():
            if (known := self._known(key)) is not None:
                return known
            picture = draw()
        self._keep(key, picture)
        return picture

    def _known(self, key: Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, picture: bytes) -> None:
        with self._lock:
            self._bytes += len(picture) - len(self._kept.pop(key, b""))
            self._kept[key] = picture
            while self._bytes > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
