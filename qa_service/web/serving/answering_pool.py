"""Questions answered by processes, as many at once as there are; the rest is looked up here."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, cast

from qa_service.config import Settings
from qa_service.errors import NotAnswering, QAServiceError
from qa_service.indexing.lookup.short_titles import ShortTitle
from qa_service.nouns.access import Groups
from qa_service.nouns.answers import Answer, Completion
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.lookups import Mentions, SearchResult, StatedFacts
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.nouns.results import IndexInfo
from qa_service.web.serving.answering_process import (
    BEAT_SECONDS,
    AnsweringEnded,
    AnsweringProcess,
)
from qa_service.web.serving.service_protocol import AnswerService, Opener, Staffing

TRIES = 2
"""A process may end for no fault of the question; one that ends two is not asked of a third."""
PATIENCE_SECONDS = 60
"""So long a question waits for a process: a loaded machine takes half of it to start one."""
RETRY_SECONDS = 5
PROBE_SECONDS = 5.0
"""So often a process that is free is probed, and so long it may take to say something."""
SILENT_SECONDS = 5.0
"""Who has said nothing for so long does not count as answering."""

logger = logging.getLogger("qa_service.web")


class AnsweringPool:
    """Keeps so many processes answering: one that ends is started again. For many threads."""

    def __init__(self, settings: Settings, opener: Opener) -> None:
        """Starts the first process at once, and the others when it has opened its service.

        They would only keep it from answering early, as all of them need the processor.
        """
        self._settings = settings
        self._opener = opener
        self._free: SimpleQueue[AnsweringProcess] = SimpleQueue()
        self._processes: set[AnsweringProcess] = set()
        self._changing = Lock()
        self._closed = Event()
        self._tried = Event()
        self._failure: Exception | None = None
        for number in range(settings.answering_processes):
            Thread(target=self._keep_one, args=(number > 0,), daemon=True).start()
        Thread(target=self._probe, daemon=True).start()
        Thread(target=self._listen, daemon=True).start()

    def wait_until_open(self) -> None:
        """Until the first process can be asked. Raises what opening its service raised."""
        self._tried.wait()
        if self._failure:
            raise self._failure

    def call(self, method: str, *arguments: Any, groups: Groups | None = None) -> Any:
        """What a method of the service returns, called in a free process.

        With `groups`, of the service as they see it. Raises what the method raises, and
        AnsweringEnded where processes end over it.
        """
        for _ in range(TRIES - 1):
            with suppress(AnsweringEnded):
                return self._call(method, *arguments, groups=groups)
        return self._call(method, *arguments, groups=groups)

    @property
    def staffing(self) -> Staffing:
        """How many processes there should be, and how many can answer or are at it."""
        with self._changing:
            heard = sum(process.was_heard_within(SILENT_SECONDS) for process in self._processes)
            pids = tuple(process.pid for process in self._processes)
        return Staffing(self._settings.answering_processes, heard, pids)

    def close(self) -> None:
        """Lets all processes end, each after the answer that it is at."""
        with self._changing:
            self._closed.set()
            for process in self._processes:
                process.close()
        self._tried.set()

    def _call(self, method: str, *arguments: Any, groups: Groups | None) -> Any:
        process, seconds = self._take(), self._settings.answer_seconds
        try:
            return process.call(method, *arguments, seconds=seconds, groups=groups)
        finally:
            self._free.put(process)

    def _take(self) -> AnsweringProcess:
        """One that is free, and alive. Raises what keeps all of them from being started."""
        try:
            while (process := self._free.get(timeout=PATIENCE_SECONDS)).has_ended:
                pass
        except Empty:
            raise self._failure or NotAnswering(
                f"no process was free to answer for {PATIENCE_SECONDS} seconds; "
                "see the log, or start the server again"
            ) from None
        return process

    def _probe(self) -> None:
        """Ends processes that hang while nothing is asked of them, one look after another."""
        while not self._closed.wait(PROBE_SECONDS):
            with suppress(Empty):
                process = self._free.get_nowait()
                if not process.has_ended:
                    process.probe(PROBE_SECONDS)
                self._free.put(process)

    def _listen(self) -> None:
        """Hears which processes are alive, those that are busy too."""
        while not self._closed.wait(BEAT_SECONDS):
            with self._changing:
                listed = list(self._processes)
            for process in listed:
                process.listen()

    def _keep_one(self, after_first: bool) -> None:
        """One process after another, each when the one before it has ended."""
        if after_first:
            self._tried.wait()
        while not self._closed.is_set():
            try:
                self._run_one()
            except Exception as error:  # whatever it is, the next process may come to open
                self._note(error)
                self._closed.wait(RETRY_SECONDS)

    def _run_one(self) -> None:
        """A process from its start to its end. Raises what keeps it from being asked."""
        if (process := self._start()) is None:
            return
        try:
            process.wait_until_open()
            self._failure = None
            self._tried.set()
            self._free.put(process)
        finally:
            ended = self._outlive(process)
        if not self._closed.is_set():
            logger.error("a process that answers ended %s; another takes its place", ended)

    def _start(self) -> AnsweringProcess | None:
        """A new process; None once the pool is closed. Raises QAServiceError for lack of room."""
        with self._changing:
            if self._closed.is_set():
                return None
            try:
                process = AnsweringProcess(self._settings, self._opener)
            except OSError as error:
                fix = "set QA_PROCESSES=1 or give the server more memory"
                raise QAServiceError(f"{error.strerror or error}; {fix}") from error
            self._processes.add(process)
            return process

    def _outlive(self, process: AnsweringProcess) -> str:
        """How a process ended, once it has."""
        ended = process.wait_for_end()
        with self._changing:
            self._processes.remove(process)
        return ended

    def _note(self, failure: Exception) -> None:
        """What keeps a process from being asked: told to who waits for the first, else logged."""
        self._failure = failure
        if self._tried.is_set() and not self._closed.is_set():
            logger.error("no process that answers could be started: %s", failure)
        self._tried.set()


class PooledService:
    """An AnswerService: what takes the models goes to a pool, `lookups` does the rest here."""

    def __init__(
        self, pool: AnsweringPool, lookups: AnswerService, groups: Groups | None = None
    ) -> None:
        """With `groups`, both as they see the documents; `lookups` is that already."""
        self._pool = pool
        self._lookups = lookups
        self._groups = groups

    def seen_by(self, groups: Groups) -> PooledService:
        return PooledService(self._pool, self._lookups.seen_by(groups), groups)

    @property
    def model(self) -> str:
        return self._lookups.model

    def ask(self, question: Question) -> Answer:
        return cast(Answer, self._call("ask", question))

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult:
        return cast(SearchResult, self._call("search", query, limit, filters, spelling))

    def mentions(
        self,
        query: str,
        limit: int | None = None,
        cursor: str | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Mentions:
        return cast(Mentions, self._call("mentions", query, limit, cursor, filters))

    def facts(self, label: str, limit: int | None = None, cursor: str | None = None) -> StatedFacts:
        return cast(StatedFacts, self._call("facts", label, limit, cursor))

    def suggestions(self) -> tuple[str, ...]:
        return self._lookups.suggestions()

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        return self._lookups.complete(prefix, limit)

    def documents(self) -> tuple[DocumentSummary, ...]:
        return self._lookups.documents()

    def places(self) -> Mapping[str, str]:
        return self._lookups.places()

    def short_titles(self) -> Mapping[str, ShortTitle]:
        return self._lookups.short_titles()

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]:
        return self._lookups.document(document_id)

    def index_info(self) -> IndexInfo:
        return self._lookups.index_info()

    @property
    def staffing(self) -> Staffing:
        return self._pool.staffing

    def close(self) -> None:
        self._pool.close()
        self._lookups.close()

    def _call(self, method: str, *arguments: Any) -> Any:
        return self._pool.call(method, *arguments, groups=self._groups)
