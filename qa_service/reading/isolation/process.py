"""The parent's side of one child that reads: asks for files, ends what goes wrong."""

from __future__ import annotations

import time
from typing import Any

from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading.isolation.bounded_child import BoundedChild, ChildEnded, nonsense
from qa_service.reading.isolation.wire import from_wire, spent_from_wire
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.sources import Source
from qa_service.reading.timing import Spent
from qa_service.translation.sentences import said

GIVEN_UP = "given up"
"""The stage of files whose child ended before it was done."""
MOST_FILES = 200
"""A child that read this many files gives way to a new one, whatever its libraries kept."""
MOST_LEFT_OUT = 5
"""An archive of which more files end their readers is given up."""
WORKER = "qa_service.reading.isolation.worker"
"""The module that a child runs."""


class ReadingProcess:
    """A child that reads one file at a time; a new one takes its place where it ended.

    Not for several threads at once.
    """

    def __init__(self, limits: ReadingLimits, worker: str = WORKER) -> None:
        self._limits = limits
        self.spent: Spent = {}
        """Seconds of each stage of the last file."""
        self._child = BoundedChild(limits, worker)
        self._files = 0
        self._stopped = False
        self._place = ""
        self._last = 0.0

    def read(self, source: Source) -> list[Document | SkippedFile]:
        """All documents of a file and what of it could not be read; raises nothing.

        Where a child ends that has read other files before, a fresh one tries once more, so
        that no file pays for an earlier one. A file within the file that ends a child is
        left out at the next try.
        """
        self.spent = {}
        left_out: dict[str, str] = {}
        tries = 2 if self._child.has_started else 1
        self._last = time.monotonic() + self._limits.total_seconds
        while not self._stopped:
            results, reason = self._attempt(source, list(left_out))
            skipped = [SkippedFile(name, why) for name, why in left_out.items()]
            if not reason:
                return [*results, *skipped]
            tries -= 1
            if time.monotonic() >= self._last:
                return [*results, *skipped, SkippedFile(source.name, reason)]
            if tries > 0:
                continue
            if self._place in (source.name, *left_out) or len(left_out) == MOST_LEFT_OUT:
                return [*results, *skipped, SkippedFile(source.name, reason)]
            left_out[self._place] = reason
        return [SkippedFile(source.name, said("the build was stopped; run it again"))]

    def stop(self) -> None:
        """Ends the child while another thread may be reading with it; for good."""
        self._stopped = True
        self._child.kill()

    def close(self) -> None:
        """Ends the child and whatever it has started."""
        self._files = 0
        self._child.close()

    def _attempt(
        self, source: Source, left_out: list[str]
    ) -> tuple[list[Document | SkippedFile], str]:
        """What the child gave, and the reason why it ended if it did."""
        results: list[Document | SkippedFile] = []
        begun = time.monotonic()
        try:
            self._request(source, left_out)
            while not self._receive(results):
                pass
        except ChildEnded as ended:
            self.spent[GIVEN_UP] = self.spent.get(GIVEN_UP, 0.0) + time.monotonic() - begun
            self.close()
            return results, str(ended)
        if self._files >= MOST_FILES:
            self.close()
        return results, ""

    def _request(self, source: Source, left_out: list[str]) -> None:
        self._files += 1
        self._place = source.name
        request = {
            "path": str(source.path.absolute()),
            "folder": str(source.folder.absolute()),
            "name": source.name,
            "collection": source.collection,
            "left_out": left_out,
        }
        self._child.begin(request, self._last)

    def _receive(self, results: list[Document | SkippedFile]) -> bool:
        """Takes one frame in; True after the last of a file."""
        message = self._child.receive()
        if "step" in message:
            self._place = str(message["step"]) or self._place
            self._child.step_forward()
        elif "end" in message:
            if not message.get("fit"):
                self.close()
            self.spent |= spent_from_wire(message.get("spent"))
            return True
        else:
            results.append(self._item(message))
        return False

    def _item(self, message: dict[str, Any]) -> Document | SkippedFile:
        try:
            return from_wire(message)
        except (ValueError, TypeError, KeyError) as error:
            raise ChildEnded(nonsense(error)) from error
