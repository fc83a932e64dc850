"""One build as different people see it, opened for each set of groups and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.access import Groups

MOST_VIEWS = 16
"""Kept, those asked of last: of the groups that a corpus names few sets have members."""


@dataclass(slots=True)
class _View:
    """What is seen, how many threads read it now, and whether it is kept no longer."""

    opened: OpenedBuild
    readers: int = 0
    dropped: bool = False


class BuildViews:
    """What is seen of a build. For many threads; `close` is for the last of them."""

    def __init__(self, whole: OpenedBuild) -> None:
        self._whole = whole
        self._views: OrderedDict[Groups, _View] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def seen_by(self, groups: Groups | None) -> Iterator[OpenedBuild]:
        """The build as somebody in these groups sees it, kept open within the block; the whole of
        it where every document is theirs to read, or `groups` is None."""
        if groups is None or self._whole.access_groups is None:
            yield self._whole
            return
        view = self._enter(groups & self._whole.access_groups)
        try:
            yield view.opened
        finally:
            self._leave(view)

    def close(self) -> None:
        """Lets go of all views."""
        while self._views:
            self._views.popitem()[1].opened.close()

    def _enter(self, groups: Groups) -> _View:
        with self._lock:
            view = self._views.get(groups)
            if view is None:
                view = self._views[groups] = _View(self._whole.view_for(groups))
            self._views.move_to_end(groups)
            view.readers += 1
            while len(self._views) > MOST_VIEWS:
                self._drop()
            return view

    def _drop(self) -> None:
        _, oldest = self._views.popitem(last=False)
        oldest.dropped = True
        if not oldest.readers:
            oldest.opened.close()

    def _leave(self, view: _View) -> None:
        with self._lock:
            view.readers -= 1
            if view.dropped and not view.readers:
                view.opened.close()
