"""An answer service on three small documents, so that the web face is tested by itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from fake_documents import (
    attendance_policy,
    hostile_document,
    inspection_report,
    passages_of,
    summary_of,
)
from fake_understanding import (
    corrected,
    corrections_of,
    is_answered,
    scope_of,
    understood_of,
    why_of,
    words_of,
)

from qa_service.errors import DocumentWithdrawn, InputError, unknown_document
from qa_service.indexing.lookup.short_titles import ShortTitle, short_titles
from qa_service.nouns.answers import (
    Answer,
    AnswerKind,
    Catalogue,
    Citation,
    Completion,
    OtherSource,
    Quote,
    Scope,
    TimelineEntry,
)
from qa_service.nouns.documents import Document, DocumentSummary, Passage
from qa_service.nouns.lookups import Mentions, SearchResult, StatedFact, StatedFacts
from qa_service.nouns.questions import Filters, Question
from qa_service.nouns.results import Hit, IndexInfo, Reason
from qa_service.translation.catalogue import ngettext

INDEX = IndexInfo(build="20240501-test", documents=3, passages=9)
NO_FILTERS = Filters()
QUESTION = "What did inspectors recommend about the quality of teaching?"
MISTYPED = QUESTION.replace("quality", "qualtiy")
ABSENCE = "When must parents report an absence?"
UNANSWERABLE = "Which zebra migrated to Antarctica yesterday?"
NEARLY_ANSWERED = "Did leaders check on teaching when a zebra migrated to Antarctica?"
"""No answer, though a passage holds some of its words."""
SMALL_TALK_HINT = "Hello. Ask something that the documents may say."


class FakeAnswerService:
    """Quotes the paragraph that shares most words with a question.

    `failure` is raised by every method but close; `delay` seconds pass in each answer;
    `exact` are words marked as answering by themselves in a quote that holds them;
    `leading_on` are suggested after an answer. "qualtiy" is the one mistyped word it knows.
    """

    model = "fake-model"

    def __init__(self, failure: Exception | None = None, delay: float = 0.0) -> None:
        self.failure = failure
        self.delay = delay
        self.exact: str | None = None
        self.leading_on: tuple[str, ...] = (ABSENCE,)
        self.withdrawn: str | None = None
        self.questions: list[Question] = []
        self.searches: list[tuple[str, int, Filters]] = []
        self.searches_as_typed: list[str] = []
        self._documents = {
            document.id: document
            for document in (inspection_report(), attendance_policy(), hostile_document())
        }

    def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        asked = replace(question, text=corrected(question.text, question.spelling))
        understood = understood_of(asked)
        return replace(
            self._answer(asked),
            question=question.text,
            standalone_question=understood.text if understood else asked.text,
            understood=understood,
            corrections=corrections_of(question.text) if question.spelling else (),
        )

    def _answer(self, question: Question) -> Answer:
        time.sleep(self.delay)
        self._fail()
        if question.text.lower().startswith("hello"):
            return self._unanswered(question, (), "small_talk", hint=SMALL_TALK_HINT)
        if question.text.lower().startswith("which documents"):
            return self._listing(question)
        if question.compare:
            return self._compared(question)
        scope = scope_of(question.text, self.documents()) if question.scope else None
        within = [question.filters] if scope is None else [question.filters, scope.filters]
        hits = self._hits(question.text, question.limit, within)
        if scope and not is_answered(hits):
            scope = Scope(NO_FILTERS, (), (), lifted=scope.words)
            hits = self._hits(question.text, question.limit, [question.filters])
        if not is_answered(hits):
            return self._unanswered(question, hits, "no_evidence", scope=scope)
        return self._answered(question, hits[:1], hits, scope=scope, suggestions=self.leading_on)

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult:
        self.searches.append((query, limit, filters))
        if not spelling:
            self.searches_as_typed.append(query)
        hits = self._hits(corrected(query, spelling), limit)
        corrections = corrections_of(query) if spelling else ()
        return SearchResult(query, hits, INDEX, 1.25, corrections)

    def mentions(
        self,
        query: str,
        limit: int | None = None,
        cursor: str | None = None,
        filters: Filters = NO_FILTERS,
    ) -> Mentions:
        """Passages that hold the very words; a cursor is a number of places."""
        holding = [
            hit
            for hit in self._hits(query, 100, [filters])
            if query.lower() in hit.passage.text.lower()
        ]
        holding.sort(key=lambda hit: (hit.document.id, hit.passage.start))
        counts = Counter(hit.document.id for hit in holding)
        if cursor is not None and not cursor.isdecimal():
            raise InputError("cursor", "leads nowhere")
        first = int(cursor or 0)
        last = len(holding) if limit is None else first + limit
        cited = enumerate(holding[first:last], start=first + 1)
        following = str(last) if last < len(holding) else None
        return Mentions(
            query, counts, tuple(self._citation(*item) for item in cited), following, INDEX, 1.5
        )

    def facts(self, label: str, limit: int | None = None, cursor: str | None = None) -> StatedFacts:
        """A passage that holds the label states it, with its whole text as the value."""
        found = self.mentions(label, limit, cursor)
        facts = (StatedFact(label, it.quote, "", None, it) for it in found.citations)
        return StatedFacts(label, found.total, tuple(facts), found.cursor, INDEX, 1.5)

    def suggestions(self) -> tuple[str, ...]:
        self._fail()
        return (QUESTION, ABSENCE)

    def complete(self, prefix: str, limit: int) -> tuple[Completion, ...]:
        self._fail()
        documents = self._documents.values()
        titles = (Completion(document.title, "title", document.id) for document in documents)
        known = [Completion(QUESTION, "question"), *titles]
        found = (item for item in known if item.text.lower().startswith(prefix.lower()))
        return tuple(islice(found, limit))

    def documents(self) -> tuple[DocumentSummary, ...]:
        self._fail()
        return tuple(summary_of(document) for document in self._documents.values())

    def places(self) -> dict[str, str]:
        return {"hillside-2023": "Hillside"}

    def short_titles(self) -> dict[str, ShortTitle]:
        return short_titles(self.documents())

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]:
        self._fail()
        if document_id == self.withdrawn:
            raise DocumentWithdrawn("the document was withdrawn from the corpus by 2024-05-01")
        if document_id not in self._documents:
            raise unknown_document(document_id)
        document = self._documents[document_id]
        return summary_of(document), document

    def index_info(self) -> IndexInfo:
        self._fail()
        return INDEX

    def close(self) -> None:
        """Nothing is held."""

    def add(self, document: Document) -> None:
        """Let a test bring its own document."""
        self._documents[document.id] = document

    def _fail(self) -> None:
        if self.failure:
            raise self.failure

    def _hits(self, text: str, limit: int, within: Sequence[Filters] = ()) -> tuple[Hit, ...]:
        self._fail()
        asked = words_of(text)
        scored = [
            (len(asked & words_of(passage.text)) / max(len(asked), 1), passage, document)
            for document in self._documents.values()
            if all(filters.admits(summary_of(document)) for filters in within)
            for passage in passages_of(document)
        ]
        scored.sort(key=lambda entry: -entry[0])
        return tuple(
            Hit(
                passage,
                summary_of(document),
                rank,
                score,
                rank,
                rank if score else None,
                why=why_of(asked, passage),
            )
            for rank, (score, passage, document) in enumerate(scored[:limit], start=1)
        )

    def _compared(self, question: Question) -> Answer:
        """The best passage of each dated document, oldest first."""
        dated = sorted((d for d in self.documents() if d.date), key=lambda d: d.date or "")
        within = [Filters(document_ids=(document.id,)) for document in dated]
        found = [self._hits(question.text, 1, [question.filters, only]) for only in within]
        quoted = [hits[0] for hits in found if is_answered(hits)]
        numbers = {hit.document.id: number for number, hit in enumerate(quoted, start=1)}
        timeline = tuple(TimelineEntry(entry, numbers.get(entry.id)) for entry in dated)
        if not quoted:
            return self._unanswered(question, (), "no_evidence", timeline=timeline)
        answer = self._answered(question, quoted, quoted, timeline=timeline)
        return replace(answer, kind="comparison")

    def _answered(
        self, question: Question, quoted: Sequence[Hit], hits: Sequence[Hit], **others: Any
    ) -> Answer:
        citations = tuple(self._citation(*numbered) for numbered in enumerate(quoted, start=1))
        return Answer(
            "quotes",
            question.text,
            question.text,
            0.92,
            None,
            tuple(Quote(citation.quote, citation.number) for citation in citations),
            citations,
            tuple(hits),
            INDEX,
            12.5,
            **others,
        )

    def _citation(self, number: int, hit: Hit) -> Citation:
        passage = hit.passage
        return Citation(
            number=number,
            passage_id=passage.id,
            document=hit.document,
            heading_path=passage.heading_path,
            page=passage.page,
            quote=passage.text,
            start=passage.start,
            end=passage.end,
            source_text=self._documents[passage.document_id].text,
            exact=self._exact_place(passage),
            why=hit.why,
            also_in=self._also_in(passage),
        )

    def _also_in(self, passage: Passage) -> tuple[OtherSource, ...]:
        """Other documents that hold the same words."""
        holders = [d for d in self._documents.values() if passage.text in d.text]
        places = [(d, d.text.index(passage.text)) for d in holders if d.id != passage.document_id]
        return tuple(OtherSource(summary_of(d), at, at + len(passage.text)) for d, at in places)

    def _listing(self, question: Question) -> Answer:
        """As the real service does, the sentence stands in the hint too."""
        listed = self.documents()
        texts = ("There is %(number)s document", "There are %(number)s documents")
        text = f"{ngettext(*texts, len(listed))}."
        catalogue = Catalogue(text, listed[:3], len(listed))
        asked = (question.text, question.text)
        found: tuple[Any, ...] = (0.0, None, (), (), (), INDEX, 3.0)
        return Answer("documents", *asked, *found, hint=text, catalogue=catalogue)

    def _exact_place(self, passage: Passage) -> tuple[int, int] | None:
        if not self.exact or self.exact not in passage.text:
            return None
        start = passage.start + passage.text.index(self.exact)
        return start, start + len(self.exact)

    def _unanswered(
        self, question: Question, hits: tuple[Hit, ...], reason: Reason, **others: Any
    ) -> Answer:
        kind: AnswerKind = "small_talk" if reason == "small_talk" else "declined"
        asked = (question.text, question.text)
        return Answer(kind, *asked, 0.12, reason, (), (), hits, INDEX, 3.0, **others)
