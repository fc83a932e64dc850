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

    @classmethod
    def create(cls, folder: Path, passages: int, sentences: int, dimension: int) -> VectorFiles:
        """New vector files, to be filled in place and then flushed."""
        return cls(
            _create(folder / PASSAGE_VECTORS, passages, dimension, np.float32),
            _create(folder / SENTENCE_VECTORS, sentences, dimension, np.float16),
        )

    def flush(self) -> None:
        """Hands what was filled in to the disk."""
        for vectors in (self.passages, self.sentences):
            if isinstance(vectors, np.memmap):
                vectors.flush()


def _create(path: Path, rows: int, dimension: int, kind: Any) -> NDArray[Any]:
    if rows == 0:  # an empty file cannot be mapped
        np.save(path, np.zeros((0, dimension), kind), allow_pickle=False)
        return np.zeros((0, dimension), kind)
    return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=(rows, dimension))
