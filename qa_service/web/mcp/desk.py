"""The service as tools reach it, with the bounds that the endpoint has in front of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass

from qa_service.config import Settings
from qa_service.deadline import done_within
from qa_service.nouns.access import Groups
from qa_service.web.counters import Counters
from qa_service.web.serving.answer_service import (
    DEADLINE_ASIDE,
    MOST_ASIDE,
    SIDE_ROOMS,
    SideWork,
    side_rooms,
)
from qa_service.web.serving.service_protocol import AnswerService
from qa_service.web.serving.waiting_room import WaitingRoom


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where questions and look-ups wait for their turn, and what counts them."""

    questions: WaitingRoom
    aside: Mapping[SideWork, WaitingRoom]
    counters: Counters


def bounds_of(settings: Settings) -> Bounds:
    """Those of tools that nobody shares with a server of pages."""
    questions = WaitingRoom(settings.answering_processes, settings.max_waiting)
    return Bounds(questions, side_rooms(), Counters())


class Desk:
    """Hands out the service, in turn. For many threads."""

    def __init__(
        self, service: AnswerService, settings: Settings, bounds: Bounds | None = None
    ) -> None:
        """With `bounds`, places are those of another face too; without, its own."""
        self.settings = settings
        self.groups: Groups | None = None
        self._service = service
        self._bounds = bounds or bounds_of(settings)

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
        return questions + SIDE_ROOMS["documents"] + SIDE_ROOMS["look-ups"] + 2 * MOST_ASIDE

    @contextmanager
    def answering(self) -> Iterator[AnswerService]:
        """For what takes the models. Raises ServiceUnavailable when full."""
        with self._bounds.questions.admit():
            yield self._bounds.counters.counting(self._service)

    @contextmanager
    def looking_up(self) -> Iterator[AnswerService]:
        """For what reads very much of an index. Raises as `opening_documents`."""
        with self._aside("look-ups"), self._bounds.questions.admit():
            yield self._service

    @contextmanager
    def opening_documents(self) -> Iterator[AnswerService]:
        """For documents. Raises ServiceUnavailable when full, and within the block TookTooLong."""
        with self._aside("documents"):
            yield self._service

    @contextmanager
    def _aside(self, work: SideWork) -> Iterator[None]:
        with self._bounds.aside[work].admit(), done_within(DEADLINE_ASIDE):
            yield
