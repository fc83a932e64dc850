"""What is asked of a worker and what it makes, as bytes. None of it is code."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from qa_service.errors import BuildFailed
from qa_service.indexing.encoding.embedding import EncodedPassages
from qa_service.nouns.documents import Document, SkippedFile, Span
from qa_service.reading.isolation.wire import from_wire, spent_from_wire, to_wire
from qa_service.reading.timing import Spent

Reading = tuple[list[Document | SkippedFile], Spent]


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A file that is to be read: its path below the folder of its collection, what it is called,
    and the sha256 of its bytes, in hex. `address` and `mark` are those of a mirror's entry, empty
    where it lies in a folder."""

    path: str
    name: str
    collection: str
    version: str
    address: str = ""
    mark: str = ""


def asked_file(file: OriginalFile) -> bytes:
    """A file as bytes."""
    return json.dumps(asdict(file), sort_keys=True).encode()


def file_asked(asked: bytes) -> OriginalFile:
    """What `asked_file` was given."""
    return OriginalFile(**json.loads(asked))


def told_reading(reading: Reading) -> bytes:
    """What was read in a file, as bytes."""
    items, spent = reading
    return json.dumps({"items": [to_wire(item) for item in items], "spent": spent}).encode()


def told_problem(problem: str) -> bytes:
    """Why a file could not be had."""
    return json.dumps({"problem": problem}).encode()


def reading_told(made: bytes) -> Reading | None:
    """What a file was read as; None where it could not be had. Raises BuildFailed for anything
    else than what these functions make."""
    try:
        told: Mapping[str, Any] = json.loads(made)
        if "problem" in told:
            return None
        return [from_wire(item) for item in told["items"]], spent_from_wire(told["spent"])
    except (ValueError, TypeError, KeyError) as error:
        raise BuildFailed(f"a worker read a file as nonsense ({error}); build again") from error


def asked_passages(texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> bytes:
    """Texts and the places of their sentences, as bytes."""
    return json.dumps([list(texts), [list(each) for each in spans]]).encode()


def passages_asked(asked: bytes) -> tuple[list[str], list[list[Span]]]:
    """What `asked_passages` was given."""
    texts, spans = json.loads(asked)
    return texts, [[(start, end) for start, end in each] for each in spans]


def told_vectors(encoded: EncodedPassages) -> bytes:
    """Vectors as bytes: those of sentences as they are stored, in 16 bits."""
    sentences = np.concatenate([encoded.vectors[:0], *encoded.sentences]).astype(np.float16)
    with io.BytesIO() as file:
        np.savez(file, passages=encoded.vectors, sentences=sentences)
        return file.getvalue()


def vectors_told(made: bytes, counts: Sequence[int], dimension: int) -> EncodedPassages:
    """The vectors of passages with so many sentences each. Raises BuildFailed where they are not
    as many, or of another width."""
    try:
        with np.load(io.BytesIO(made), allow_pickle=False) as arrays:
            passages, sentences = arrays["passages"], arrays["sentences"].astype(np.float32)
        if passages.shape != (len(counts), dimension) or passages.dtype != np.float32:
            raise ValueError("they are of another shape")
        if sentences.shape != (sum(counts), dimension):
            raise ValueError("those of sentences are of another shape")
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise BuildFailed(f"a worker gave no vectors ({error}); build again") from error
    ends = np.cumsum(counts, dtype=int)[:-1]
    return EncodedPassages(passages, tuple(np.split(sentences, ends)))
