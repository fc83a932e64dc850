"""What an exported conversation holds, read from the request and checked member by member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast
from urllib.parse import urljoin

from qa_service.contract import plain_text, question_text
from qa_service.errors import InputError
from qa_service.web.display import verdict_words

MAX_TURNS = 200
MAX_TITLE_CHARACTERS = 2_000
DOCUMENT_PAGES = "/documents/"

JsonObject = dict[str, Any]
Kind = TypeVar("Kind")
KIND_NAMES: dict[object, str] = {
    dict: "an object",
    list: "a list",
    bool: "true or false",
    int: "a whole number",
}


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
    """A question and what came of it: quotes, in a comparison oldest first and with its gaps."""

    question: str
    understood: str | None
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
    turns = _objects(body, "turns", "")
    if not 1 <= len(turns) <= MAX_TURNS:
        raise InputError("turns", f"has {len(turns):,} entries; send 1 to {MAX_TURNS}")
    exported = tuple(_turn(turn, f"turns[{place}].", site) for place, turn in enumerate(turns))
    title = _text_or_none(body, "title", "") or exported[0].question
    if len(title) > MAX_TITLE_CHARACTERS:
        raise InputError("title", f"is too long; send {MAX_TITLE_CHARACTERS:,} characters at most")
    return Transcript(" ".join(title.split()), today.isoformat(), site, exported)


def _turn(turn: JsonObject, where: str, site: str) -> ExportedTurn:
    answer = _member(turn, "answer", dict, where)
    where_answer = f"{where}answer."
    citations = [
        _cited_quote(citation, f"{where_answer}citations[{place}].", site)
        for place, citation in enumerate(_objects(answer, "citations", where_answer))
    ]
    catalogue = _object_or_empty(answer, "catalogue", where_answer)
    return ExportedTurn(
        question=question_text(turn.get("question"), f"{where}question"),
        understood=_text_or_none(
            _object_or_empty(answer, "understood", where_answer), "text", where_answer
        ),
        reply=_reply(answer, catalogue, len(citations), where_answer),
        entries=_entries(answer, citations, where_answer),
        documents=_links(catalogue, "documents", f"{where_answer}catalogue.", site),
    )


def _reply(answer: JsonObject, catalogue: JsonObject, quotes: int, where: str) -> str:
    """What the page says in one line: the sentence of the catalogue, the hint or the verdict."""
    said = _text_or_none(catalogue, "text", f"{where}catalogue.")
    hint = _text_or_none(answer, "hint", where)
    confidence = answer.get("confidence", 0)
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise InputError(f"{where}confidence", "must be a number from 0 to 1")
    verdict = verdict_words(
        {
            "answered": quotes > 0,
            "reason": _text_or_none(answer, "reason", where),
            "answer": [None] * quotes,
            "confidence": confidence,
        }
    )
    return said or " ".join(part for part in (verdict, hint) if part)


def _entries(
    answer: JsonObject, citations: list[CitedQuote], where: str
) -> tuple[CitedQuote | Gap, ...]:
    """The quotes as they are shown: those of a timeline with its gaps between, then the rest."""
    by_number = {citation.number: citation for citation in citations}
    entries: list[CitedQuote | Gap] = []
    for place, entry in enumerate(_objects(answer, "timeline", where)):
        at = f"{where}timeline[{place}]."
        gap = Gap(_text(entry, "title", at), _text_or_none(entry, "date", at))
        entries.append(by_number.get(_number_or_none(entry, "citation", at) or 0, gap))
    return (*entries, *(citation for citation in citations if citation not in entries))


def _cited_quote(citation: JsonObject, where: str, site: str) -> CitedQuote:
    return CitedQuote(
        number=_member(citation, "number", int, where),
        quote=_text(citation, "quote", where),
        title=_text(citation, "title", where),
        date=_text_or_none(citation, "date", where),
        page=_number_or_none(citation, "page", where),
        heading=_text_or_none(citation, "heading", where),
        source=_text(citation, "source", where),
        document_id=_text(citation, "document_id", where),
        version=_text(citation, "document_version", where),
        start=_member(citation, "start", int, where),
        end=_member(citation, "end", int, where),
        address=_address(citation, where, site),
        also_in=_links(citation, "also_in", where, site),
    )


def _links(holder: JsonObject, name: str, where: str, site: str) -> tuple[DocumentLink, ...]:
    return tuple(
        DocumentLink(
            title=_text(entry, "title", f"{where}{name}[{place}]."),
            date=_text_or_none(entry, "date", f"{where}{name}[{place}]."),
            address=_address(entry, f"{where}{name}[{place}].", site),
        )
        for place, entry in enumerate(_objects(holder, name, where))
    )


def _address(holder: JsonObject, where: str, site: str) -> str:
    """The permalink as a whole address. It leads to a document's page and nowhere else."""
    permalink = _text(holder, "permalink", where)
    if not permalink.startswith(DOCUMENT_PAGES):
        raise InputError(f"{where}permalink", f"must begin with {DOCUMENT_PAGES}")
    return urljoin(site, permalink)


def _objects(holder: JsonObject, name: str, where: str) -> list[JsonObject]:
    """A list of objects; empty where it is null or missing."""
    if holder.get(name) is None:
        return []
    entries = _member(holder, name, list, where)
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise InputError(f"{where}{name}[{place}]", "must be an object")
    return cast("list[JsonObject]", entries)


def _object_or_empty(holder: JsonObject, name: str, where: str) -> JsonObject:
    return {} if holder.get(name) is None else _member(holder, name, dict, where)


def _number_or_none(holder: JsonObject, name: str, where: str) -> int | None:
    return None if holder.get(name) is None else _member(holder, name, int, where)


def _text(holder: JsonObject, name: str, where: str) -> str:
    return plain_text(holder.get(name), f"{where}{name}")


def _text_or_none(holder: JsonObject, name: str, where: str) -> str | None:
    return None if holder.get(name) is None else _text(holder, name, where)


def _member(holder: JsonObject, name: str, kind: type[Kind], where: str) -> Kind:
    value = holder.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(f"{where}{name}", f"must be {KIND_NAMES[kind]}")
    return value
