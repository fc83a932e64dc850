"""`check`: silent where all is sound, and a plain sentence for everything that is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fakes import built_index

from qa_service.errors import NoIndex
from qa_service.indexing.building.check import check_index
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.keeping.manifest import (
    current_build,
    hash_files,
    read_manifest,
    write_manifest,
)
from qa_service.reading import ReadingLimits


@pytest.fixture
def corpus_dir(tmp_path, index_dir) -> Path:
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.txt").write_text("Inspectors found good work.")
    (folder / "sub" / "two.md").write_text("# Two\n\nFamilies were content.")
    (folder / "broken.pdf").write_bytes(b"%PDF-no")
    built_index(read_corpus([("", folder)], ReadingLimits()), index_dir)
    return folder


def test_a_sound_index_gives_no_word(index_dir, corpus_dir) -> None:
    assert check_index(index_dir, [("", corpus_dir)]) == []


def test_a_file_of_which_something_else_is_stated_is_named(index_dir, corpus_dir) -> None:
    table = corpus_dir / "metadata.csv"
    table.write_text("file,title\nsub/two.md,Second\n")
    (problem,) = check_index(index_dir, [("", corpus_dir)])
    assert problem.startswith("what is stated of sub/two.md has changed since the build; run:")
    table.write_text("file,title\nsub/gone.md,Second\n")
    (problem,) = check_index(index_dir, [("", corpus_dir)])
    assert "there is no file 'sub/gone.md'" in problem


def test_a_new_file_is_named(index_dir, corpus_dir) -> None:
    (corpus_dir / "three.txt").write_text("New.")
    assert check_index(index_dir, [("", corpus_dir)]) == [
        "three.txt is new since the build; run: qa-service build"
    ]


def test_a_changed_file_is_named(index_dir, corpus_dir) -> None:
    (corpus_dir / "sub" / "two.md").write_text("# Two\n\nFamilies were not content.")
    assert check_index(index_dir, [("", corpus_dir)]) == [
        "sub/two.md has changed since the build; run: qa-service build"
    ]


def test_a_file_that_left_is_named(index_dir, corpus_dir) -> None:
    (corpus_dir / "one.txt").unlink()
    assert check_index(index_dir, [("", corpus_dir)]) == [
        "one.txt has left the corpus since the build; run: qa-service build"
    ]


def test_a_damaged_build_is_named(index_dir, corpus_dir) -> None:
    (current_build(index_dir) / "dense.faiss").write_bytes(b"broken")
    (problem,) = check_index(index_dir, [("", corpus_dir)])
    assert "dense.faiss" in problem


def test_a_passage_that_is_not_its_documents_text_is_named(index_dir, corpus_dir) -> None:
    build = current_build(index_dir)
    with sqlite3.connect(build / "passages.sqlite") as store:
        store.execute("""UPDATE passages SET text = 'Something else.' WHERE row = 0""")
    store.close()
    manifest = read_manifest(build)
    manifest.files.update(hash_files(build))
    write_manifest(build, manifest)
    (problem,) = check_index(index_dir, [("", corpus_dir)])
    assert "one-" in problem
    assert "is not what was stored" in problem


def test_before_the_first_build_there_is_nothing_to_check(tmp_path) -> None:
    with pytest.raises(NoIndex, match="run: qa-service build"):
        check_index(tmp_path / "nowhere", tmp_path)
