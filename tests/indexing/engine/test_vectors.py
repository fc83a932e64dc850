"""Vectors on disk: written row after row, and read back by any rows."""

from __future__ import annotations

import numpy as np
import pytest

from qa_service.indexing.engine import vectors
from qa_service.indexing.engine.vectors import PASSAGE_VECTORS, VectorFiles, VectorWriter

PASSAGES = np.random.default_rng(0).normal(size=(20, 8)).astype(np.float32)
SENTENCES = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float16)


@pytest.fixture
def folder(tmp_path):
    writer = VectorWriter(tmp_path, 8)
    writer.append(PASSAGES[:5], SENTENCES[:30])
    writer.append(PASSAGES[5:], SENTENCES[30:])
    writer.close()
    return tmp_path


@pytest.fixture(params=[vectors.LARGEST_MAPPED, 0], ids=["mapped", "read"])
def files(folder, request, monkeypatch):
    monkeypatch.setattr(vectors, "LARGEST_MAPPED", request.param)
    files = VectorFiles.open(folder)
    yield files
    files.close()


def test_they_have_the_shape_of_what_was_written(files) -> None:
    assert (files.passages.shape, files.sentences.shape) == ((20, 8), (50, 8))
    assert len(files.sentences) == 50


@pytest.mark.parametrize(
    "rows",
    [
        7,
        slice(None),
        slice(3, 9),
        slice(18, 99),
        slice(5, 5),
        np.array([], np.int64),
        np.array([4]),
        np.array([0, 1, 2, 9, 10, 19]),
        np.array([9, 3, 4, 4, 0]),
    ],
    ids=str,
)
def test_any_rows_are_those_of_the_array(files, rows) -> None:
    assert files.passages[rows].tolist() == PASSAGES[rows].tolist()
    assert files.sentences[rows].tolist() == SENTENCES[rows].tolist()


def test_a_file_that_was_cut_short_is_an_error_and_no_crash(folder) -> None:
    path = folder / PASSAGE_VECTORS
    path.write_bytes(path.read_bytes()[:-40])
    files = VectorFiles.open(folder)
    assert files.passages[17].tolist() == PASSAGES[17].tolist()
    with pytest.raises(OSError, match="end before row 20"):
        files.passages[np.array([0, 19])]
