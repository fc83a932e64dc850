"""Building: whole or not at all, reusing what is unchanged, leaving the old build to answer."""

from __future__ import annotations

import fcntl
import json
import sqlite3
import stat
import zipfile
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from unittest.mock import Mock

import faiss
import numpy as np
import pytest
from fakes import (
    FailingEmbedder,
    FakeEmbedder,
    FakeProgress,
    build_here,
    built_index,
    make_document,
)
from made_texts import prose

from qa_service.errors import BuildFailed, BuildLocked
from qa_service.indexing.engine import store_writing
from qa_service.indexing.keeping.manifest import current_build, hash_files
from qa_service.nouns.documents import Document, SkippedFile

ONE, TWO, THREE = (prose(130, seed) for seed in range(3))


def names_in(index_dir: Path) -> set[str]:
    return {path.name for path in index_dir.iterdir()} - {".lock"}


def paragraphs(*texts: str, **members: object) -> Document:
    return make_document("\n\n".join(texts), **members)


def test_a_build_says_what_it_is_made_of(index_dir, reports, embedder) -> None:
    manifest = built_index(reports, index_dir, embedder).manifest
    assert (manifest.documents, manifest.passages, manifest.sentences) == (3, 3, 8)
    assert manifest.sources == {item.source: item.version for item in reports}
    assert (manifest.model, manifest.model_fingerprint, manifest.dimension) == (
        embedder.name,
        embedder.fingerprint,
        embedder.dimension,
    )


def test_the_manifest_names_every_file_of_the_build(index_dir, reports) -> None:
    manifest = built_index(reports, index_dir).manifest
    folder = index_dir / manifest.build
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert present == {*manifest.files, "manifest.json"}
    assert hash_files(folder) == manifest.files


def test_no_file_of_a_build_is_pickled(index_dir, reports) -> None:
    folder = index_dir / built_index(reports, index_dir).manifest.build
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if path.read_bytes()[:1] == b"\x80"]
    assert not [path for path in files if zipfile.is_zipfile(path)]
    for path in files:
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)


def test_every_passage_finds_itself_in_the_dense_index(opened_with, reports) -> None:
    opened = opened_with(*reports)
    for row in range(opened.info.passages):
        rows, scores = opened.nearest(opened.vectors.passages[row], 1)
        assert (rows[0], scores[0]) == (row, pytest.approx(1))


def test_sentence_cosines_are_those_of_the_passages_they_are_asked_for(
    opened_with, reports
) -> None:
    opened, vector = opened_with(*reports), FakeEmbedder().encode_query(ONE)
    rows = [2, 0, 1]
    cosines = opened.sentence_cosines(opened.store.sentences(rows), vector)
    for passage, found in zip(opened.store.passages(rows), cosines, strict=True):
        text = opened.store.document(passage.document_id).text
        expected = [FakeEmbedder().encode_query(text[s:e]) @ vector for s, e in passage.sentences]
        assert found == pytest.approx(expected, abs=1e-3)


def test_progress_tells_each_stage_to_its_end(index_dir, reports, embedder) -> None:
    progress = FakeProgress()
    build_here(reports, index_dir, embedder, progress=progress, total=3)
    assert progress.finished == [stage for stage, _ in progress.stages]
    assert ("reading and encoding", 3) in progress.stages
    assert progress.steps["reading and encoding"] == 3


def test_unchanged_passages_are_not_encoded_again(index_dir, reports, embedder) -> None:
    built_index(reports, index_dir, embedder)
    embedder.encoded.clear()
    report = built_index(reports, index_dir, embedder)
    assert embedder.encoded == []
    assert (report.encoded, report.reused) == (0, 3)


def test_a_changed_document_encodes_only_its_changed_passages(index_dir, embedder) -> None:
    built_index([paragraphs(ONE, TWO)], index_dir, embedder)
    embedder.encoded.clear()
    report = built_index([paragraphs(ONE, THREE)], index_dir, embedder)
    assert [text.endswith(THREE) for text in embedder.encoded] == [True]
    assert (report.encoded, report.reused) == (1, 1)


@pytest.mark.parametrize("change", [{"title": "B"}, {"date": "2016"}])
def test_what_is_part_of_a_passages_context_encodes_it_again(index_dir, embedder, change) -> None:
    built_index([paragraphs(ONE, title="A")], index_dir, embedder)
    report = built_index([paragraphs(ONE, **({"title": "A"} | change))], index_dir, embedder)
    assert report.encoded == 1


def test_reused_vectors_stand_at_the_rows_of_their_passages(index_dir, open_build) -> None:
    built_index([paragraphs(ONE, name="one"), paragraphs(TWO, name="two")], index_dir)
    built_index([paragraphs(THREE, name="three"), paragraphs(TWO, name="two")], index_dir)
    opened = open_build(index_dir)
    expected = [
        FakeEmbedder().encode_query(f"{name}\n{text}")
        for name, text in (("three", THREE), ("two", TWO))
    ]
    assert opened.vectors.passages[:] == pytest.approx(np.stack(expected), abs=1e-6)
    firsts = [opened.store.document(name).text.split(".")[0] for name in ("three", "two")]
    for sentences, first in zip(opened.store.sentences([0, 1]), firsts, strict=True):
        vector = opened.vectors.sentences[sentences.first]
        assert vector == pytest.approx(FakeEmbedder().encode_query(first), abs=1e-3)


def test_another_model_encodes_everything(index_dir, reports, embedder) -> None:
    built_index(reports, index_dir, embedder)
    other = FakeEmbedder("another")
    assert built_index(reports, index_dir, other).encoded == len(other.encoded) == 3


def test_a_full_build_encodes_everything(index_dir, reports, embedder) -> None:
    built_index(reports, index_dir, embedder)
    embedder.encoded.clear()
    report = build_here(reports, index_dir, embedder, full=True)
    assert len(embedder.encoded) == report.encoded == 3


def test_a_damaged_build_is_not_reused(index_dir, reports, embedder) -> None:
    first = built_index(reports, index_dir, embedder).manifest.build
    (index_dir / first / "passage_vectors.npy").write_bytes(b"broken")
    assert built_index(reports, index_dir, embedder).encoded == 3


def test_a_build_that_fails_leaves_the_old_one_in_use(index_dir, reports, open_build) -> None:
    old = built_index(reports, index_dir).manifest.build
    with pytest.raises(RuntimeError, match="out of memory"):
        build_here(reports, index_dir, FailingEmbedder(), full=True)
    assert names_in(index_dir) == {"CURRENT", old}
    assert open_build(index_dir).info.build == old


def test_a_first_build_that_fails_leaves_nothing(index_dir, reports) -> None:
    with pytest.raises(RuntimeError, match="out of memory"):
        built_index(reports, index_dir, FailingEmbedder())
    assert names_in(index_dir) == set()


def test_what_a_killed_build_left_is_removed(index_dir, reports) -> None:
    (index_dir / ".partial-1234").mkdir(parents=True)
    (index_dir / ".partial-1234" / "passages.sqlite").write_bytes(b"half")
    build = built_index(reports, index_dir).manifest.build
    assert names_in(index_dir) == {"CURRENT", build}


def test_two_builds_do_not_run_in_one_folder(index_dir, reports) -> None:
    old = built_index(reports, index_dir).manifest.build
    with (index_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildLocked, match="wait"):
            built_index(reports, index_dir)
    assert current_build(index_dir).name == old


def test_a_folder_that_cannot_be_made_is_a_plain_failure(tmp_path, reports) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BuildFailed, match="--index"):
        built_index(reports, tmp_path / "file")
    with pytest.raises(BuildFailed, match="--index"):
        built_index(reports, tmp_path / "file" / "index")


def test_skipped_files_land_in_the_manifest(index_dir, reports) -> None:
    skipped = SkippedFile("bad.pdf", "encrypted; save it without a password")
    manifest = built_index([skipped, *reports], index_dir).manifest
    assert manifest.skipped == (skipped,)
    written = json.loads((index_dir / manifest.build / "manifest.json").read_text())
    assert written["skipped"] == [asdict(skipped)]


@pytest.mark.parametrize("method", [None, "count_tokens", "encode_passages"])
def test_a_build_lets_go_of_every_file_however_it_ends(
    index_dir, reports, embedder, monkeypatch, method
) -> None:
    built_index(reports[:1], index_dir)
    connections: list[sqlite3.Connection] = []
    connect = sqlite3.connect
    monkeypatch.setattr(
        "qa_service.indexing.engine.store.sqlite3.connect",
        lambda *args, **options: connections.append(connect(*args, **options)) or connections[-1],
    )
    if method:
        monkeypatch.setattr(embedder, method, FailingEmbedder().encode_passages)
    with suppress(RuntimeError):
        built_index(reports, index_dir, embedder)
    assert connections
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.total_changes  # noqa: B018


def test_an_empty_corpus_builds_nothing(index_dir) -> None:
    with pytest.raises(BuildFailed, match="no documents"):
        built_index([], index_dir)
    assert names_in(index_dir) == set()


def test_a_corpus_of_unreadable_files_builds_nothing_and_names_them(index_dir, reports) -> None:
    old = built_index(reports, index_dir).manifest.build
    with pytest.raises(BuildFailed, match=r"bad\.pdf: encrypted"):
        built_index([SkippedFile("bad.pdf", "encrypted")], index_dir)
    assert current_build(index_dir).name == old


def test_documents_without_text_make_an_empty_build(opened_with) -> None:
    info = opened_with(make_document("")).info
    assert (info.documents, info.passages) == (1, 0)


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_so_many_of_the_latest_builds_are_kept(index_dir, reports, embedder, keep) -> None:
    made = [
        build_here(reports, index_dir, embedder, keep_builds=keep).manifest.build for _ in range(5)
    ]
    assert names_in(index_dir) == {"CURRENT", *made[-keep:]}


def test_the_same_documents_in_another_order_keep_their_ids(index_dir, reports, open_build) -> None:
    built_index(reports, index_dir)
    before = {p.id for p in open_build(index_dir).store.passages(range(3))}
    built_index(reversed(reports), index_dir)
    assert {p.id for p in open_build(index_dir).store.passages(range(3))} == before


def test_a_document_with_another_version_is_noted_as_such(index_dir, reports) -> None:
    changed = replace(reports[0], version="f" * 64)
    manifest = built_index([changed], index_dir).manifest
    assert manifest.sources == {"borders.txt": "f" * 64}


def test_folders_that_are_no_builds_are_left_alone(index_dir, reports) -> None:
    for name in ("my-extension", "photos"):
        (index_dir / name).mkdir(parents=True)
        (index_dir / name / "manifest.json").write_text("{}")
    for seed in range(3):
        built_index([*reports, make_document(prose(50, seed), "more")], index_dir)
    assert {"my-extension", "photos"} <= {path.name for path in index_dir.iterdir()}


def test_a_vector_index_that_finds_the_disk_full_is_a_plain_failure(
    index_dir, reports, monkeypatch
) -> None:
    """Faiss raises an error of its own there, which ended the build with a traceback."""
    built_index(reports[:1], index_dir)
    before = current_build(index_dir)
    monkeypatch.setattr(faiss, "write_index", Mock(side_effect=RuntimeError("write error")))
    with pytest.raises(BuildFailed, match="see to the disk"):
        built_index(reports, index_dir)
    assert current_build(index_dir) == before


def test_a_store_that_finds_the_disk_full_at_once_is_a_plain_failure(
    index_dir, reports, monkeypatch
) -> None:
    built_index(reports[:1], index_dir)
    before = current_build(index_dir)
    tables = f"PRAGMA max_page_count = 1; {store_writing._TABLES}"
    monkeypatch.setattr(store_writing, "_TABLES", tables)
    with pytest.raises(BuildFailed, match="see to the disk"):
        built_index(reports, index_dir)
    assert current_build(index_dir) == before


def test_a_build_is_readable_by_no_more_than_it_was_told(index_dir, reports) -> None:
    build_here(reports, index_dir, FakeEmbedder(), mode=0o750)
    assert stat.S_IMODE(current_build(index_dir).stat().st_mode) == 0o750
