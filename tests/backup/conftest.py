"""A small index with a verdict, a backup of it, and archives made of what a test likes."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import Archive, members_of
from beside_builds import feedback_in
from fakes import built_index

from qa_service.backup.writing import write_backup
from qa_service.config import Settings
from qa_service.feedback.records import Feedback


@pytest.fixture
def settings(index_dir, reports, embedder) -> Settings:
    built_index(reports, index_dir, embedder)
    feedback_in(index_dir).add(Feedback("Who sails?", "down", False, None, "Who sails?"))
    secret = "never in a backup"  # a token of the operator
    return Settings(index_dir=index_dir, title="Récords", reader=False, operator_token=secret)


@pytest.fixture
def backup(settings, tmp_path) -> Path:
    write_backup(settings, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


@pytest.fixture
def altered(backup, tmp_path) -> Callable[[Callable[[Archive], None]], Path]:
    """The backup with its members as a function leaves them, by name and in order."""

    def write(change: Callable[[Archive], None]) -> Path:
        members = members_of(backup)
        change(members)
        with tarfile.open(tmp_path / "altered.tar", "w") as archive:
            for member, data in members.values():
                archive.addfile(member, io.BytesIO(data))
        return tmp_path / "altered.tar"

    return write
