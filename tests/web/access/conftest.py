"""A built site, once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from fakes import FakeEmbedder
from guarded_site import build, settings_in, write_corpus
from no_children import ReadsHere

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.nouns.documents import DocumentSummary
from qa_service.reading.isolation import pool


@pytest.fixture(scope="session")
def guarded_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("guarded")
    settings = settings_in(folder)
    write_corpus(folder / "corpus")
    with mock.patch.object(pool, "ReadingProcess", ReadsHere):
        build(settings)
    return settings


@pytest.fixture(scope="session")
def guarded(guarded_settings: Settings) -> Iterator[tuple[AnswerService, DocumentSummary]]:
    """The service over the site, and a document of the board's."""
    service = AnswerService(guarded_settings, FakeEmbedder())
    (minutes,) = [it for it in service.documents() if it.title == "The Tamsinby minutes"]
    yield service, minutes
    service.close()
