"""What this face needs from the rooms behind it. Known to the processes that answer, too.

Nothing of the web's libraries is imported here, for those processes need none of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from qa_service.config import Settings
from qa_service.errors import QAServiceError
from qa_service.indexing.lookup.short_titles import ShortTitle
from qa_service.nouns.access import Groups
from qa_service.nouns.answers import Answer, Completion
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.lookups import Mentions, SearchResult, StatedFacts
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.nouns.results import IndexInfo

logger = logging.getLogger("qa_service.web")


class AnswerService(Protocol):
    """Answers questions from the index in use. Every method may be called by many threads.

    Raises NoIndex before the first build, other IndexingErrors where a build or the
    model cannot be used, and DocumentNotFound for an unknown document.
    """

    @property
    def model(self) -> str:
        """Name of the model the index was made with."""
        ...

    def seen_by(self, groups: Groups) -> AnswerService:
        """The same service as if it held the documents that these groups may read alone."""
        ...

    def ask(self, question: Question) -> Answer: ...

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult: ...

    def mentions(
        self,
        query: str,
        limit: int | None = None,
        cursor: str | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Mentions: ...

    def facts(
        self, label: str, limit: int | None = None, cursor: str | None = None
    ) -> StatedFacts: ...

    def suggestions(self) -> tuple[str, ...]: ...

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]: ...

    def documents(self) -> tuple[DocumentSummary, ...]: ...

    def places(self) -> Mapping[str, str]: ...

    def short_titles(self) -> Mapping[str, ShortTitle]: ...

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]: ...

    def index_info(self) -> IndexInfo: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many processes should answer questions, and how many of them do; `pids` are those of
    all that were started and have not ended."""

    processes: int
    answering: int
    pids: tuple[int, ...] = ()


@runtime_checkable
class Staffed(Protocol):
    """A service for which several processes answer."""

    @property
    def staffing(self) -> Staffing: ...


def staffing_of(service: AnswerService) -> Staffing:
    """That of a service; one that answers by itself is one process that does."""
    return service.staffing if isinstance(service, Staffed) else Staffing(1, 1)


Opener = Callable[[Settings], AnswerService]
"""Makes a service, in whichever process it is called, so it must be picklable."""


def open_answer_service(settings: Settings) -> AnswerService:
    """The real service. Imported here, so that the model loads only where it is used."""
    from qa_service.answering.service import open_service

    return open_service(settings)


def warm_up(service: AnswerService) -> None:
    """Asks the service a question of its own: the first one takes several times as long.

    What goes wrong is logged. The server is there all the same, and tells whoever asks.
    """
    try:
        for text in service.suggestions()[:1]:
            service.ask(Question(text))
    except QAServiceError as error:
        logger.warning("no question can be answered yet: %s", error)
    except Exception:
        logger.exception("the question to warm up with could not be answered")
