"""A build is what its manifest says, or it is not opened."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import built_index

from qa_service.errors import DamagedBuild, NoIndex
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import (
    FORMAT_VERSION,
    current_build,
    read_manifest,
    switch_current,
    write_manifest,
)

FILES = [
    *("passages.sqlite", "dense.faiss", "passage_vectors.npy", "sentence_vectors.npy"),
    "words.json",
    *("keyword/data.csc.index.npy", "keyword/indices.csc.index.npy"),
    *("keyword/indptr.csc.index.npy", "keyword/params.index.json", "keyword/vocab.index.json"),
]


@pytest.fixture
def build(index_dir, reports) -> Path:
    return index_dir / built_index(reports, index_dir).manifest.build


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def change(build: Path, **values: object) -> None:
    """Writes another manifest, whole in itself."""
    write_manifest(build, replace(read_manifest(build), **values))


@pytest.mark.parametrize("member", ["model", "model_fingerprint", "created", "sources"])
def test_a_manifest_that_was_changed_by_hand_is_refused(build, member) -> None:
    values = json.loads((build / "manifest.json").read_text())
    (build / "manifest.json").write_text(json.dumps(values | {member: "another"}))
    with pytest.raises(DamagedBuild, match="not what was written"):
        read_manifest(build)


def test_these_are_the_files_of_a_build(build) -> None:
    assert sorted(read_manifest(build).files) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, -1])
def test_a_flipped_byte_is_refused_by_name(build, name, place) -> None:
    flip(build / name, place)
    with pytest.raises(DamagedBuild, match=rf"damaged: {name}; run: qa-service build --full"):
        open_folder(build)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused_by_name(build, name) -> None:
    (build / name).unlink()
    with pytest.raises(DamagedBuild, match=name):
        open_folder(build)


def test_a_file_that_does_not_belong_is_refused_by_name(build) -> None:
    (build / "keyword" / "extra.npy").write_bytes(b"?")
    with pytest.raises(DamagedBuild, match=r"keyword/extra\.npy"):
        open_folder(build)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '"text"', f'{{"format_version": {FORMAT_VERSION}}}']
)
def test_a_broken_manifest_is_refused(build, content) -> None:
    (build / "manifest.json").write_text(content)
    with pytest.raises(DamagedBuild, match="manifest"):
        open_folder(build)


def test_a_truncated_manifest_is_refused(build) -> None:
    path = build / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DamagedBuild, match="manifest"):
        open_folder(build)


def test_a_missing_manifest_is_refused(build) -> None:
    (build / "manifest.json").unlink()
    with pytest.raises(DamagedBuild, match="manifest"):
        open_folder(build)


def test_another_format_is_refused_with_the_fix(build) -> None:
    change(build, format_version=99)
    with pytest.raises(DamagedBuild, match=r"format 99.*build --full"):
        open_folder(build)


@pytest.mark.parametrize("count", ["documents", "passages", "sentences"])
def test_counts_that_differ_from_the_files_are_refused(build, count) -> None:
    change(build, **{count: 7})
    with pytest.raises(DamagedBuild, match="differ in size"):
        open_folder(build)


def test_without_any_build_there_is_no_index_and_the_fix_is_named(tmp_path) -> None:
    with pytest.raises(NoIndex, match="run: qa-service build"):
        current_build(tmp_path)


def test_while_the_first_build_is_written_there_is_no_index(build, index_dir) -> None:
    (index_dir / "CURRENT").unlink()
    build.rename(index_dir / ".partial-0a1b2c3d")
    with pytest.raises(NoIndex):
        current_build(index_dir)


@pytest.mark.usefixtures("build")
def test_without_current_the_builds_that_are_kept_are_not_hidden(index_dir) -> None:
    (index_dir / "CURRENT").unlink()
    with pytest.raises(DamagedBuild, match="run: qa-service builds"):
        current_build(index_dir)


@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("name", [b"", b"gone", b"../index", b"/", b".", b"\xff\xfe"])
def test_a_current_that_names_no_build_is_damaged(index_dir, name) -> None:
    (index_dir / "CURRENT").write_bytes(name)
    with pytest.raises(DamagedBuild, match="run: qa-service build"):
        current_build(index_dir)


def test_switching_replaces_current_in_one_step(index_dir, build) -> None:
    (index_dir / "other").mkdir()
    before = (index_dir / "CURRENT").open()
    switch_current(index_dir, "other")
    with before:
        assert before.read().strip() == build.name
    assert current_build(index_dir).name == "other"
    assert not list(index_dir.glob(".CURRENT*"))
