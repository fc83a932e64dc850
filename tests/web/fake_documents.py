"""Three small documents, and how the fake service cuts them into passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from qa_service.nouns.documents import Document, DocumentSummary, Heading, Page, Passage

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
HARBOUR_SENTENCE = "Pupils of the harbour school learn to sail in small boats."
HARBOUR_PAGES = (
    [("Harbour School", 20, True), "", *["The school stands by the sea."] * 30],
    [("Sailing", 14, True), HARBOUR_SENTENCE, "They mend nets in winter."],
    [("Safety", 14, True), "Every boat has a radio."],
)
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
