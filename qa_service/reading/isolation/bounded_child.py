"""A child process that is asked and answers in frames, within limits; it ends where one is passed.

A request is a line of JSON; a frame is its length and JSON. Nothing a child says is trusted.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from dataclasses import asdict
from select import PIPE_BUF
from typing import Any

from qa_service.reading.isolation.bounds import FRAME_LENGTH
from qa_service.reading.isolation.children import kill_child, start_child
from qa_service.reading.limits import ReadingLimits
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

GRACE = 5.0
"""Seconds after which a child that outlives its own alarm is ended from here."""
START_SECONDS = 60.0
"""So long a child may take until it is ready."""
_READ_SIZE = 2**16


class ChildEnded(Exception):
    """The child is of no more use; the message is what that says of the file."""


class BoundedChild:
    """One child at a time, started when first asked and anew after `close`.

    Not for several threads at once, but for `stop`.
    """

    def __init__(self, limits: ReadingLimits, worker: str) -> None:
        """`worker` is the module that a child runs; it is given the limits as JSON."""
        self._limits = limits
        self._worker = worker
        self._child: subprocess.Popen[bytes] | None = None
        self._received = 0
        self._due = self._last = 0.0

    @property
    def has_started(self) -> bool:
        """Whether there is a child that was asked before."""
        return self._child is not None

    def begin(self, request: object, last: float) -> None:
        """Asks for the work on one file, which ends by `last` of the monotonic clock.

        Raises ChildEnded.
        """
        self._received, self._last = 0, last
        if self._child is None:
            self._start()
        self.step_forward()
        self.send(request)

    def step_forward(self) -> None:
        """Gives the child its time without a step anew."""
        self._due = min(time.monotonic() + self._limits.seconds + GRACE, self._last)

    def _start(self) -> None:
        """Starts a child, until it is ready: that is not the file's time."""
        limits = json.dumps(asdict(self._limits))
        self._due = time.monotonic() + START_SECONDS
        self._child = start_child(self._worker, limits, buffered=False)
        self.receive()

    def send(self, message: object) -> None:
        """Sends a line, as long as the child takes it in. Raises ChildEnded."""
        assert self._child
        assert self._child.stdin
        line = memoryview(json.dumps(message).encode() + b"\n")
        descriptor = self._child.stdin.fileno()
        try:
            while line:
                self._wait([], [descriptor])
                # So much a pipe that is ready takes at once, and no write waits for ever.
                line = line[os.write(descriptor, line[:PIPE_BUF]) :]
        except OSError:
            raise ChildEnded(self._why_it_ended()) from None

    def receive(self) -> dict[str, Any]:
        """The next frame, an object. Raises ChildEnded."""
        (length,) = FRAME_LENGTH.unpack(self._bytes(FRAME_LENGTH.size))
        self._received += length
        if self._received > self._limits.output_bytes:
            raise ChildEnded(
                said(
                    "it gives more than %(most)s megabytes of text; split it",
                    most=self._limits.output_bytes // 2**20,
                )
            )
        try:
            message = json.loads(self._bytes(length))
        except ValueError as error:
            raise ChildEnded(nonsense(error)) from error
        if not isinstance(message, dict):
            raise ChildEnded(nonsense(N_("no object")))
        return message

    def kill(self) -> None:
        """Ends the child while another thread may be waiting for it."""
        if child := self._child:
            kill_child(child)

    def close(self) -> None:
        """Ends the child and whatever it has started."""
        if self._child is None:
            return
        child, self._child = self._child, None
        kill_child(child)
        for stream in (child.stdin, child.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        child.wait()

    def _bytes(self, count: int) -> bytes:
        """Exactly so many bytes from the child. Raises ChildEnded where it ended or is late."""
        assert self._child
        assert self._child.stdout
        descriptor, parts = self._child.stdout.fileno(), bytearray()
        while len(parts) < count:
            self._wait([descriptor], [])
            part = os.read(descriptor, min(count - len(parts), _READ_SIZE))
            if not part:
                raise ChildEnded(self._why_it_ended())
            parts += part
        return bytes(parts)

    def _wait(self, read: list[int], written: list[int]) -> None:
        """Until one of these is ready. Raises ChildEnded where the child is late."""
        left = self._due - time.monotonic()
        if left <= 0 or not any(select.select(read, written, [], left)):
            raise ChildEnded(self._too_long())

    def _too_long(self) -> str:
        if time.monotonic() >= self._last:
            return said(
                "reading all of it took longer than %(seconds)s seconds; split it or "
                "raise QA_MAX_FILE_TOTAL_SECONDS",
                seconds=f"{self._limits.total_seconds:g}",
            )
        return said(
            "reading it took longer than %(seconds)s seconds; split it or raise "
            "QA_MAX_FILE_SECONDS",
            seconds=f"{self._limits.seconds:g}",
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
        return said(
            "the reader crashed on it (%(how)s); save it anew or as PDF, or raise "
            "QA_MAX_READING_MEGABYTES if it is large",
            how=how,
        )


def nonsense(error: object) -> str:
    """What is said of a file whose child said what it should not."""
    return said(
        "the reader gave what is no document (%(error)s); save the file anew or as PDF", error=error
    )
