"""The vectors of a build on disk: one row a passage, one row a sentence, mapped into memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PASSAGE_VECTORS = "passage_vectors.npy"
SENTENCE_VECTORS = "sentence_vectors.npy"


@dataclass(frozen=True, slots=True)
class VectorFiles:
    """`passages` is (passages, dimension) float32, `sentences` (sentences, dimension) float16.

    All rows have length 1 (or 0 for a sentence the model could not read).
    """

    passages: NDArray[np.float32]
    sentences: NDArray[np.float16]

    @classmethod
    def open(cls, folder: Path) -> VectorFiles:
        """The vector files of a build, read-only."""
        return cls(
            np.load(folder / PASSAGE_VECTORS, mmap_mode="r", allow_pickle=False),
            np.load(folder / SENTENCE_VECTORS, mmap_mode="r", allow_pickle=False),
        )


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
