"""What was uploaded, in a folder and in a database alike."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from qa_service.config import Settings
from qa_service.indexing.builds.beside import bring_uploads, fetch_originals, uploads_beside
from qa_service.indexing.keeping.uploads import copy_uploads


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def settings(request, tmp_path) -> Settings:
    address = "" if request.param == "embedded" else request.getfixturevalue("new_database")()
    return Settings(index_dir=tmp_path / "index", engine=request.param, postgres=address)


@pytest.fixture
def uploads(settings):
    return uploads_beside(settings)


def anything(_) -> None:
    """Lets every file be stored."""


def test_before_the_first_there_is_none(uploads) -> None:
    assert uploads.files() == ()
    with pytest.raises(FileNotFoundError):
        uploads.read("b.txt")
    with pytest.raises(FileNotFoundError):
        uploads.remove("b.txt")


def test_files_are_stored_replaced_and_removed(uploads) -> None:
    for name, data in (("b.txt", b"first"), ("a.txt", b"other"), ("b.txt", b"second")):
        uploads.put(name, data, anything)
    found = [(each.name, each.size, each.version) for each in uploads.files()]
    versions = [sha256(data).hexdigest() for data in (b"other", b"second")]
    assert found == [("a.txt", 5, versions[0]), ("b.txt", 6, versions[1])]
    uploads.remove("a.txt")
    assert [(each.name, uploads.read(each.name)) for each in uploads.files()] == [
        ("b.txt", b"second")
    ]


def test_a_file_that_may_not_be_stored_is_not(uploads) -> None:
    def refuse(there) -> None:
        raise ValueError(len(there))

    uploads.put("a.txt", b"kept", anything)
    with pytest.raises(ValueError, match="1"):
        uploads.put("a.txt", b"refused", refuse)
    assert uploads.read("a.txt") == b"kept"


def test_a_build_reads_them_from_the_folder_of_the_settings(settings, uploads) -> None:
    for name in ("a.txt", "b.txt"):
        uploads.put(name, name.encode(), anything)
    bring_uploads(settings)
    uploads.remove("a.txt")
    bring_uploads(settings)
    assert [path.name for path in settings.uploads_folder.iterdir()] == ["b.txt"]
    assert ("uploads", settings.uploads_folder) in settings.folders


def test_all_are_copied_to_where_there_are_none(uploads, tmp_path) -> None:
    other = uploads_beside(Settings(index_dir=tmp_path / "other"))
    assert copy_uploads(uploads, other) is None
    uploads.put("a.txt", b"moved", anything)
    assert (copy_uploads(uploads, other), other.read("a.txt")) == (True, b"moved")
    uploads.put("b.txt", b"later", anything)
    assert copy_uploads(uploads, other) is False


@pytest.mark.engines
def test_a_machine_has_the_file_of_a_document_that_is_opened(new_database, tmp_path) -> None:
    address = new_database()
    here, there = (
        Settings(index_dir=tmp_path / name, engine="postgres", postgres=address)
        for name in ("here", "there")
    )
    for name in ("a.zip", "b.txt"):
        uploads_beside(here).put(name, b"bytes", anything)
    fetch_originals(there, ["reports/c.txt", "uploads/a.zip/inner.txt"])
    assert [path.name for path in there.uploads_folder.iterdir()] == ["a.zip"]


@pytest.mark.engines
def test_a_folder_that_all_machines_share_stays_what_it_is(tmp_path: Path) -> None:
    shared = Settings(engine="postgres", postgres="postgresql://db/qa", uploads_dir=str(tmp_path))
    uploads_beside(shared).put("a.txt", b"shared", anything)
    bring_uploads(shared)
    assert (tmp_path / "a.txt").read_bytes() == b"shared"
