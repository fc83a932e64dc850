"""Small files beside the builds, in a folder and in a database alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from qa_service.config import Settings
from qa_service.disk.kept_file import copy_file
from qa_service.indexing.builds.beside import file_beside
from qa_service.indexing.engine.postgres.beside import DatabaseFile
from qa_service.indexing.engine.postgres.database import Database, database_at
from qa_service.tokens.api_tokens import ApiTokens


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def settings(request, tmp_path) -> Settings:
    found = Settings(index_dir=tmp_path / "index")
    if request.param == "embedded":
        return found
    return replace(found, engine="postgres", postgres=request.getfixturevalue("new_database")())


@pytest.fixture
def file(settings):
    yield file_beside(settings, "calibration.json")
    if settings.engine == "postgres":
        database_at(settings.postgres).close()


def test_before_it_is_there_it_cannot_be_read(file) -> None:
    assert file.stamp() is None
    with pytest.raises(FileNotFoundError):
        file.read()


def test_it_is_changed_whole_and_told_by_its_stamp(file) -> None:
    file.change(lambda before: b"none" if before is None else b"some")
    first = file.stamp()
    assert file.read() == b"none"
    file.change(lambda before: before + b" more")
    assert (file.read(), file.stamp() != first) == (b"none more", True)


def test_a_change_that_fails_leaves_what_was_there(file) -> None:
    def fails(_: bytes | None) -> bytes:
        raise ValueError("no")

    file.change(lambda _: b"kept")
    with pytest.raises(ValueError, match="no"):
        file.change(fails)
    assert file.read() == b"kept"


@pytest.mark.engines
def test_of_changes_on_many_machines_none_is_lost(new_database, tmp_path) -> None:
    address = new_database()

    def make(number: int) -> None:
        with closing(Database(address)) as database:
            tokens = ApiTokens(DatabaseFile(database, "access-tokens.json"))
            tokens.make(f"program {number}", frozenset(), ["ask"], 3)

    with ThreadPoolExecutor(6) as machines:
        list(machines.map(make, range(12)))
    with closing(Database(address)) as database:
        kept = ApiTokens(DatabaseFile(database, "access-tokens.json")).all()
    assert sorted(token.name for token in kept) == sorted(f"program {n}" for n in range(12))
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_copied_where_there_is_none(file, tmp_path) -> None:
    other = file_beside(Settings(index_dir=tmp_path / "other"), "calibration.json")
    assert copy_file(file, other) is None
    file.change(lambda _: b"found")
    assert (copy_file(file, other), other.read()) == (True, b"found")
    other.change(lambda _: b"another")
    assert (copy_file(file, other), other.read()) == (False, b"another")
