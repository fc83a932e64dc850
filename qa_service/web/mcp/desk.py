"""The service as tools reach it, with the bounds that the endpoint has in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from qa_service.config import Settings
from qa_service.deadline import done_within
from qa_service.nouns.access import Groups
from qa_service.web.serving.answer_service import (
    DEADLINE_ASIDE,
    MOST_ASIDE,
    PATIENCE_ASIDE,
    SIDE_ROOMS,
)
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.serving.waiting_room import WaitingRoom


class Desk:
    """Hands out the service, in turn. For many threads."""

    def __init__(self, service: AnswerService, settings: Settings) -> None:
        self.settings = settings
        self.groups: Groups | None = None
        self._service = service
        self._questions = WaitingRoom(settings.answering_processes, settings.max_waiting)
        self._documents = WaitingRoom(SIDE_ROOMS["documents"], MOST_ASIDE, PATIENCE_ASIDE)

    def seen_by(self, groups: Groups | None) -> Desk:
        """The same desk with the service as these groups see it, or as it is where they are None:
        its places are those of all."""
        seen = copy(self)
        seen.groups = groups
        seen._service = self._service if groups is None else self._service.seen_by(groups)
        return seen

    @property
    def most_at_once(self) -> int:
        """How many calls have a place, waiting or not; a further one is refused."""
        questions = self.settings.answering_processes + self.settings.max_waiting
        return questions + SIDE_ROOMS["documents"] + MOST_ASIDE

    @contextmanager
    def answering(self) -> Iterator[AnswerService]:
        """For what takes the models. Raises ServiceUnavailable when full."""
        with self._questions.admit():
            yield self._service

    @contextmanager
    def looking_up(self) -> Iterator[AnswerService]:
        """For documents. Raises ServiceUnavailable when full, and within the block TookTooLong."""
        with self._documents.admit(), done_within(DEADLINE_ASIDE):
            yield self._service
