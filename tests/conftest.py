"""What every room's tests start from: a fake model, a few reports, an index of them."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from unittest import mock

import pytest
import real_postgres
from fakes import (
    FakeEmbedder,
    FakeProgress,
    built_index,
    make_answer,
    make_document,
    make_summary,
)
from no_children import CutsHere, ReadsHere
from real_postgres import PostgresServer

from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages import bounded_cutting
from qa_service.nouns.answers import (
    Alternative,
    Answer,
    Catalogue,
    FactCell,
    FactsRow,
    FactsTable,
    Scope,
    TimelineEntry,
)
from qa_service.nouns.documents import Document, SkippedFile
from qa_service.nouns.questions import Carried, Correction, Filters, Understood
from qa_service.reading.isolation import pool

os.environ["HF_HUB_OFFLINE"] = "1"
gc.disable()  # a quarter of the time of collecting would be looking through what is all kept


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Side by side, the longest files begin: none is left alone at the end.

    Those are the files with a test on the real model, then those with one in a browser.
    """
    if not hasattr(config, "workerinput"):
        return
    slow, browser = (
        {item.path for item in items if item.get_closest_marker(mark)}
        for mark in ("slow", "browser")
    )
    items.sort(key=lambda item: 0 if item.path in slow else 1 if item.path in browser else 2)


BORDERS_TEXT = "\n\n".join(
    [
        "Leadership",
        "Inspectors recommended better quality assurance of case records. "
        "Managers were asked to read files every month and to report what they found.",
        "Outcomes",
        "Children felt safer at home than two years before. "
        "Most families trusted their social worker.",
    ]
)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def progress() -> FakeProgress:
    return FakeProgress()


@pytest.fixture(autouse=True, scope="session")
def quick_disk() -> Iterator[None]:
    """Nothing waits for the disk here: only a power cut would show the difference."""
    with mock.patch("os.fsync"):
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server of the tests' own."""
    if not real_postgres.is_installed():
        pytest.skip(real_postgres.NOT_INSTALLED)
    with closing(PostgresServer()) as server:
        yield server


@pytest.fixture
def new_database(postgres_server: PostgresServer) -> Callable[[], str]:
    """Makes empty databases; gives their addresses."""
    return postgres_server.new_database


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds read and cut files without child processes, of which tests of these rooms tell."""
    monkeypatch.setattr(pool, "ReadingProcess", ReadsHere)
    monkeypatch.setattr(bounded_cutting, "CuttingProcess", CutsHere)


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def reports() -> list[Document]:
    """Three short reports of different years, each about something else."""
    return [
        make_document(
            BORDERS_TEXT,
            "borders",
            title="Borders joint inspection",
            date="2016-02-10",
            collection="inspections",
            headings=[(1, "Leadership"), (1, "Outcomes")],
        ),
        make_document(
            "Harbour school pupils learn to sail. The boats are kept in good repair.",
            "harbour",
            date="2023-05",
            collection="schools",
        ),
        make_document("The library opens at nine. Readers may borrow twelve books.", "library"),
    ]


@pytest.fixture
def full_answer() -> Answer:
    """A list of documents that also quotes, with every member filled that may be filled then."""
    documents = (make_summary("older", "2016"), make_summary(date="2023-05"))
    return make_answer(
        kind="documents",
        corrections=(Correction("libary", "library", 10, 16),),
        understood=Understood("Who may borrow books in Borders?", (Carried("Borders", "place"),)),
        scope=Scope(
            Filters(("report",), date_from="2016-01-01"), documents[1:], ("2016",), ("May",)
        ),
        timeline=(TimelineEntry(documents[0], None), TimelineEntry(documents[1], 1)),
        catalogue=Catalogue("The index holds 2 documents.", documents, 2),
        suggestions=("Who may borrow books?",),
    )


@pytest.fixture
def table_answer() -> Answer:
    """A table of one document, which states its hours and no fees; another place is missing."""
    row = FactsRow(make_summary(date="2016-02"), (FactCell("nine", 1), None))
    nearest = (Alternative("Report", make_summary()), Alternative("Leeds"))
    facts = FactsTable(("Hours", "Fees"), (row,))
    return make_answer(kind="facts", facts=facts, missing=("York",), nearest=nearest)


@pytest.fixture
def open_build() -> Iterator[Callable[[Path], OpenedBuild]]:
    """Opens the build in use of an index folder until the test is over."""
    with ExitStack() as opened:
        yield lambda index_dir: opened.enter_context(closing(open_folder(current_build(index_dir))))


@pytest.fixture
def opened_with(
    index_dir: Path, open_build: Callable[[Path], OpenedBuild]
) -> Callable[..., OpenedBuild]:
    """Builds an index of some documents and opens it."""

    def build_and_open(*documents: Document | SkippedFile) -> OpenedBuild:
        built_index(documents, index_dir)
        return open_build(index_dir)

    return build_and_open


@pytest.fixture
def service_with(index_dir: Path) -> Iterator[Callable[..., AnswerService]]:
    """An answer service on the fake model over some documents, with settings as named.

    Only with a `reader` does one read the places.
    """
    with ExitStack() as opened:

        def start(
            *documents: Document, reader: PassageReader | None = None, **settings: object
        ) -> AnswerService:
            if documents:
                built_index(documents, index_dir)
            values = Settings(index_dir=index_dir, **settings)
            return opened.enter_context(closing(AnswerService(values, FakeEmbedder(), reader)))

        yield start


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty folder to stand in, no QA_ variable, the fake model in place of every model."""
    with mock.patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith("QA_")]:
            del os.environ[name]
        os.environ["QA_READER"] = "false"
        for module in ("indexing.encoding.embedders", "answering.service"):
            path = f"qa_service.{module}.open_embedder"
            monkeypatch.setattr(path, lambda *_, **__: FakeEmbedder())
        monkeypatch.chdir(tmp_path)
        yield
