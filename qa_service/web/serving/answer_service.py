"""How views reach the service behind this face, and the bounds in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import cast

from flask import Flask, current_app

from qa_service.config import Settings
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.serving.waiting_room import Reception, WaitingRoom


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
    """The service, once it is the question's turn. Raises ServiceUnavailable when full."""
    waiting_room: WaitingRoom = current_app.extensions["waiting_room"]
    with waiting_room.admit():
        yield current_service()


def receiving() -> AbstractContextManager[None]:
    """Hold one of the places for reading a body. Raises ServiceUnavailable when none is left."""
    reception: Reception = current_app.extensions["reception"]
    return reception.receive()
