"""Cutting in a child process: a document on which that hangs or crashes is left out alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Protocol

from qa_service.errors import UnreadableDocument
from qa_service.indexing.passages.cutting import CountTokens, Cut, counting, passages_of
from qa_service.nouns.documents import Document, Passage
from qa_service.reading.isolation.bounded_child import BoundedChild, ChildEnded, nonsense
from qa_service.reading.isolation.wire import to_wire
from qa_service.reading.limits import ReadingLimits

WORKER = "qa_service.indexing.passages.cutting_worker"
"""The module that a child runs."""


class Cutter(Protocol):
    """Cuts documents into passages."""

    def __call__(
        self, document: Document, count_tokens: CountTokens, max_tokens: int, spent: float
    ) -> list[Passage]:
        """The passages of a document, see split_document, on whose file so many seconds were
        `spent` before. Raises UnreadableDocument with the reason why there are none."""
        ...


class CuttingProcess:
    """A child that cuts one document at a time; a new one takes its place where it ended.

    A context manager, on leaving which it is ended. Not for several threads at once.
    """

    def __init__(self, limits: ReadingLimits, worker: str = WORKER) -> None:
        self._total_seconds = limits.total_seconds
        self._child = BoundedChild(limits, worker)

    def __enter__(self) -> CuttingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.close()

    def cut(
        self, document: Document, count_tokens: CountTokens, max_tokens: int, spent: float = 0.0
    ) -> list[Passage]:
        """See Cutter. What reading and cutting take together is bounded for each file.

        Where a child ends that has cut other documents before, a fresh one tries once more.
        """
        last = time.monotonic() + self._total_seconds - spent
        tries = 2 if self._child.has_started else 1
        while True:
            tries -= 1
            try:
                return passages_of(document, self._cuts(document, count_tokens, max_tokens, last))
            except ChildEnded as ended:
                self._child.close()
                if not tries or time.monotonic() >= last:
                    raise UnreadableDocument(str(ended)) from ended
            except BaseException:
                self._child.close()  # it may be in the middle of an answer
                raise

    def _cuts(
        self, document: Document, count_tokens: CountTokens, max_tokens: int, last: float
    ) -> list[Cut]:
        bare = replace(document, word_boxes=b"", facts=(), metadata={})
        self._child.begin(to_wire(bare) | {"max_tokens": max_tokens}, last)
        count_spans = counting(document, count_tokens)
        while "count" in (message := self._child.receive()):
            self._child.send(count_spans(_spans(document, message["count"])))
        if "reason" in message:
            raise ChildEnded(str(message["reason"]))
        return _checked(document, message)


def _spans(document: Document, said: Any) -> list[tuple[int, int]]:
    """Stretches of the text. Raises ChildEnded for anything else."""
    try:
        spans = [(int(start), int(end)) for start, end in said]
    except (ValueError, TypeError) as error:
        raise ChildEnded(nonsense(error)) from error
    if not all(0 <= start <= end <= len(document.text) for start, end in spans):
        raise ChildEnded(nonsense("a part of it lies outside its text"))
    return spans


def _checked(document: Document, message: dict[str, Any]) -> list[Cut]:
    """The cuts of a message, in order and within the text. Raises ChildEnded."""
    try:
        spans = _spans(document, [(start, end) for start, end, _, _ in message["cuts"]])
        inside = [
            (tuple(map(str, path)), tuple(_spans(document, sentences)))
            for _, _, path, sentences in message["cuts"]
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise ChildEnded(nonsense(error)) from error
    cuts = [Cut(*span, *held) for span, held in zip(spans, inside, strict=True)]
    if not all(_holds(cut) for cut in cuts) or not _ascend(cuts):
        raise ChildEnded(nonsense("its passages are in no order"))
    return cuts


def _holds(cut: Cut) -> bool:
    """Whether the sentences of a cut lie in it."""
    return all(cut.start <= start <= end <= cut.end for start, end in cut.sentences)


def _ascend(cuts: Sequence[Cut]) -> bool:
    return all(cut.end <= following.start for cut, following in pairwise(cuts))
