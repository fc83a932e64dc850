"""What an exported conversation holds, made of what the request says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from msgspec import to_builtins

from qa_service.contract import document_shapes
from qa_service.contract.checking import checked
from qa_service.deadline import in_time
from qa_service.errors import InputError
from qa_service.input_checks import question_text
from qa_service.plain_names import plain_address, plain_name
from qa_service.translation.catalogue import _
from qa_service.web.export.conversation import (
    MAX_PLACES,
    Conversation,
    SaidAnswer,
    SaidCitation,
    SaidLink,
    SaidTurn,
)
from qa_service.web.export.sent_quotes import mismatch_words
from qa_service.web.wording.display import (
    carried_words,
    caution_words,
    correction_words,
    hint_words,
    understood_words,
    verdict_words,
)
from qa_service.web.wording.limits import lifted_words, limit_labels

MismatchOf = Callable[[str, SaidCitation], str]
"""Why the words that are cited of a document (its id) may not be its own; empty for none."""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document that is named, not quoted. `address` is absolute."""

    title: str
    date: str | None
    address: str


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote with all that finds it again. Offsets count code points of the document's text;
    `version` is the sha256 of the source bytes, `address` absolute, `mismatch` a sentence where the
    words may not be the document's, else empty."""

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
    mismatch: str


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


def transcript_from(
    body: Mapping[str, Any], mismatch_of: MismatchOf, site: str, today: date
) -> Transcript:
    """The conversation a request holds; addresses become absolute below `site`.

    Raises InputError naming the member that is missing or wrong.
    """
    said = checked(body, Conversation)
    if (places := sum(_places(turn.answer) for turn in said.turns)) > MAX_PLACES:
        found = f"hold {places:,} quotes and links"
        raise InputError("turns", f"{found}; export {MAX_PLACES:,} at most, a part at a time")
    turns = tuple(
        _turn(turn, f"turns[{place}]", mismatch_of, site)
        for place, turn in enumerate(in_time(said.turns))
    )
    title = " ".join((said.title or turns[0].question).split())
    return Transcript(title, today.isoformat(), site, turns)


def _places(said: SaidAnswer) -> int:
    """How many quotes, gaps and links an answer holds."""
    gaps = sum(moment.citation is None for moment in said.timeline or ())
    links = len(said.catalogue.documents) if said.catalogue else 0
    return gaps + links + sum(1 + len(citation.also_in) for citation in said.citations)


def _turn(turn: SaidTurn, where: str, mismatch_of: MismatchOf, site: str) -> ExportedTurn:
    question, said = question_text(turn.question, f"{where}.question"), turn.answer
    quotes = [
        _cited_quote(citation, mismatch_of(citation.document_id, citation), site)
        for citation in in_time(said.citations)
    ]
    shown = {**to_builtins(said), "question": question, "answered": said.answered is True}
    return ExportedTurn(
        question=question,
        understood=said.understood.text if said.understood else None,
        taken=taken_lines(shown),
        reply=_reply({**shown, "confidence": said.confidence, "answer": quotes}),
        entries=_entries(said, quotes),
        documents=_links(said.catalogue.documents if said.catalogue else [], site),
    )


def taken_lines(answer: dict[str, Any]) -> tuple[str, ...]:
    """How a question was taken, as the page shows it above the answer: what was understood,
    carried over, corrected and limited, a line each where it applies."""
    labels = limit_labels(answer)
    lines = (
        understood_words(answer),
        carried_words(answer),
        correction_words(answer),
        _("Searched only: %(limits)s.", limits="; ".join(labels)) if labels else "",
        lifted_words(answer),
    )
    return tuple(line for line in lines if line)


def _reply(answer: dict[str, Any]) -> str:
    """What the page says in one line: the sentence of the catalogue, the verdict, the hint."""
    shown = {**answer, "answered": bool(answer["answer"])}
    words = (verdict_words(shown), caution_words(shown), hint_words(shown))
    return " ".join(part for part in words if part)


def _entries(said: SaidAnswer, quotes: list[CitedQuote]) -> tuple[CitedQuote | Gap, ...]:
    """The quotes as they are shown: those of a timeline with its gaps between, then the rest."""
    by_number = {quote.number: quote for quote in quotes}
    entries = [
        by_number.get(moment.citation or 0, Gap(moment.title, moment.date))
        for moment in said.timeline or ()
    ]
    shown = {entry.number for entry in entries if isinstance(entry, CitedQuote)}
    return (*entries, *(quote for quote in quotes if quote.number not in shown))


def _cited_quote(citation: SaidCitation, mismatch: str, site: str) -> CitedQuote:
    return CitedQuote(
        number=citation.number,
        quote=citation.quote,
        title=plain_name(citation.title),
        date=citation.date,
        page=citation.page,
        heading=citation.heading,
        source=plain_name(citation.source),
        document_id=citation.document_id,
        version=citation.document_version,
        start=citation.start,
        end=citation.end,
        address=urljoin(site, plain_address(citation.permalink)),
        also_in=_links(citation.also_in, site),
        mismatch=mismatch_words(mismatch),
    )


def _links(
    links: Sequence[SaidLink | document_shapes.DocumentLink], site: str
) -> tuple[DocumentLink, ...]:
    return tuple(
        DocumentLink(plain_name(it.title), it.date, urljoin(site, plain_address(it.permalink)))
        for it in links
    )
