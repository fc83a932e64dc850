"""The build in use, shared by many threads and replaced while they read."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qa_service.errors import DamagedBuild, IndexingError, ModelError, QAServiceError
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.views.kept_views import BuildViews
from qa_service.indexing.keeping.build_folders import kept_builds
from qa_service.indexing.keeping.manifest import CURRENT_NAME, current_build, require_model
from qa_service.nouns.access import Groups
from qa_service.nouns.results import RefusedBuild
from qa_service.translation.sentences import said

RETRY_SECONDS = 60.0
"""After so long a build that could not be used is tried again: it may have been repaired."""
RETRY_ALONE_SECONDS = 5.0
"""And after so long where no other can be used."""
LOOK_SECONDS = 2.0
"""So often the files of the open build are looked at: whether anything was written to them."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Shared:
    """An opened build and how many threads read it now."""

    folder: Path
    opened: OpenedBuild
    views: BuildViews
    readers: int = 0
    replaced: bool = False
    looked_at: float = 0.0
    doubted: bool = False

    def close(self) -> None:
        self.views.close()
        self.opened.close()


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
    seconds. An open build whose files are written to, or in which something was not what was
    stored, is verified and opened anew.
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
        self._failure: tuple[Path, IndexingError, float] | None = None
        self._shared: _Shared | None = None
        self._doubted: Path | None = None

    @contextmanager
    def reading(self, groups: Groups | None = None) -> Iterator[OpenedBuild]:
        """The build in use as somebody in these groups sees it, kept open within the block; the
        whole of it where they are None.

        Raises NoIndex before the first build, and DamagedBuild or ModelError where none can be
        used and the last is broken or made by another model.
        """
        shared = self._enter()
        try:
            with shared.views.seen_by(groups) as opened:
                yield opened
        except DamagedBuild:
            shared.doubted = True
            raise
        except QAServiceError:
            raise
        except Exception as error:  # libraries raise anything over files they did not write
            if shared.opened.is_as_opened:
                raise
            shared.doubted = True
            raise DamagedBuild(
                said(
                    "files of build %(build)s changed: %(error)s",
                    build=shared.folder.name,
                    error=error,
                )
            ) from error
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
        folder = self._wanted()
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
        self._retire_what_changed()
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

    def _wanted(self) -> Path:
        """The folder that CURRENT names; where that is damaged, one that cannot be opened."""
        try:
            return current_build(self._index_dir)
        except DamagedBuild:
            return self._index_dir / CURRENT_NAME

    def _retire_what_changed(self) -> None:
        """Lets go of the open build where its files are not those that were verified."""
        shared = self._shared
        if shared is None or (self._clock() < shared.looked_at and not shared.doubted):
            return
        shared.looked_at = self._clock() + LOOK_SECONDS
        if shared.opened.is_as_opened and not shared.doubted:
            return
        _log.error("build %s is verified anew: its files are not as they were", shared.folder.name)
        with self._lock:
            if self._shared is shared:
                self._doubted = shared.folder if shared.doubted else None
                self._retire()

    def _is_refused(self, folder: Path) -> bool:
        refusal = self._refusal
        return refusal is not None and refusal.folder == folder and self._clock() < refusal.until

    def _replace(self, folder: Path) -> None:
        self._raise_what_failed_just_now(folder)
        try:
            opened = self._open(folder)
        except IndexingError as error:
            shared = self._shared or self._share_earlier(folder)
            if shared is None:
                self._failure = (folder, error, self._clock() + RETRY_ALONE_SECONDS)
                raise
            self._refuse(folder, str(error), shared.folder)
            return
        self._share(folder, opened)
        self._refusal = None

    def _raise_what_failed_just_now(self, folder: Path) -> None:
        """To verify a build takes a while, and every question would."""
        if self._failure and self._shared is None:
            failed, error, until = self._failure
            if failed == folder and self._clock() < until:
                raise type(error)(str(error))
        self._failure = None

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
            looked_at = self._clock() + LOOK_SECONDS
            self._shared = _Shared(folder, opened, BuildViews(opened), looked_at=looked_at)
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
                shared.close()

    def _retire(self) -> None:
        if self._shared is None:
            return
        self._shared.replaced = True
        if not self._shared.readers:
            self._shared.close()
        self._shared = None

    def _open(self, folder: Path) -> OpenedBuild:
        if folder.name == CURRENT_NAME:
            current_build(self._index_dir)
        opened = self._opened(folder)
        try:
            require_model(opened.manifest, self._model, self._fingerprint)
        except ModelError:
            opened.close()
            raise
        return opened

    def _opened(self, folder: Path) -> OpenedBuild:
        """Verified, then opened: bytes that were written meanwhile may be no index at all."""
        doubted, self._doubted = self._doubted, None
        try:
            return open_folder(folder, anew=folder == doubted)
        except QAServiceError:
            raise
        except Exception as error:
            raise DamagedBuild(
                said(
                    "build %(build)s cannot be opened (%(error)s); run: qa-service build --full",
                    build=folder.name,
                    error=error,
                )
            ) from error
