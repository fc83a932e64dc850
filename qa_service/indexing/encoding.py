"""Passages -> vectors, taking over those of passages that an earlier build already encoded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.embedding import Embedder
from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.passages import search_context
from qa_service.indexing.sentences import Span
from qa_service.schema import Document, DocumentSummary, Passage

_WINDOW = 64
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


def batch_vectors(
    batch: Sequence[KeyedPassage], embedder: Embedder, old: OpenedBuild | None
) -> BatchVectors:
    """The vectors of passages: those of `old` where it has them, else made by the model."""
    found = _taken_over(batch, old)
    missing = sorted(
        (place for place in range(len(batch)) if place not in found),
        key=lambda place: len(batch[place].text),
    )
    for first in range(0, len(missing), _WINDOW):
        places = missing[first : first + _WINDOW]
        found |= zip(places, _encoded([batch[place] for place in places], embedder), strict=True)
    pairs = [found[place] for place in range(len(batch))]
    empty = np.zeros((0, embedder.dimension), np.float32)
    return BatchVectors(
        np.stack([vector for vector, _ in pairs]) if pairs else empty,
        np.concatenate([empty, *(sentences for _, sentences in pairs)]),
        len(missing),
    )


_Pair = tuple[NDArray[np.float32], NDArray[np.float32]]


def _taken_over(batch: Sequence[KeyedPassage], old: OpenedBuild | None) -> dict[int, _Pair]:
    """Place in the batch -> vectors, for passages whose key the earlier build knows."""
    if old is None:
        return {}
    known = old.store.keyed_vectors(item.key for item in batch)
    found: dict[int, _Pair] = {}
    for place, item in enumerate(batch):
        if item.key in known:
            row, first = known[item.key]
            sentences = old.vectors.sentences[first : first + len(item.spans)]
            found[place] = (old.vectors.passages[row], np.asarray(sentences, np.float32))
    return found


def _encoded(items: Sequence[KeyedPassage], embedder: Embedder) -> list[_Pair]:
    vectors = embedder.encode_passages(
        [item.text for item in items], [item.spans for item in items]
    )
    return list(zip(vectors.vectors, vectors.sentences, strict=True))
