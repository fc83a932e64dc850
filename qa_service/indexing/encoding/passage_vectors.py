"""Passages -> vectors, taking over those of passages that an earlier build already encoded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.encoding.journal import VectorJournal, VectorPair
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.store_writing import Stretch
from qa_service.indexing.passages.cutting import search_context
from qa_service.nouns.documents import Document, DocumentSummary, Passage, Span

_WINDOW = 128
"""Passages encoded at a time; bounds what is held in memory."""


@dataclass(frozen=True, slots=True)
class KeyedPassage:
    """A passage, its searched text with the places of its sentences, and the key of these."""

    passage: Passage
    text: str
    spans: list[Span]
    key: bytes


@dataclass(frozen=True, slots=True)
class BatchVectors:
    """Vectors of passages in their order, of all their sentences, and how many were encoded."""

    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]
    encoded: int


def keyed(document: Document | DocumentSummary, passage: Passage) -> KeyedPassage:
    """A passage with the sha256 of all that its vectors depend on besides the model."""
    context = search_context(document, passage.heading_path)
    shift = len(context) - passage.start
    spans = [(start + shift, end + shift) for start, end in passage.sentences]
    text = context + passage.text
    key = hashlib.sha256(json.dumps([text, spans]).encode()).digest()
    return KeyedPassage(passage, text, spans, key)


class EncodingStopped(Exception):
    """The build has ended before its time."""


class PassageEncoder:
    """Gives passages their vectors: copied from the build in use or the journal of one that was
    not finished, where they have them, else made by the model."""

    def __init__(
        self,
        embedder: Embedder,
        old: FolderBuild | None,
        journal: VectorJournal | None,
        at_once: int = 1,
    ) -> None:
        """`old` and `journal` must be of the embedder's fingerprint; so many windows of a batch
        are encoded at the same time."""
        self._embedder = embedder
        self._old = old
        self._journal = journal
        self._at_once = at_once
        self._is_stopped = False

    def stop(self) -> None:
        """Has what is being encoded, by another thread, end soon; its result is wanted no more."""
        self._is_stopped = True

    def vectors(self, batch: Sequence[KeyedPassage | Stretch]) -> BatchVectors:
        """The vectors of passages, and of stretches of `old`, in order.

        Raises EncodingStopped after `stop`.
        """
        new = {item.key: item for item in batch if isinstance(item, KeyedPassage)}
        found = self._taken_over(new)
        missing = sorted(new.keys() - found.keys(), key=lambda key: (len(new[key].text), key))
        windows = [missing[at : at + _WINDOW] for at in range(0, len(missing), _WINDOW)]
        with ThreadPoolExecutor(self._at_once, "window") as threads:
            for pairs in threads.map(partial(self._encoded, new), windows):
                found |= pairs
        empty, encoded = np.zeros((0, self._embedder.dimension), np.float32), set(missing)
        parts = [
            self._copied(item) if isinstance(item, Stretch) else found[item.key] for item in batch
        ]
        return BatchVectors(
            np.concatenate([empty, *(np.atleast_2d(vectors) for vectors, _ in parts)]),
            np.concatenate([empty, *(sentences for _, sentences in parts)]),
            sum(isinstance(item, KeyedPassage) and item.key in encoded for item in batch),
        )

    def _taken_over(self, new: Mapping[bytes, KeyedPassage]) -> dict[bytes, VectorPair]:
        """The vectors of passages that the earlier build or the journal knows, by their keys."""
        found = self._journal.find(new) if self._journal else {}
        found = {key: pair for key, pair in found.items() if self._fits(new[key], pair)}
        if self._old is None:
            return found
        vectors = self._old.vectors
        for key, (row, first) in self._old.store.keyed_vectors(new).items():
            sentences = vectors.sentences[first : first + len(new[key].spans)]
            found[key] = (vectors.passages[row], np.asarray(sentences))
        return found

    def _fits(self, item: KeyedPassage, pair: VectorPair) -> bool:
        """Whether vectors are of the model's width, and as many as the passage has sentences."""
        width, (passage, sentences) = self._embedder.dimension, pair
        return passage.shape == (width,) and sentences.shape == (len(item.spans), width)

    def _copied(self, stretch: Stretch) -> VectorPair:
        """The vectors of a stretch of the earlier build."""
        assert self._old is not None
        first, sentence = stretch.first_row, stretch.first_sentence
        return (
            self._old.vectors.passages[first : first + stretch.passages],
            self._old.vectors.sentences[sentence : sentence + stretch.sentences],
        )

    def _encoded(
        self, new: Mapping[bytes, KeyedPassage], keys: Sequence[bytes]
    ) -> dict[bytes, VectorPair]:
        """The vectors of a window, kept for a build that goes on where this one ends."""
        if self._is_stopped:
            raise EncodingStopped
        items = [new[key] for key in keys]
        vectors = self._embedder.encode_passages(
            [item.text for item in items], [item.spans for item in items]
        )
        pairs = list(zip(vectors.vectors, vectors.sentences, strict=True))
        if self._journal:
            self._journal.add(keys, pairs)
        return dict(zip(keys, pairs, strict=True))
