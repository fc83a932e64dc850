"""Questions as the indexes take them, the hits they find, and a tiny model to read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import make_query
from tiny_bert import write_bert

from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.passage_reader import MAX_TOKENS
from qa_service.answering.ranking.ranking import rank
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit


@pytest.fixture
def ranked(opened_with: Callable[..., OpenedBuild]) -> Callable[..., list[Hit]]:
    """The hits for a question over some documents."""

    def find(
        text: str, *documents: Document, limit: int = 5, filters: Filters | None = None, **settings
    ) -> list[Hit]:
        opened = opened_with(*documents)
        values = Settings(**settings)
        return rank(opened, make_query(text), limit, filters or Filters(), values)

    return find


@pytest.fixture
def evidence_for(opened_with: Callable[..., OpenedBuild]) -> Callable[..., list[Evidence]]:
    """The evidence for a question in some documents, best first."""

    def find(text: str, *documents: Document) -> list[Evidence]:
        opened, query = opened_with(*documents), make_query(text)
        hits = rank(opened, query, 10, Filters(), Settings())
        return find_evidence(opened, query, hits)

    return find


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny base model."""
    folder = tmp_path_factory.mktemp("base")
    write_bert(folder, MAX_TOKENS)
    return folder
