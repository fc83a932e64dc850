"""What an exported conversation holds, read from the request and checked member by member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from qa_service.errors import InputError
from qa_service.input_checks import question_text
from qa_service.web.export.members import (
    JsonObject,
    date_or_none,
    member,
    number_or_none,
    object_or_empty,
    objects,
    text,
    text_or_none,
)
from qa_service.web.export.taken import circumstances, taken_lines
from qa_service.web.wording.display import caution_words, hint_words, verdict_words

MAX_TURNS = 200
MAX_TITLE_CHARACTERS = 2_000
DOCUMENT_PAGES = "/documents/"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document that is named, not quoted. `address` is absolute."""

    title: str
    date: str | None
    address: str


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote with all that finds it again. Offsets count code points of the document's text;
    `version` is the sha256 of the source bytes, `address` absolute."""

    number: int
    quote: str
    title: str
    date: str | None
    page: int | None
    heading: str | None
    source: str
    document_id: str
    version: str
    start: int
    end: int
    address: str
    also_in: tuple[DocumentLink, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A dated document of a comparison in which no passage was found."""

    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class ExportedTurn:
    """A question and what came of it: quotes, in a comparison oldest first and with its gaps.
    `taken` says in lines how the question was taken: understood, corrected, limited."""

    question: str
    understood: str | None
    taken: tuple[str, ...]
    reply: str
    entries: tuple[CitedQuote | Gap, ...]
    documents: tuple[DocumentLink, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole conversation. `exported` is the day, `site` the address it came from."""

    title: str
    exported: str
    site: str
    turns: tuple[ExportedTurn, ...]


def transcript_from(body: JsonObject, site: str, today: date) -> Transcript:
    """The conversation a request holds; addresses become absolute below `site`.

    Raises InputError naming the member that is missing or wrong.
    """
    turns = objects(body, "turns", "")
    if not 1 <= len(turns) <= MAX_TURNS:
        raise InputError("turns", f"has {len(turns):,} entries; send 1 to {MAX_TURNS}")
    exported = tuple(_turn(turn, f"turns[{place}].", site) for place, turn in enumerate(turns))
    title = text_or_none(body, "title", "") or exported[0].question
    if len(title) > MAX_TITLE_CHARACTERS:
        raise InputError("title", f"is too long; send {MAX_TITLE_CHARACTERS:,} characters at most")
    return Transcript(" ".join(title.split()), today.isoformat(), site, exported)


def _turn(turn: JsonObject, where: str, site: str) -> ExportedTurn:
    answer = member(turn, "answer", dict, where)
    where_answer = f"{where}answer."
    citations = [
        _cited_quote(citation, f"{where_answer}citations[{place}].", site)
        for place, citation in enumerate(objects(answer, "citations", where_answer))
    ]
    question = question_text(turn.get("question"), f"{where}question")
    taken = circumstances(answer, question, where_answer)
    return ExportedTurn(
        question=question,
        understood=taken["understood"] and taken["understood"]["text"],
        taken=taken_lines(taken),
        reply=_reply(answer, taken, len(citations), where_answer),
        entries=_entries(answer, citations, where_answer),
        documents=_links(
            object_or_empty(answer, "catalogue", where_answer),
            "documents",
            f"{where_answer}catalogue.",
            site,
        ),
    )


def _reply(answer: JsonObject, taken: JsonObject, quotes: int, where: str) -> str:
    """What the page says in one line: the sentence of the catalogue, the verdict, the hint."""
    catalogue = object_or_empty(answer, "catalogue", where)
    said = {"text": text(catalogue, "text", f"{where}catalogue.")} if catalogue else None
    confidence = answer.get("confidence", 0)
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise InputError(f"{where}confidence", "must be a number from 0 to 1")
    shown = {
        **taken,
        "answered": quotes > 0,
        "reason": text_or_none(answer, "reason", where),
        "hint": text_or_none(answer, "hint", where),
        "catalogue": said,
        "answer": [None] * quotes,
        "confidence": confidence,
    }
    words = (verdict_words(shown), caution_words(shown), hint_words(shown))
    return " ".join(part for part in words if part)


def _entries(
    answer: JsonObject, citations: list[CitedQuote], where: str
) -> tuple[CitedQuote | Gap, ...]:
    """The quotes as they are shown: those of a timeline with its gaps between, then the rest."""
    by_number = {citation.number: citation for citation in citations}
    entries: list[CitedQuote | Gap] = []
    for place, entry in enumerate(objects(answer, "timeline", where)):
        at = f"{where}timeline[{place}]."
        gap = Gap(text(entry, "title", at), date_or_none(entry, "date", at))
        entries.append(by_number.get(number_or_none(entry, "citation", at) or 0, gap))
    return (*entries, *(citation for citation in citations if citation not in entries))


def _cited_quote(citation: JsonObject, where: str, site: str) -> CitedQuote:
    return CitedQuote(
        number=member(citation, "number", int, where),
        quote=text(citation, "quote", where),
        title=text(citation, "title", where),
        date=date_or_none(citation, "date", where),
        page=number_or_none(citation, "page", where),
        heading=text_or_none(citation, "heading", where),
        source=text(citation, "source", where),
        document_id=text(citation, "document_id", where),
        version=text(citation, "document_version", where),
        start=member(citation, "start", int, where),
        end=member(citation, "end", int, where),
        address=_address(citation, where, site),
        also_in=_links(citation, "also_in", where, site),
    )


def _links(holder: JsonObject, name: str, where: str, site: str) -> tuple[DocumentLink, ...]:
    return tuple(
        DocumentLink(
            title=text(entry, "title", f"{where}{name}[{place}]."),
            date=date_or_none(entry, "date", f"{where}{name}[{place}]."),
            address=_address(entry, f"{where}{name}[{place}].", site),
        )
        for place, entry in enumerate(objects(holder, name, where))
    )


def _address(holder: JsonObject, where: str, site: str) -> str:
    """The permalink as a whole address. It leads to a document's page and nowhere else."""
    permalink = text(holder, "permalink", where)
    if not permalink.startswith(DOCUMENT_PAGES):
        raise InputError(f"{where}permalink", f"must begin with {DOCUMENT_PAGES}")
    return urljoin(site, permalink)
