"""How views reach the service behind this face, and the bounds in front of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Literal, cast

from flask import Flask, Request, current_app, request

from qa_service.config import Settings
from qa_service.deadline import done_within
from qa_service.web.access.groups import groups_asking
from qa_service.web.counters import Counters
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.serving.waiting_room import Reception, WaitingRoom

SideWork = Literal["export", "documents", "turns", "look-ups", "feeds", "sign-ins"]
SIDE_ROOMS: dict[SideWork, int] = {
    "export": 1,
    "documents": 2,
    "turns": 2,
    "look-ups": 1,
    "feeds": 1,
    "sign-ins": 4,
}
"""Work that is not answering, and how much of each is done at once: it never takes the place of a
question, nor one kind that of another. Look-ups and feeds wait for their turn among the questions,
one of each at a time."""
MOST_ASIDE = 16
PATIENCE_ASIDE = 20.0
"""So many wait for each, and so many seconds."""
DEADLINE_ASIDE = 20.0
"""Seconds that a piece of it may take once it has its place."""
_is_aside: ContextVar[bool] = ContextVar("is_aside", default=False)


class BoundedRequest(Request):
    """A request that holds one of the places for bodies while its own comes in.

    A client that stalls holds a thread for as long: nobody waits for it in a place of other work.
    """

    def get_data(self, *given: Any, **named: Any) -> Any:
        """See the library. Raises ServiceUnavailable where no place is left."""
        with self._received():
            return super().get_data(*given, **named)

    def _load_form_data(self) -> None:
        with self._received():
            super()._load_form_data()

    @contextmanager
    def _received(self) -> Iterator[None]:
        comes = self.content_length or "Transfer-Encoding" in self.headers
        with receiving() if comes and "form" not in self.__dict__ else nullcontext():
            yield


def install(app: Flask, service: AnswerService, settings: Settings) -> None:
    """Give the app its service and the bounds in front of it."""
    app.request_class = BoundedRequest
    app.extensions["answer_service"] = service
    app.extensions["settings"] = settings
    app.extensions["waiting_room"] = WaitingRoom(settings.answering_processes, settings.max_waiting)
    app.extensions["counters"] = Counters()
    app.extensions["reception"] = Reception()
    app.extensions["side_rooms"] = side_rooms()


def side_rooms() -> dict[SideWork, WaitingRoom]:
    """Where work that is not answering waits for its turn, each kind by itself."""
    return {
        name: WaitingRoom(places, MOST_ASIDE, PATIENCE_ASIDE) for name, places in SIDE_ROOMS.items()
    }


def current_service() -> AnswerService:
    """The service as whoever asks may see it, for look-ups that cost next to nothing."""
    groups = groups_asking()
    return whole_service() if groups is None else whole_service().seen_by(groups)


def whole_service() -> AnswerService:
    """The service with every document, for the operator's pages alone."""
    return cast(AnswerService, current_app.extensions["answer_service"])


def current_counters() -> Counters:
    """Those of the app in use."""
    return cast(Counters, current_app.extensions["counters"])


def current_waiting_room() -> WaitingRoom:
    """Where questions wait for their turn in the app in use."""
    return cast(WaitingRoom, current_app.extensions["waiting_room"])


def current_side_rooms() -> Mapping[SideWork, WaitingRoom]:
    """Where other work does, in the app in use."""
    return cast(Mapping[SideWork, WaitingRoom], current_app.extensions["side_rooms"])


def current_settings() -> Settings:
    """The settings of the app in use."""
    return cast(Settings, current_app.extensions["settings"])


def site_address() -> str:
    """The address of this server, with a slash at its end: as set, else as it was asked."""
    settings = current_settings()
    return settings.site if settings.public_address else request.url_root


@contextmanager
def admitted_service() -> Iterator[AnswerService]:
    """The service, once it is the question's turn. Raises ServiceUnavailable when full."""
    with current_waiting_room().admit():
        yield current_counters().counting(current_service())


@contextmanager
def aside(work: SideWork, seconds: float | None = None) -> Iterator[None]:
    """Hold a place for work that is not answering, and a deadline for it.

    That is DEADLINE_ASIDE unless it is told. What the request sends is read before. Raises
    ServiceUnavailable when full, and within the block TookTooLong.
    """
    with (
        current_side_rooms()[work].admit(),
        done_within(DEADLINE_ASIDE if seconds is None else seconds),
    ):
        token = _is_aside.set(True)
        try:
            yield
        finally:
            _is_aside.reset(token)


def receiving() -> AbstractContextManager[None]:
    """Hold one of the places for reading a body, as BoundedRequest does for all that are not read
    as they come in. Raises ServiceUnavailable when none is left."""
    assert not _is_aside.get(), "what a request sends is read before a place is taken"
    reception: Reception = current_app.extensions["reception"]
    return reception.receive()


@contextmanager
def look_up() -> Iterator[AnswerService]:
    """The service for what reads very much of an index: one at a time, in its turn among the
    questions. Raises ServiceUnavailable when full, and within the block TookTooLong."""
    with aside("look-ups"), admitted_service() as service:
        yield service
