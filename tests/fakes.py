"""What the rooms need to run without a model: an embedder of word hashes, and small documents."""

from __future__ import annotations

import hashlib
import re
import sys
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from no_children import CutsHere
from numpy.typing import NDArray

from qa_service.answering.evidence.passage_reader import (
    ListReading,
    PassageReading,
    PassageText,
)
from qa_service.answering.ranking import retrieval
from qa_service.answering.ranking.retrieval import Query
from qa_service.indexing.building.build import BuildReport, build_index
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedding import EncodedPassages
from qa_service.indexing.passages import bounded_cutting
from qa_service.nouns.answers import Answer, Citation, OtherSource, Quote
from qa_service.nouns.documents import (
    Document,
    DocumentSummary,
    Heading,
    Page,
    Passage,
    SkippedFile,
    Span,
)
from qa_service.nouns.results import Hit, IndexInfo
from qa_service.reading import ReadingLimits
from qa_service.stems import terms
from qa_service.understanding.kinds import expectation_of

DIMENSION = 64


class FakeEmbedder:
    """Texts that share word stems lie near each other; counts what it is asked to encode."""

    def __init__(self, name: str = "fake", *, max_tokens: int = 256) -> None:
        self.name = name
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.dimension = DIMENSION
        self.max_tokens = max_tokens
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        self.encoded.extend(texts)
        parts = [
            np.stack([hashed(text[start:end]) for start, end in spans])
            for text, spans in zip(texts, sentences, strict=True)
        ]
        return EncodedPassages(np.stack([hashed(text) for text in texts]), tuple(parts))

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return hashed(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


class FailingEmbedder(FakeEmbedder):
    """Counts tokens, and then cannot encode: a model that runs out of memory."""

    def encode_passages(self, *_: object) -> EncodedPassages:
        raise RuntimeError("out of memory")


class EndlessEmbedder(FakeEmbedder):
    """Encodes nothing, for ever, and says when it begins."""

    def encode_passages(self, *_: object) -> None:
        sys.stdout.write("encoding\n")
        sys.stdout.flush()
        while True:
            time.sleep(60)


class FakeReader:
    """Finds that a passage answers by the question's stems in its sentences; marks one word.

    A sentence is as likely as the share of the stems that it holds; a passage weighs as its
    best sentence, and "none" as what that lacks. The word is the first number of the best
    sentence or, without one, the first with a capital inside it.
    """

    fingerprint = "f" * 64

    def __init__(self, certainty: float = 0.9) -> None:
        self.certainty = certainty
        self.read_passages: list[PassageText] = []
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[PassageText], *_: float) -> ListReading:
        self.asked.append(question)
        self.read_passages.extend(passages)
        wanted = set(terms(question))
        readings = [self._reading(wanted, passage) for passage in passages]
        none = 1 - max((reading.relevance for reading in readings), default=0.0)
        total = sum(reading.relevance for reading in readings) or 1.0
        shares = [(1 - none) * reading.relevance / total for reading in readings]
        return ListReading(
            tuple(
                replace(reading, probability=share)
                for reading, share in zip(readings, shares, strict=True)
            ),
            none,
        )

    def _reading(self, wanted: set[str], passage: PassageText) -> PassageReading:
        said = [
            len(wanted & set(terms(passage.text[start:end]))) / max(1, len(wanted))
            for start, end in passage.sentences
        ]
        best = max(said, default=0.0)
        start, end = passage.sentences[said.index(best)] if said else (0, 0)
        text = passage.text[start:end]
        word = re.search(r"\b\d+\b", text) or re.search(r"(?<=\s)[A-Z]\w*", text)
        exact = (start + word.start(), start + word.end()) if word else None
        return PassageReading(0.0, best, tuple(said), exact, self.certainty if word else 0.0)


class FakeProgress:
    """Remembers each stage with its expected total and the steps that were told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.steps: dict[str, int] = {}
        self.finished: list[str] = []

    def start(self, stage: str, total: int | None) -> None:
        self.stages.append((stage, total))
        self.steps[stage] = 0

    def advance(self, steps: int = 1) -> None:
        self.steps[self.stages[-1][0]] += steps

    def finish(self) -> None:
        self.finished.append(self.stages[-1][0])


def hashed(text: str) -> NDArray[np.float32]:
    """The stems of `text` counted in 64 buckets, as a vector of length 1."""
    vector = np.zeros(DIMENSION, np.float32)
    for stem in terms(text) or [text]:
        vector[zlib.crc32(stem.encode()) % DIMENSION] += 1
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def make_document(
    text: str,
    name: str = "report",
    *,
    title: str = "",
    date: str | None = None,
    collection: str = "default",
    headings: Sequence[tuple[int, str]] = (),
    page_lengths: Sequence[int] = (),
    metadata: dict[str, str] | None = None,
    boxes: bytes = b"",
) -> Document:
    """A document of `text`. `headings` are (level, line) that stand in it in this order."""
    return Document(
        id=name,
        version=hashlib.sha256(text.encode()).hexdigest(),
        title=title or name.title(),
        source=f"{name}.txt",
        date=date,
        text=text,
        collection=collection,
        pages=tuple(_pages(page_lengths, len(text))),
        headings=tuple(_headings(text, headings)),
        metadata=metadata or {},
        word_boxes=boxes,
    )


def make_passage(text: str, row: int = 0, document_id: str = "report") -> Passage:
    """A passage that is a document of its own, and one sentence."""
    return Passage(
        id=f"passage-{row}",
        row=row,
        document_id=document_id,
        heading_path=(),
        text=text,
        start=0,
        end=len(text),
        page=None,
        sentences=((0, len(text)),),
    )


def make_summary(name: str = "report", date: str | None = None) -> DocumentSummary:
    """A document of one passage without its text."""
    return DocumentSummary(
        id=name,
        version="0" * 64,
        title=name.title(),
        source=f"{name}.txt",
        date=date,
        collection="default",
        pages=None,
        passages=1,
    )


def make_hit(passage: Passage, score: float = 0.5, *, date: str | None = None) -> Hit:
    """A hit that both sides ranked first."""
    document = make_summary(passage.document_id, date)
    return Hit(passage, document, rank=1, score=score, dense_rank=1, keyword_rank=1)


def make_answer(**members: object) -> Answer:
    """An answer that quotes the one sentence of the document "report", and all that is named."""
    text, document = "The library opens at nine.", make_summary(date="2016-02")
    other = (OtherSource(make_summary("notice"), 0, 9),)
    place = (document, ("Times",), None, text, 0, len(text))
    citation = Citation(1, "passage-0", *place, source_text=text, exact=(18, 25), also_in=other)
    answer = Answer(
        kind="quotes",
        question="When does it open?",
        standalone_question="When does the library open?",
        confidence=0.9,
        reason=None,
        quotes=(Quote(text, 1),),
        citations=(citation,),
        hits=(make_hit(make_passage(text)),),
        index=IndexInfo("build", 2, 2),
        took_ms=1.5,
    )
    return replace(answer, **members)


def built_index(
    sources: Iterable[Document | SkippedFile],
    index_dir: Path,
    embedder: FakeEmbedder | None = None,
) -> BuildReport:
    """Builds an index on the fake embedder and makes it the one in use."""
    return build_here(sources, index_dir, embedder or FakeEmbedder())


def build_here(*given: Any, **options: Any) -> BuildReport:
    """build_index, but that documents are cut in this process: no child has to start."""
    with mock.patch.object(bounded_cutting, "CuttingProcess", CutsHere):
        return build_index(*given, BuildOptions(**options))


def items_of(folder: Path) -> list[Document | SkippedFile]:
    """All that is read in the files of a folder."""
    files = read_corpus([("", folder)], ReadingLimits())
    return [item for file in files for item in file.items]


def make_query(text: str) -> Query:
    """A question as the indexes take it."""
    return retrieval.make_query(text, FakeEmbedder(), expectation_of(text))


def _pages(lengths: Sequence[int], total: int) -> Iterable[Page]:
    start = 0
    for number, length in enumerate(lengths, start=1):
        end = total if number == len(lengths) else start + length
        yield Page(number, start, end)
        start = end


def _headings(text: str, lines: Sequence[tuple[int, str]]) -> Iterable[Heading]:
    last = 0
    for level, line in lines:
        last = text.index(line, last)
        yield Heading(level, line, last, last + len(line))
        last += len(line)
