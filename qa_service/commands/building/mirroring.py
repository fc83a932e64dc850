"""What `build` does first: collections at addresses, and uploads in a database, are mirrored."""

from __future__ import annotations

import sys
import time

from qa_service.config import Settings
from qa_service.errors import QAServiceError
from qa_service.indexing.building.corpus import Folders
from qa_service.indexing.building.progress import Progress
from qa_service.plain_names import plain_name


class Mirroring:
    """Keeps the mirrors of the settings like what lies at their addresses."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self._settings, self._progress = settings, progress
        self._last = float("-inf")

    def refresh(self, forget: bool = False) -> None:
        """Mirrors all of them; `forget` removes those that the settings no longer name.

        Raises BuildLocked while another process builds, and as `refresh_all`.
        """
        from qa_service.indexing.builds.beside import bring_uploads
        from qa_service.indexing.keeping.build_folders import locked
        from qa_service.mirroring.mirrors import forget_others, refresh_all

        self._last = time.monotonic()
        if forget:
            forget_others(self._settings)
        if self._settings.addresses:
            with locked(self._settings.index_dir):
                refresh_all(self._settings, self._progress)
        bring_uploads(self._settings)

    def folders(self) -> Folders:
        """The folders of the settings, mirrored anew if that is due, uploads each time."""
        from qa_service.indexing.builds.beside import bring_uploads

        is_due = time.monotonic() - self._last >= self._settings.mirror_minutes * 60
        try:
            self.refresh() if is_due else bring_uploads(self._settings)
        except QAServiceError as error:
            print(f"qa-service: {plain_name(str(error))}", file=sys.stderr)
        return self._settings.folders
