"""The build in use, shared by many threads and replaced while they read."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qa_service.errors import IndexingError, ModelError
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.build_folders import kept_builds
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.results import RefusedBuild

RETRY_SECONDS = 60.0
"""After so long a build that could not be used is tried again: it may have been repaired."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Shared:
    """An opened build and how many threads read it now."""

    folder: Path
    opened: OpenedBuild
    readers: int = 0
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A build that could not be used, and when it is tried again."""

    folder: Path
    reason: str
    until: float


class CurrentIndex:
    """Opens the build that `CURRENT` names, and the next one when that changes.

    A question goes on with the build it began with; that is closed after its last reader.
    Where the next build cannot be used, the one in use goes on answering, or else the newest
    kept one that can be used; the next is tried again every minute of `clock`, which counts
    seconds.
    """

    def __init__(
        self,
        index_dir: Path,
        model: str,
        fingerprint: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._index_dir = index_dir
        self._model = model
        self._fingerprint = fingerprint
        self._clock = clock
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._refusal: _Refusal | None = None
        self._shared: _Shared | None = None

    @contextmanager
    def reading(self) -> Iterator[OpenedBuild]:
        """The build in use, kept open within the block.

        Raises NoIndex before the first build, and DamagedBuild or ModelError where none can be
        used and the last is broken or made by another model.
        """
        shared = self._enter()
        try:
            yield shared.opened
        finally:
            self._leave(shared)

    @property
    def refused(self) -> RefusedBuild | None:
        """The build that should be in use and could not be opened, if there is one."""
        refusal = self._refusal
        return RefusedBuild(refusal.folder.name, refusal.reason) if refusal else None

    def close(self) -> None:
        """Closes the build in use when its last reader is done."""
        with self._lock:
            self._retire()

    def _enter(self) -> _Shared:
        folder = current_build(self._index_dir)
        while True:
            self._renew(folder)
            with self._lock:
                if self._shared is not None:
                    self._shared.readers += 1
                    return self._shared

    def _renew(self, folder: Path) -> None:
        """Opens `folder` unless it is open, or cannot be used while another build can.

        While one thread opens it, the others go on with the build they have, if any.
        """
        shared = self._shared
        if shared and folder == shared.folder:
            self._refusal = None
            return
        if shared and self._is_refused(folder):
            return
        if not self._opening.acquire(blocking=shared is None):
            return
        try:
            if self._shared is None or self._shared.folder != folder:
                self._replace(folder)
        finally:
            self._opening.release()

    def _is_refused(self, folder: Path) -> bool:
        refusal = self._refusal
        return refusal is not None and refusal.folder == folder and self._clock() < refusal.until

    def _replace(self, folder: Path) -> None:
        try:
            opened = self._open(folder)
        except IndexingError as error:
            shared = self._shared or self._share_earlier(folder)
            if shared is None:
                raise
            self._refuse(folder, str(error), shared.folder)
            return
        self._share(folder, opened)
        self._refusal = None

    def _share_earlier(self, folder: Path) -> _Shared | None:
        """The newest kept build that can be used instead of one that cannot."""
        for earlier in reversed(kept_builds(self._index_dir)):
            if earlier != folder:
                with suppress(IndexingError):
                    return self._share(earlier, self._open(earlier))
        return None

    def _share(self, folder: Path, opened: OpenedBuild) -> _Shared:
        with self._lock:
            self._retire()
            self._shared = _Shared(folder, opened)
            return self._shared

    def _refuse(self, folder: Path, reason: str, instead: Path) -> None:
        """Notes it, and logs it where that is new."""
        before = self._refusal
        if before is None or (before.folder, before.reason) != (folder, reason):
            _log.error("going on with build %s: %s", instead.name, reason)
        self._refusal = _Refusal(folder, reason, self._clock() + RETRY_SECONDS)

    def _leave(self, shared: _Shared) -> None:
        with self._lock:
            shared.readers -= 1
            if shared.replaced and not shared.readers:
                shared.opened.close()

    def _retire(self) -> None:
        if self._shared is None:
            return
        self._shared.replaced = True
        if not self._shared.readers:
            self._shared.opened.close()
        self._shared = None

    def _open(self, folder: Path) -> OpenedBuild:
        opened = OpenedBuild(folder)
        if opened.manifest.model_fingerprint != self._fingerprint:
            opened.close()
            built_with = opened.manifest.model
            if built_with == self._model:
                raise ModelError(
                    f"the index was built with another version of the model {self._model!r}, or "
                    "with another QA_ENCODER_BITS or QA_ENCODER; set these as they were or "
                    "run: qa-service build"
                )
            raise ModelError(
                f"the index was built with the model {built_with!r}, not with "
                f"{self._model!r}; set QA_MODEL to the former or run: qa-service build"
            )
        return opened
