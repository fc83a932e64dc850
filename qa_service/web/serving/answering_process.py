"""A process that answers questions, one at a time, and the end of it that the web process holds.

What passes between the two is pickled by `multiprocessing`, as both run this code and their
connection has no other ends.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any

from qa_service.config import Settings
from qa_service.deadline import done_within, seconds_left
from qa_service.errors import NotAnswering, QAServiceError
from qa_service.nouns.access import Groups
from qa_service.web.serving.own_processes import log_lines, share_arenas, when_parent_ends
from qa_service.web.serving.service_protocol import AnswerService, Opener, warm_up

logger = logging.getLogger("qa_service.web")


BEAT_SECONDS = 1.0
"""So often a process says that it is alive, whatever it is at."""


class AnsweringEnded(NotAnswering):
    """A process ended before it had answered, as one does that takes too much memory."""


class AnsweringProcess:
    """Another process with a service of its own. For one thread at a time, but for `close`.

    It ends when `close` tells it to, or the process of this end has ended. Signals to end it does
    not heed: those that stop the server reach all of its processes, and an answer is finished
    first.
    """

    def __init__(self, settings: Settings, opener: Opener) -> None:
        """Starts the process, which opens its service by `opener` and warms it up."""
        context = multiprocessing.get_context("spawn")
        self._connection, other_end = context.Pipe()
        self._beats, beating_end = context.Pipe(duplex=False)
        self._is_given_up = False
        self._heard: float | None = None
        ends = (other_end, beating_end)
        self._process = context.Process(
            target=_answer, args=(*ends, settings, opener), name="answering", daemon=True
        )
        self._process.start()
        for end in ends:
            end.close()

    def wait_until_open(self) -> None:
        """Raises what opening the service raised, AnsweringEnded where the process ended."""
        self._receive()
        self._heard = time.monotonic()

    def call(
        self,
        method: str,
        *arguments: Any,
        seconds: float | None = None,
        groups: Groups | None = None,
    ) -> Any:
        """What a method of the service returns. Raises what it raises, and AnsweringEnded.

        With `groups`, of the service as they see it. A process that has not answered after so
        many `seconds` is ended. The deadline of whoever calls holds there too.
        """
        try:
            self._connection.send((groups, method, arguments, seconds_left()))
            if not self._connection.poll(seconds):
                self._is_given_up = True
                self._process.kill()
                raise AnsweringEnded(f"a process that answers did not within {seconds:g} seconds")
        except OSError as error:
            raise AnsweringEnded(_HOW_IT_ENDED) from error
        return self._receive()

    def probe(self, seconds: float) -> None:
        """Ends the process unless it says something within so many seconds."""
        with suppress(AnsweringEnded):
            self.call(_PROBE, seconds=seconds)

    def listen(self) -> None:
        """Takes in that it is alive, as it has said since the last time. For one thread alone."""
        with suppress(EOFError, OSError):
            while self._beats.poll():
                self._beats.recv_bytes()
                self._heard = time.monotonic()

    def was_heard_within(self, seconds: float) -> bool:
        """Whether it has opened its service and was alive so many seconds ago or later."""
        return self._heard is not None and time.monotonic() - self._heard <= seconds

    @property
    def pid(self) -> int:
        """Its number on this machine; 0 once it has been let go of."""
        return self._process.pid or 0

    @property
    def has_ended(self) -> bool:
        """Whether it ended while nothing was asked of it, or is ending as it hung."""
        return self._is_given_up or self._connection.poll()

    def wait_for_end(self) -> str:
        """How it ended, in words, once it has."""
        wait([self._process.sentinel])
        self._process.join()
        status = self._process.exitcode or 0
        return f"by signal {-status}" if status < 0 else f"with status {status}"

    def close(self) -> None:
        """Tells the process to end, after the answer that it is at.

        The connection stays open, as another thread may wait there for that answer.
        """
        with suppress(OSError):
            self._connection.send(None)

    def _receive(self) -> Any:
        try:
            returned, outcome = self._connection.recv()
        except (EOFError, OSError) as error:
            raise AnsweringEnded(_HOW_IT_ENDED) from error
        if not returned:
            raise outcome
        return outcome


_PROBE = ""
_HOW_IT_ENDED = (
    "a process that answers ended before it had; where the system's log says that memory ran "
    "out, set QA_PROCESSES=1 or give the server more"
)


def _answer(connection: Connection, beats: Connection, settings: Settings, opener: Opener) -> None:
    """Runs in the process that answers, until None is asked of it or the other end is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    when_parent_ends(partial(os._exit, 0))
    log_lines(settings.log_format)
    share_arenas()
    opened, service = _outcome_of(partial(_warm_service, settings, opener))
    Thread(target=_beat, args=(beats,), daemon=True).start()
    with suppress(EOFError, OSError):
        connection.send((opened, None if opened else service))
        while opened and (asked := connection.recv()):
            groups, method, arguments, left = asked
            if method == _PROBE:
                connection.send((True, None))
                continue
            seen = service if groups is None else service.seen_by(groups)
            with done_within(left):
                outcome = _outcome_of(partial(getattr(seen, method), *arguments))
            connection.send(outcome)


def _beat(beats: Connection) -> None:
    with suppress(OSError):
        while True:
            beats.send_bytes(b".")
            time.sleep(BEAT_SECONDS)


def _warm_service(settings: Settings, opener: Opener) -> AnswerService:
    service = opener(settings)
    warm_up(service)
    return service


def _outcome_of(call: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether a call returned, and what it returned or raised.

    Errors that nobody foresaw go as text with their traceback, as not all can be pickled.
    """
    try:
        return True, call()
    except QAServiceError as error:
        return False, error
    except Exception:
        return False, RuntimeError(traceback.format_exc())
