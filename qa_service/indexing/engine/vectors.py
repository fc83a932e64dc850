"""The vectors of a build on disk: one row a passage, one row a sentence."""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PASSAGE_VECTORS = "passage_vectors.npy"
SENTENCE_VECTORS = "sentence_vectors.npy"

LARGEST_MAPPED = 64 << 20
"""Bytes of a file; of a larger one rows are read."""

Rows = NDArray[np.int64]


class StoredVectors:
    """The (rows, dimension) array of a .npy file, of which rows are read when asked for.

    A small file is mapped into memory, which is faster. A large one is not: what was mapped
    and looked at counts as memory of the process, and of a large build that would in time be
    all. Safe for many threads.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self._close = weakref.finalize(self, os.close, self._file)
        with open(self._file, "rb", closefd=False) as file:
            np.lib.format.read_magic(file)
            self.shape, _, self.dtype = np.lib.format.read_array_header_1_0(file)
            self._first = file.tell()
        self._mapped = self._map(path)

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, rows: slice | Rows | int) -> NDArray[Any]:
        """One row, a stretch of rows (below 2 GB), or any rows in their order; to be read only."""
        if self._mapped is not None:
            return self._mapped[rows]
        if isinstance(rows, slice):
            first, end, _ = rows.indices(len(self))
            found = self._empty(max(0, end - first))
            self._read(found, first)
            return found
        numbers = np.asarray(rows)
        found = self._empty(numbers.size)
        for start, end in _stretches(numbers.ravel()):
            self._read(found[start:end], int(numbers.flat[start]))
        return found.reshape(*numbers.shape, self.shape[1])

    def close(self) -> None:
        """Closes the file."""
        self._mapped = None
        self._close()

    def _map(self, path: Path) -> NDArray[Any] | None:
        """The whole array; None where the file is large, or shorter than its header says."""
        end = self._first + len(self) * self.shape[1] * self.dtype.itemsize
        if not self._first < end <= min(os.fstat(self._file).st_size, LARGEST_MAPPED):
            return None
        # A plain array: a slice of a mapped one takes ten times as long to make.
        return np.asarray(np.memmap(path, self.dtype, "r", self._first, self.shape))

    def _empty(self, rows: int) -> NDArray[Any]:
        return np.empty((rows, self.shape[1]), self.dtype)

    def _read(self, found: NDArray[Any], first: int) -> None:
        """Fills rows of an array. Raises OSError where the file ends before them."""
        place = self._first + first * self.shape[1] * self.dtype.itemsize
        if os.preadv(self._file, [found.data], place) != found.nbytes:
            raise OSError(f"the vectors end before row {first + len(found)}")


def _stretches(rows: Rows) -> list[tuple[int, int]]:
    """Places (start, end) of rows that follow each other."""
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    edges = [0, *breaks.tolist(), len(rows)] if len(rows) else [0]
    return list(pairwise(edges))


@dataclass(frozen=True, slots=True)
class VectorFiles:
    """`passages` is (passages, dimension) float32, `sentences` (sentences, dimension) float16.

    All rows have length 1 (or 0 for a sentence the model could not read).
    """

    passages: StoredVectors
    sentences: StoredVectors

    @classmethod
    def open(cls, folder: Path) -> VectorFiles:
        """The vector files of a build, read-only."""
        return cls(
            StoredVectors(folder / PASSAGE_VECTORS), StoredVectors(folder / SENTENCE_VECTORS)
        )

    def close(self) -> None:
        """Closes both files."""
        self.passages.close()
        self.sentences.close()


class VectorWriter:
    """Writes new vector files, row after row, without knowing how many there will be.

    `close` makes them complete. Raises OSError where the disk is full.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self._passages = _Rows(folder / PASSAGE_VECTORS, dimension, np.float32)
        self._sentences = _Rows(folder / SENTENCE_VECTORS, dimension, np.float16)

    def append(self, passages: NDArray[np.float32], sentences: NDArray[np.floating[Any]]) -> None:
        """Rows of the next passages, and those of all their sentences, in order."""
        self._passages.append(passages)
        self._sentences.append(sentences)

    def close(self) -> None:
        """Completes both files."""
        self._passages.close()
        self._sentences.close()


class _Rows:
    """A .npy file that grows; its header leaves room for the number of rows."""

    def __init__(self, path: Path, dimension: int, kind: Any) -> None:
        self._kind = np.dtype(kind)
        self._dimension = dimension
        self._rows = 0
        self._file = path.open("wb")
        self._write_header()

    def append(self, rows: NDArray[Any]) -> None:
        self._file.write(np.ascontiguousarray(rows, self._kind).tobytes())
        self._rows += len(rows)

    def close(self) -> None:
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def _write_header(self) -> None:
        shape = (self._rows, self._dimension)
        header = {"descr": self._kind.str, "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, header)
