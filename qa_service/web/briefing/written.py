"""A briefing as every file has it: groups of quotes with notes, each with its reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qa_service.contract.parts import JsonObject
from qa_service.deadline import in_time
from qa_service.errors import InputError
from qa_service.plain_names import plain_name
from qa_service.translation.catalogue import N_, _
from qa_service.web.briefing.links import document_address, quote_address, web_address
from qa_service.web.briefing.pins import MOST_PINS, Pin, Pinboard
from qa_service.web.briefing.references import References
from qa_service.web.export.sent_quotes import mismatch_words

UNTITLED, UNTITLED_DOCUMENT = N_("Briefing"), N_("Untitled document")
REFERENCES, LINK_WORDS = N_("References"), N_("Open the quote")
"""What every file says beside the quotes."""


@dataclass(frozen=True, slots=True)
class WrittenQuote:
    """A quote, what was noted on it, and its reference. `address` is absolute."""

    number: int
    quote: str
    remark: str
    reference: str
    address: str


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """Quotes below one heading, which may be empty."""

    heading: str
    quotes: tuple[WrittenQuote, ...]


@dataclass(frozen=True)
class WrittenBriefing:
    """A pinboard on its way into a file. `mismatches` are those of its quotes, `site` is the
    address that it came from, `day` today's date, `style` that of the references."""

    board: Pinboard
    mismatches: Mapping[Pin, str]
    site: str
    day: date
    style: str

    @property
    def title(self) -> str:
        """In one line; there is always one."""
        return plain_name(self.board.title) or _(UNTITLED)

    @property
    def pins(self) -> list[Pin]:
        """All of them, in order."""
        return [pin for group in self.board.groups for pin in group.pins]

    @cached_property
    def items(self) -> list[JsonObject]:
        """The documents as CSL-JSON, in the order in which they are quoted first."""
        firsts = {pin.document_version: pin for pin in reversed(self.pins)}
        ordered = dict.fromkeys(pin.document_version for pin in self.pins)
        return [self._item(firsts[version]) for version in ordered]

    @cached_property
    def groups(self) -> tuple[WrittenGroup, ...]:
        """The groups that hold quotes, whose numbers run through."""
        numbers = iter(range(1, len(self.pins) + 1))
        return tuple(
            WrittenGroup(
                plain_name(group.heading),
                tuple(self._quote(next(numbers), pin) for pin in in_time(group.pins)),
            )
            for group in self.board.groups
            if group.pins
        )

    @cached_property
    def references(self) -> list[str]:
        """The list of references, each document once."""
        return self._references.entries()

    @cached_property
    def _references(self) -> References:
        return References(self.items, self.style)

    def _quote(self, number: int, pin: Pin) -> WrittenQuote:
        reference = self._references.note(pin.document_version, pin.page)
        told = " ".join(filter(None, (reference, mismatch_words(self.mismatches[pin]))))
        return WrittenQuote(
            number, pin.quote, pin.note.strip(), told, quote_address(pin, self.site)
        )

    def _item(self, pin: Pin) -> JsonObject:
        address = document_address(pin, self.site)
        publisher = plain_name(pin.publisher or "")
        members = {
            "id": pin.document_version,
            "type": "webpage" if web_address(pin) else "report",
            "title": plain_name(pin.title) or plain_name(pin.source) or _(UNTITLED_DOCUMENT),
            "author": [{"literal": publisher}] if publisher else None,
            "publisher": publisher or None,
            "issued": {"date-parts": [_date_parts(pin.date)]} if pin.date else None,
            "URL": address,
            "accessed": {"date-parts": [[self.day.year, self.day.month, self.day.day]]}
            if address
            else None,
        }
        return {name: value for name, value in members.items() if value}


def written(
    board: Pinboard,
    mismatches_of: Callable[[Iterable[Pin]], Mapping[Pin, str]],
    site: str,
    day: date,
    style: str,
) -> WrittenBriefing:
    """The briefing of a pinboard. Raises InputError where nothing is pinned, or too much."""
    pins = [pin for group in board.groups for pin in group.pins]
    if not 1 <= len(pins) <= MOST_PINS:
        found = _("hold %(number)s quotes; send 1 to %(most)s", number=len(pins), most=MOST_PINS)
        raise InputError("groups", found)
    return WrittenBriefing(board, mismatches_of(pins), site, day, style)


def quotes_of(briefing: WrittenBriefing, version: str) -> str:
    """What is quoted of a document, with pages: a note for a reference manager."""
    said = [
        _noted(pin, briefing.mismatches[pin])
        for pin in briefing.pins
        if pin.document_version == version
    ]
    return " ".join(said)


def _noted(pin: Pin, mismatch: str) -> str:
    page = f"(p. {pin.page})" if pin.page else ""
    parts = (f"“{' '.join(pin.quote.split())}”", page, mismatch_words(mismatch))
    return " ".join(part for part in parts if part)


def _date_parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]
