"""The parent's side of one child process: sends requests, reads answers, ends what goes wrong."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from dataclasses import asdict
from typing import Any

from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading.isolation.children import kill_child, start_child
from qa_service.reading.isolation.wire import from_wire, spent_from_wire
from qa_service.reading.isolation.worker import FRAME_LENGTH
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.sources import Source
from qa_service.reading.timing import Spent

GRACE = 5.0
"""Seconds after which a child that outlives its own alarm is ended from here."""
GIVEN_UP = "given up"
"""The stage of files whose child ended before it was done."""
MOST_FILES = 200
"""A child that read this many files gives way to a new one, whatever its libraries kept."""
MOST_LEFT_OUT = 5
"""An archive of which more files end their readers is given up."""
WORKER = "qa_service.reading.isolation.worker"
"""The module that a child runs."""
_READ_SIZE = 2**16


class _Ended(Exception):
    """The child is of no more use; the message is what that says of the file."""


class ReadingProcess:
    """A child that reads one file at a time; a new one takes its place where it ended.

    Not for several threads at once.
    """

    def __init__(self, limits: ReadingLimits, worker: str = WORKER) -> None:
        self._limits = limits
        self._worker = worker
        self.spent: Spent = {}
        """Seconds of each stage of the last file."""
        self._child: subprocess.Popen[bytes] | None = None
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
        tries = 1 if self._child is None else 2
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
        return [SkippedFile(source.name, "the build was stopped; run it again")]

    def stop(self) -> None:
        """Ends the child while another thread may be reading with it; for good."""
        self._stopped = True
        if child := self._child:
            kill_child(child)

    def close(self) -> None:
        """Ends the child and whatever it has started."""
        if self._child is None:
            return
        child, self._child, self._files = self._child, None, 0
        kill_child(child)
        for stream in (child.stdin, child.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        child.wait()

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
        except _Ended as ended:
            self.spent[GIVEN_UP] = self.spent.get(GIVEN_UP, 0.0) + time.monotonic() - begun
            self.close()
            return results, str(ended)
        if self._files >= MOST_FILES:
            self.close()
        return results, ""

    def _request(self, source: Source, left_out: list[str]) -> None:
        if self._child is None:
            self._child = start_child(
                self._worker, json.dumps(asdict(self._limits)), buffered=False
            )
        self._files += 1
        self._received = 0
        self._place = source.name
        self._due = self._next_due()
        request = {
            "path": str(source.path.absolute()),
            "folder": str(source.folder.absolute()),
            "name": source.name,
            "collection": source.collection,
            "left_out": left_out,
        }
        assert self._child.stdin
        try:
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
            self._child.stdin.flush()
        except OSError:
            raise _Ended(self._why_it_ended()) from None

    def _receive(self, results: list[Document | SkippedFile]) -> bool:
        """Takes one frame in; True after the last of a file."""
        message = self._message()
        if "step" in message:
            self._place = str(message["step"]) or self._place
            self._due = self._next_due()
        elif "end" in message:
            if not message.get("fit"):
                self.close()
            self.spent |= spent_from_wire(message.get("spent"))
            return True
        else:
            results.append(self._item(message))
        return False

    def _next_due(self) -> float:
        """When the child is late, unless it makes a step."""
        return min(time.monotonic() + self._limits.seconds + GRACE, self._last)

    def _item(self, message: dict[str, Any]) -> Document | SkippedFile:
        try:
            return from_wire(message)
        except (ValueError, TypeError, KeyError) as error:
            raise _Ended(_nonsense(error)) from error

    def _message(self) -> dict[str, Any]:
        (length,) = FRAME_LENGTH.unpack(self._bytes(FRAME_LENGTH.size))
        self._received += length
        if self._received > self._limits.output_bytes:
            raise _Ended(
                f"it gives more than {self._limits.output_bytes // 2**20:,} megabytes of text; "
                "split it"
            )
        try:
            message = json.loads(self._bytes(length))
        except ValueError as error:
            raise _Ended(_nonsense(error)) from error
        if not isinstance(message, dict):
            raise _Ended(_nonsense("no object"))
        return message

    def _bytes(self, count: int) -> bytes:
        """Exactly so many bytes from the child. Raises _Ended where it ended or is late."""
        assert self._child
        assert self._child.stdout
        descriptor, parts = self._child.stdout.fileno(), bytearray()
        while len(parts) < count:
            left = self._due - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise _Ended(self._too_long())
            part = os.read(descriptor, min(count - len(parts), _READ_SIZE))
            if not part:
                raise _Ended(self._why_it_ended())
            parts += part
        return bytes(parts)

    def _too_long(self) -> str:
        if time.monotonic() >= self._last:
            return (
                f"reading all of it took longer than {self._limits.total_seconds:g} seconds; "
                "split it or raise QA_MAX_FILE_TOTAL_SECONDS"
            )
        return (
            f"reading it took longer than {self._limits.seconds:g} seconds; "
            "split it or raise QA_MAX_FILE_SECONDS"
        )

    def _why_it_ended(self) -> str:
        assert self._child
        try:
            status = self._child.wait(GRACE)
        except subprocess.TimeoutExpired:
            status = 0
        if status == -signal.SIGALRM:
            return self._too_long()
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        return (
            f"the reader crashed on it ({how}); save it anew or as PDF, or raise "
            "QA_MAX_READING_MEGABYTES if it is large"
        )


def _nonsense(error: object) -> str:
    return f"the reader gave what is no document ({error}); save the file anew or as PDF"
