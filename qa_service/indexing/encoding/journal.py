"""Vectors of a build that is not finished, on disk as soon as they are made.

A build that ends before its time, however it does, leaves them to the next one.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from qa_service.disk.whole_files import sync

VectorPair = tuple[NDArray[np.float32], NDArray[np.floating]]
"""The (dimension,) vector of a passage, and the (sentences, dimension) ones of its sentences."""

_KEY_BYTES = 32
_DAMAGED = (
    *(OSError, ValueError, KeyError, IndexError, EOFError, TypeError, MemoryError, OverflowError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What reading a file whose bytes have changed may raise."""


class VectorJournal:
    """Vectors of passages by the keys that `encoding.keyed` gives them. For many threads."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Those that `folder` holds of another model than that of the fingerprint are removed."""
        self._all = folder
        self._folder = folder / fingerprint[:32]
        for other in folder.glob("*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        self._places: dict[bytes, tuple[Path, int]] = {}
        for path in sorted(self._folder.glob("*.npz")):
            self._note(path)
        self._reading = Lock()
        self._loaded: tuple[Path, list[VectorPair]] | None = None

    def find(self, keys: Iterable[bytes]) -> dict[bytes, VectorPair]:
        """Of these keys, each known one with its vectors, but those in a file that is damaged."""
        with self._reading:
            return self._found({key: self._places[key] for key in keys if key in self._places})

    def _found(self, known: Mapping[bytes, tuple[Path, int]]) -> dict[bytes, VectorPair]:
        found: dict[bytes, VectorPair] = {}
        for key, (path, number) in sorted(known.items(), key=lambda pair: pair[1]):
            try:
                found[key] = self._pairs(path)[number]
            except _DAMAGED:
                del self._places[key]
        return found

    def add(self, keys: Sequence[bytes], pairs: Sequence[VectorPair]) -> None:
        """Keeps the vectors of some passages, safely on the disk when it returns."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{uuid4().hex}.npz"
        unfinished = path.with_suffix(".partial")
        with unfinished.open("wb") as file:
            np.savez(
                file,
                keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _KEY_BYTES),
                passages=np.stack([vector for vector, _ in pairs]),
                sentences=np.concatenate([rows for _, rows in pairs]).astype(np.float16),
                counts=np.array([len(rows) for _, rows in pairs]),
            )
        sync(unfinished)
        unfinished.replace(path)
        sync(self._folder)

    def remove(self) -> None:
        """Forgets everything: the build is finished."""
        shutil.rmtree(self._all, ignore_errors=True)

    def _note(self, path: Path) -> None:
        """Looks through a file of an earlier build; one that cannot be read is passed over."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                _require_shapes(arrays)
                keys = [bytes(key) for key in arrays["keys"]]
        except _DAMAGED:
            return
        self._places |= {key: (path, number) for number, key in enumerate(keys)}

    def _pairs(self, path: Path) -> list[VectorPair]:
        """The vectors of a file, of which the last one asked for is kept."""
        if self._loaded is None or self._loaded[0] != path:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                ends = np.cumsum(arrays["counts"])[:-1]
                sentences = np.split(arrays["sentences"], ends)
                self._loaded = path, list(zip(arrays["passages"], sentences, strict=True))
        return self._loaded[1]


def _require_shapes(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raises ValueError where the arrays of a file do not belong together."""
    keys, passages = arrays["keys"], arrays["passages"]
    sentences, counts = arrays["sentences"], arrays["counts"]
    rows = len(keys)
    if (
        keys.shape != (rows, _KEY_BYTES)
        or keys.dtype != np.uint8
        or passages.ndim != 2
        or len(passages) != rows
        or counts.shape != (rows,)
        or counts.dtype.kind not in "iu"
        or (counts < 0).any()
        or sentences.shape != (int(counts.sum()), passages.shape[1])
        or not (np.isfinite(passages).all() and np.isfinite(sentences).all())
    ):
        raise ValueError("its arrays do not belong together")
