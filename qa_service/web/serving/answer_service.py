"""How views reach the service behind this face, and the bounds in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, cast

from flask import Flask, current_app, request

from qa_service.config import Settings
from qa_service.deadline import done_within
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.serving.waiting_room import Reception, WaitingRoom

SideWork = Literal["export", "documents", "turns"]
SIDE_ROOMS: dict[SideWork, int] = {"export": 1, "documents": 2, "turns": 2}
"""Work that is not answering, and how much of each is done at once: it never takes the place of a
question, nor one kind that of another."""
MOST_ASIDE = 16
PATIENCE_ASIDE = 20.0
"""So many wait for each, and so many seconds."""
DEADLINE_ASIDE = 20.0
"""Seconds that a piece of it may take once it has its place."""


def install(app: Flask, service: AnswerService, settings: Settings) -> None:
    """Give the app its service and the bounds in front of it."""
    app.extensions["answer_service"] = service
    app.extensions["settings"] = settings
    app.extensions["waiting_room"] = WaitingRoom(settings.answering_processes, settings.max_waiting)
    app.extensions["reception"] = Reception()
    app.extensions["side_rooms"] = {
        name: WaitingRoom(places, MOST_ASIDE, PATIENCE_ASIDE) for name, places in SIDE_ROOMS.items()
    }


def current_service() -> AnswerService:
    """The service of the app in use, for look-ups that cost next to nothing."""
    return cast(AnswerService, current_app.extensions["answer_service"])


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
    waiting_room: WaitingRoom = current_app.extensions["waiting_room"]
    with waiting_room.admit():
        yield current_service()


@contextmanager
def aside(work: SideWork) -> Iterator[None]:
    """Hold a place for work that is not answering, and a deadline for it.

    Raises ServiceUnavailable when full, and within the block TookTooLong.
    """
    rooms: dict[SideWork, WaitingRoom] = current_app.extensions["side_rooms"]
    with rooms[work].admit(), done_within(DEADLINE_ASIDE):
        yield


def receiving() -> AbstractContextManager[None]:
    """Hold one of the places for reading a body. Raises ServiceUnavailable when none is left."""
    reception: Reception = current_app.extensions["reception"]
    return reception.receive()
