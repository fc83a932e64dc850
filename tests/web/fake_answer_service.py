"""An answer service on three small documents, so that the web face is tested by itself."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice

from qa_service.answers import Answer, Citation, Completion, Correction, Quote, SearchResult
from qa_service.errors import DocumentNotFound, DocumentWithdrawn
from qa_service.schema import (
    Document,
    DocumentSummary,
    Filters,
    Heading,
    Hit,
    IndexInfo,
    Page,
    Passage,
    Question,
    Why,
)

WORD = re.compile(r"\w{4,}")
INDEX = IndexInfo(build="20240501-test", documents=3, passages=9)
NO_FILTERS = Filters()
QUESTION = "What did inspectors recommend about the quality of teaching?"
MISTYPED = QUESTION.replace("quality", "qualtiy")
UNANSWERABLE = "Which zebra migrated to Antarctica yesterday?"
SMALL_TALK_HINT = "Hello. Ask something that the documents may say."
INSPECTION_TEXT = """\
Hillside Primary School: inspection report

Quality of education

Pupils enjoy learning to read. Staff check the sounds that pupils know
and give extra help to those who fall behind.

Leadership and management

Inspectors recommend that leaders check the quality of teaching more often.
Leaders should make sure that assessment is used well in every subject.

Governors know the school well.

Safeguarding

The arrangements for safeguarding are effective. Staff report concerns quickly."""
POLICY_TEXT = """\
Attendance policy

Parents must report an absence before nine o'clock on the first day.

The council may issue a penalty notice after ten sessions of unauthorised absence."""
HOSTILE_TEXT = """\
<script>alert("text")</script>

The <b>playground</b> & "canteen" were repaired in 2016. <img src=x onerror=alert(1)>"""


def headings_of(text: str, *titles: str) -> tuple[Heading, ...]:
    """Headings where the titles first stand; the first is of level 1, the rest of level 2."""
    starts = [text.index(title) for title in titles]
    return tuple(
        Heading(1 if start == 0 else 2, title, start, start + len(title))
        for title, start in zip(titles, starts, strict=True)
    )


def inspection_report() -> Document:
    """A paged document; the second page begins inside the part about leadership."""
    turn = INSPECTION_TEXT.index("Governors know")
    return Document(
        id="hillside-2023",
        version="a" * 64,
        title="Hillside Primary School: inspection report",
        source="reports/hillside.pdf",
        date="2023-05-24",
        text=INSPECTION_TEXT,
        pages=(Page(1, 0, turn), Page(2, turn, len(INSPECTION_TEXT))),
        headings=headings_of(
            INSPECTION_TEXT,
            "Hillside Primary School: inspection report",
            "Quality of education",
            "Leadership and management",
            "Safeguarding",
        ),
    )


def attendance_policy() -> Document:
    """A document whose id has a slash and whose date is a month."""
    return Document(
        id="policies/attendance",
        version="b" * 64,
        title="Attendance policy",
        source="policies/attendance.md",
        date="2016-02",
        text=POLICY_TEXT,
        headings=headings_of(POLICY_TEXT, "Attendance policy"),
    )


def hostile_document() -> Document:
    """A document that tries to be markup, without a date."""
    return Document(
        id="hostile",
        version="c" * 64,
        title='<script>alert("title")</script>',
        source="news/<hostile>.html",
        date=None,
        text=HOSTILE_TEXT,
    )


class FakeAnswerService:
    """Quotes the paragraph that shares most words with a question.

    `failure` is raised by every method but close; `delay` seconds pass in each answer;
    `exact` are words marked as answering by themselves in a quote that holds them. "qualtiy"
    is the one mistyped word it knows.
    """

    model = "fake-model"

    def __init__(self, failure: Exception | None = None, delay: float = 0.0) -> None:
        self.failure = failure
        self.delay = delay
        self.exact: str | None = None
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
        answer = self._answer(asked)
        corrections = corrections_of(question.text) if question.spelling else ()
        return replace(answer, question=question.text, corrections=corrections)

    def _answer(self, question: Question) -> Answer:
        hits = self._hits(question.text, question.limit)
        time.sleep(self.delay)
        if question.text.lower().startswith("hello"):
            return self._unanswered(question, (), "small_talk", SMALL_TALK_HINT)
        if not hits or hits[0].score < 0.5:
            return self._unanswered(question, hits, "no_evidence", None)
        return self._answered(question, hits)

    def search(
        self, query: str, limit: int, filters: Filters = NO_FILTERS, spelling: bool = True
    ) -> SearchResult:
        self.searches.append((query, limit, filters))
        if not spelling:
            self.searches_as_typed.append(query)
        hits = self._hits(corrected(query, spelling), limit)
        corrections = corrections_of(query) if spelling else ()
        return SearchResult(query, hits, INDEX, 1.25, corrections)

    def suggestions(self) -> tuple[str, ...]:
        self._fail()
        return (QUESTION,)

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

    def document(self, document_id: str) -> tuple[DocumentSummary, Document]:
        self._fail()
        if document_id == self.withdrawn:
            raise DocumentWithdrawn("the document was withdrawn from the corpus by 2024-05-01")
        if document_id not in self._documents:
            raise DocumentNotFound(f"no document {document_id!r}; /documents lists them all")
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

    def _hits(self, text: str, limit: int) -> tuple[Hit, ...]:
        self._fail()
        asked = words_of(text)
        scored = [
            (len(asked & words_of(passage.text)) / max(len(asked), 1), passage, document)
            for document in self._documents.values()
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

    def _answered(self, question: Question, hits: tuple[Hit, ...]) -> Answer:
        best = hits[0].passage
        citation = Citation(
            number=1,
            passage_id=best.id,
            document=hits[0].document,
            heading_path=best.heading_path,
            page=best.page,
            quote=best.text,
            start=best.start,
            end=best.end,
            source_text=self._documents[best.document_id].text,
            exact=self._exact_place(best),
            why=hits[0].why,
        )
        quotes = (Quote(best.text, 1),)
        return Answer(
            question.text,
            standalone_text(question),
            True,
            0.92,
            None,
            quotes,
            (citation,),
            hits,
            INDEX,
            12.5,
        )

    def _exact_place(self, passage: Passage) -> tuple[int, int] | None:
        if not self.exact or self.exact not in passage.text:
            return None
        start = passage.start + passage.text.index(self.exact)
        return start, start + len(self.exact)

    def _unanswered(
        self, question: Question, hits: tuple[Hit, ...], reason: str, hint: str | None
    ) -> Answer:
        return Answer(
            question.text,
            standalone_text(question),
            False,
            0.12,
            reason,  # type: ignore[arg-type]
            (),
            (),
            hits,
            INDEX,
            3.0,
            hint,
        )


def standalone_text(question: Question) -> str:
    """Follow-ups name what was asked before, as the real service makes them do."""
    asked = [turn.text for turn in question.history if turn.role == "user"]
    small_talk = question.text.lower().startswith("hello")
    return f"{question.text} ({asked[-1]})" if asked and not small_talk else question.text


def corrected(text: str, spelling: bool) -> str:
    """The text with the one known mistyped word put right."""
    return text.replace("qualtiy", "quality") if spelling else text


def corrections_of(text: str) -> tuple[Correction, ...]:
    """Where the one known mistyped word stands."""
    found = re.finditer("qualtiy", text)
    return tuple(Correction("qualtiy", "quality", *match.span()) for match in found)


def why_of(asked: set[str], passage: Passage) -> Why:
    """Words in alphabetical order; the sentence is the first of the passage."""
    shared = asked & words_of(passage.text)
    first = re.match(r".+?[.!?](?=\s|$)", passage.text, re.DOTALL)
    sentence = (passage.start, passage.start + first.end()) if first else None
    return Why(tuple(sorted(shared)), tuple(sorted(asked - shared)), sentence)


def words_of(text: str) -> set[str]:
    """The longer words of a text, which say what it is about."""
    return {word.lower() for word in WORD.findall(text)}


def passages_of(document: Document) -> Iterator[Passage]:
    """Every paragraph that is not a heading, with the heading above it."""
    heading_starts = {heading.start: heading for heading in document.headings}
    above: tuple[str, ...] = ()
    rows = count()
    for paragraph in re.finditer(r".+(?:\n.+)*", document.text):
        start, end = paragraph.span()
        if start in heading_starts:
            above = (heading_starts[start].text,)
            continue
        row = next(rows)
        yield Passage(
            id=f"{document.id}-{row}",
            row=row,
            document_id=document.id,
            heading_path=above,
            text=paragraph.group(),
            start=start,
            end=end,
            page=next((p.number for p in document.pages if p.start <= start < p.end), None),
            sentences=((start, end),),
        )


def summary_of(document: Document) -> DocumentSummary:
    """The document without its text."""
    return DocumentSummary(
        id=document.id,
        version=document.version,
        title=document.title,
        source=document.source,
        date=document.date,
        collection=document.collection,
        pages=len(document.pages) or None,
        passages=sum(1 for _ in passages_of(document)),
        metadata=document.metadata,
        extraction=document.extraction,
    )
