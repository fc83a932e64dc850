"""The passages that the service would read for a question, marked with what answers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from squeezing import Squeezed, squeeze

from qa_service.answering.evidence.passage_reader import ListReading, PassageReading, PassageText
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import make_query
from qa_service.answering.resolving.opening import open_term_classifier
from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages.cutting import search_context
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.nouns.questions import NO_FILTERS, Filters, Question, Turn
from qa_service.understanding.kinds import expectation_of

HITS, BEYOND_SCOPE = 10, 3
HALF = 0.5
"""Of a sentence, or of a quote: from there on a sentence belongs to the answer."""

Record = dict[str, Any]
Stretch = tuple[str, int, int]
"""Document id, start and end."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What answers a question (`quotes`, and the `exact` words in them) and what misleads."""

    quotes: list[Stretch]
    exact: list[Stretch]
    near: list[Stretch]
    letters: list[str]


class NotingReader:
    """Takes no passage for an answer, and notes which it was asked to read."""

    fingerprint = ""

    def __init__(self) -> None:
        self.question = ""
        self.noted: list[str] = []

    def read(self, question: str, passages: Sequence[PassageText], *_: float) -> ListReading:
        """See PassageReader."""
        self.question = question
        self.noted += [passage.text for passage in passages]
        unlikely = tuple(
            PassageReading(0.0, 0.0, (HALF,) * len(passage.sentences), None, 0.0)
            for passage in passages
        )
        return ListReading(unlikely, 1.0)


class Miner:
    """One build, asked as the service asks it."""

    def __init__(self, index: Path, embedder: Any, settings: Settings) -> None:
        self._opened = open_folder(current_build(index))
        self._embedder = embedder
        self._settings = replace(settings, index_dir=index)
        self._reader = NotingReader()
        self._service = AnswerService(
            self._settings, embedder, self._reader, open_term_classifier(self._settings)
        )
        self._ids: dict[str, str] = {}
        for summary in self._opened.catalogue:
            for place in {summary.source, *summary.sources, summary.id}:
                self._ids[place.rsplit("/", 1)[-1]] = summary.id
        self.squeezed = lru_cache(maxsize=200)(self._squeezed)

    def holds(self, file: str) -> bool:
        return self._name(file) in self._ids

    def stretches(self, file: str, page: int | None, text: str) -> list[Stretch]:
        """Where a text stands in a file, on that page if it does there."""
        name = self._ids[self._name(file)]
        document, squeezed = self._opened.store.document(name), self.squeezed(name)
        spans = list(squeezed.spans_of(text))
        if not spans and (row := squeezed.row_of(text, document.text)):
            spans = [squeezed.span(*row)]
        pages = {each.number: each for each in document.pages}
        if page in pages:
            found = pages[page]
            spans = [each for each in spans if found.start <= each[0] < found.end] or spans
        return [(name, *span) for span in spans]

    def mine(
        self,
        record: Record,
        truth: Truth,
        filters: Filters = NO_FILTERS,
        history: tuple[Turn, ...] = (),
    ) -> Record:
        """The record with its candidates, and what they lack; its `q` is what the service's
        reader is asked."""
        question = Question(record["q"], history=history, limit=HITS, filters=filters)
        candidates = [self._candidate(*found, truth) for found in self._found(question)]
        record = record | {"q": self._reader.question or record["q"]}
        for each in candidates:
            letters = squeeze(each["text"]) if not any(each["labels"]) else ""
            if any(part in letters for part in truth.letters):
                each["ignore"] = True
        known = {each["row"] for each in candidates}
        more = [
            made
            for name, start, end in (*truth.quotes, *truth.near)
            for passage in self._passages(name)
            if passage.start < end and start < passage.end and passage.row not in known
            for made in [self._candidate(passage, self._opened.store.summary(name), truth)]
            if any(made["labels"]) or made.get("near")
        ]
        unique = {each["row"]: each for each in more}
        return record | {"candidates": candidates, "more": list(unique.values())}

    def _name(self, file: str) -> str:
        return file.rsplit(":", 1)[-1].rsplit("/", 1)[-1]

    def _squeezed(self, document_id: str) -> Squeezed:
        return Squeezed(self._opened.store.document(document_id).text)

    def _passages(self, document_id: str) -> list[Passage]:
        store = self._opened.store
        return store.passages(store.rows_within(Filters(document_ids=(document_id,))))

    def _found(self, question: Question) -> Iterator[tuple[Passage, DocumentSummary]]:
        self._reader.question, self._reader.noted = "", []
        answer = self._service.ask(question)
        typed = self._reader.question or question.text
        query = make_query(typed, self._embedder, expectation_of(typed))
        plain = rank(self._opened, query, HITS, question.filters, self._settings)
        found = {hit.passage.text: hit for hit in (*answer.hits, *plain) if not hit.folded_into}
        first = [found[text] for text in dict.fromkeys(self._reader.noted) if text in found]
        rows = {hit.passage.row for hit in first}
        others = [hit for hit in plain if not hit.folded_into and hit.passage.row not in rows]
        for hit in [*first, *others[:BEYOND_SCOPE]]:
            yield hit.passage, hit.document

    def _candidate(self, passage: Passage, document: DocumentSummary, truth: Truth) -> Record:
        quotes = [span for span in truth.quotes if span[0] == document.id]
        squeezed = self.squeezed(document.id) if quotes else None
        labels = [
            int(any(belongs(squeezed, sentence, quote[1:]) for quote in quotes))
            for sentence in passage.sentences
        ]
        start, end = passage.start, passage.end
        found: Record = {
            "row": passage.row,
            "document": document.id,
            "head": search_context(document, passage.heading_path),
            "text": passage.text,
            "sentences": [[first - start, last - start] for first, last in passage.sentences],
            "labels": labels,
        }
        exact = [e for e in truth.exact if e[0] == document.id and start <= e[1] and e[2] <= end]
        if any(labels) and exact:
            found["exact"] = [exact[0][1] - start, exact[0][2] - start]
        if any(n[0] == document.id and n[1] < end and start < n[2] for n in truth.near):
            found["near"] = True
        return found


def belongs(squeezed: Squeezed, sentence: tuple[int, int], quote: tuple[int, int]) -> bool:
    """Whether half of a sentence is quoted, or half of the quote stands in it."""
    low, high = max(sentence[0], quote[0]), min(sentence[1], quote[1])
    if low >= high:
        return False
    shared = squeezed.count(low, high)
    least = min(squeezed.count(*sentence), squeezed.count(*quote))
    return shared > 0 and shared >= HALF * least
