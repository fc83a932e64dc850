"""A service with an operator: a real index on the fake model, built by the real command."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeEmbedder, build_here
from flask import Flask

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.indexing.building.corpus import read_corpus
from qa_service.reading import ReadingLimits
from qa_service.web import create_app
from qa_service.web.operator.building import Builder

TOKEN = "a-token-of-more-than-16-characters"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
BORDERS = "# Borders\n\nInspectors recommended better quality assurance of case records.\n"
QUESTION = "What did inspectors recommend about quality assurance?"
FAKE_BUILD = (sys.executable, str(Path(__file__).with_name("fake_build.py")), "build", "--json")


def build(settings: Settings) -> str:
    """Builds as the command does, here; the id of the build."""
    files = read_corpus(settings.folders, ReadingLimits())
    made = build_here(files, settings.index_dir, FakeEmbedder(), keep_builds=settings.keep_builds)
    return made.manifest.build


@pytest.fixture(scope="session")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of two files, one of them broken, and its index."""
    folder = tmp_path_factory.mktemp("operator")
    (folder / "corpus" / "inspections").mkdir(parents=True)
    (folder / "corpus" / "inspections" / "borders.md").write_text(BORDERS, encoding="utf-8")
    (folder / "corpus" / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    build(settings_in(folder))
    return folder


def settings_in(folder: Path) -> Settings:
    """Those of a service whose corpus and index are in this folder."""
    return Settings(
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        operator_token=TOKEN,
        record_questions=True,
        reader=False,
        max_file_megabytes=1,
        max_uploads_megabytes=2,
    )


@pytest.fixture(name="settings")
def operator_settings(prototype: Path, tmp_path: Path, reads_here: None) -> Settings:  # noqa: ARG001
    """Those of a copy of the prototype."""
    shutil.copytree(prototype, tmp_path, dirs_exist_ok=True)
    return settings_in(tmp_path)


@pytest.fixture(name="app")
def operator_app(settings: Settings) -> Iterator[Flask]:
    """The app, with builds on the fake model."""
    service = AnswerService(settings, FakeEmbedder(), None)
    made = create_app(settings, service)
    made.extensions["builder"] = Builder(settings, FAKE_BUILD)
    yield made
    made.extensions["builder"].close()
    service.close()
