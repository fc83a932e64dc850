"""What this face needs from the rooms behind it, and how its views reach it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, cast

from flask import Flask, current_app

from qa_service.answers import Answer, Completion, SearchResult
from qa_service.config import Settings
from qa_service.schema import NO_FILTERS, Document, DocumentSummary, Filters, IndexInfo, Question
from qa_service.web.waiting_room import Reception, WaitingRoom


class AnswerService(Protocol):
    """Answers questions from the index in use. Every method may be called by many threads.

    Raises NoIndex before the first build, other IndexingErrors where a build or the
    model cannot be used, and DocumentNotFound for an unknown document.
    """

    @property
    def model(self) -> str:
        """Name of the model the index was made with."""
        ...

    def ask(self, question: Question) -> Answer: ...

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult: ...

    def suggestions(self) -> tuple[str, ...]: ...

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]: ...

    def documents(self) -> tuple[DocumentSummary, ...]: ...

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]: ...

    def index_info(self) -> IndexInfo: ...

    def close(self) -> None: ...


def open_answer_service(settings: Settings) -> AnswerService:
    """The real service. Imported here, so that the model loads only where it is used."""
    from qa_service.answering.service import open_service

    return open_service(settings)


def install(app: Flask, service: AnswerService, settings: Settings) -> None:
    """Give the app its service and the bounds in front of it."""
    app.extensions["answer_service"] = service
    app.extensions["settings"] = settings
    app.extensions["waiting_room"] = WaitingRoom(settings.threads, settings.max_waiting)
    app.extensions["reception"] = Reception()


def current_service() -> AnswerService:
    """The service of the app in use, for look-ups that cost next to nothing."""
    return cast(AnswerService, current_app.extensions["answer_service"])


def current_settings() -> Settings:
    """The settings of the app in use."""
    return cast(Settings, current_app.extensions["settings"])


@contextmanager
def admitted_service() -> Iterator[AnswerService]:
    """The service, once a thread is free for a question. Raises ServiceUnavailable when full."""
    waiting_room: WaitingRoom = current_app.extensions["waiting_room"]
    with waiting_room.admit():
        yield current_service()


def receiving() -> AbstractContextManager[None]:
    """Hold one of the places for reading a body. Raises ServiceUnavailable when none is left."""
    reception: Reception = current_app.extensions["reception"]
    return reception.receive()
