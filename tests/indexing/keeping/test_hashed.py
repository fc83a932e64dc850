"""Large files are hashed once, until anything about them changes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fakes import built_index

from qa_service.errors import DamagedBuild
from qa_service.indexing.building.check import check_index
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping import hashed
from qa_service.indexing.keeping.hashed import HASHED_NAME, hashes
from qa_service.reading import file_states


@pytest.fixture(autouse=True)
def read(monkeypatch) -> list[str]:
    """Names of the files that were read, in a world where all files are large and settled."""
    names: list[str] = []
    whole = hashed.file_sha256
    monkeypatch.setattr(hashed, "LARGE", 0)
    monkeypatch.setattr(file_states, "AT_REST_NS", -1)
    monkeypatch.setattr(hashed, "file_sha256", lambda path: names.append(path.name) or whole(path))
    return names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("boats")
    return tmp_path / "file"


def sha256(file: Path, **options: bool) -> str:
    return hashes({"file": file}, file.with_name(HASHED_NAME), **options)["file"]


def test_a_file_is_read_once(file, read) -> None:
    assert sha256(file) == sha256(file)
    assert read == ["file"]


def test_hashing_anew_reads_it_again(file, read) -> None:
    assert sha256(file) == sha256(file, anew=True)
    assert read == ["file", "file"]


def test_a_file_written_in_place_is_read_again_even_with_its_old_time(file) -> None:
    before, time = sha256(file), file.stat().st_mtime_ns
    file.write_text("coats")
    os.utime(file, ns=(time, time))
    assert sha256(file) != before


def test_a_file_put_in_its_place_is_read_again(file) -> None:
    before = sha256(file)
    (file.parent / "other").write_text("coats")
    (file.parent / "other").replace(file)
    assert sha256(file) != before


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"file": 1}', '{"file": ["0", 1]}'])
def test_a_broken_note_is_as_none(file, content) -> None:
    before = sha256(file)
    file.with_name(HASHED_NAME).write_text(content)
    assert sha256(file) == before


def test_small_files_and_those_just_changed_are_read_every_time(file, read, monkeypatch) -> None:
    monkeypatch.setattr(file_states, "AT_REST_NS", 10**12)
    sha256(file), sha256(file)
    monkeypatch.setattr(file_states, "AT_REST_NS", -1)
    monkeypatch.setattr(hashed, "LARGE", 6)
    sha256(file), sha256(file)
    assert len(read) == 4


def test_an_opened_build_is_not_read_again_until_it_is_checked(index_dir, reports, read) -> None:
    build = index_dir / built_index(reports, index_dir).manifest.build
    open_folder(build).close()
    read.clear()
    open_folder(build).close()
    assert read == []
    check_index(index_dir, [])
    assert "dense.faiss" in read


def test_what_the_system_did_not_see_change_is_found_by_check(index_dir, reports) -> None:
    build = index_dir / built_index(reports, index_dir).manifest.build
    dense, note = build / "dense.faiss", build / HASHED_NAME
    known = json.loads(note.read_text())["dense.faiss"][0]
    dense.write_bytes(dense.read_bytes()[:-1] + b"?")
    state = file_states.file_state(dense.stat())
    note.write_text(json.dumps(json.loads(note.read_text()) | {"dense.faiss": [known, state]}))
    open_folder(build).close()
    assert "damaged: dense.faiss" in check_index(index_dir, [])[0]
    with pytest.raises(DamagedBuild):
        open_folder(build)
