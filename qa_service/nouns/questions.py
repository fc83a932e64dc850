"""What a person asks, and what it is limited to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa_service.nouns.dates import lies_within
from qa_service.nouns.documents import DocumentSummary

Role = Literal["user", "assistant"]
MOST_TURNS = 40
"""Messages of a conversation, those of both sides counted, that a question may come after."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is limited to. Empty means no limit; dates are inclusive."""

    document_ids: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None

    def admits(self, document: DocumentSummary) -> bool:
        """Whether a document passes every limit.

        A document of several collections passes by one of them. A date shorter than a day
        passes if any day of it lies in the range; an unknown one passes no range.
        """
        return (
            (not self.document_ids or document.id in self.document_ids)
            and (not self.collections or not {*self.collections}.isdisjoint(_held_in(document)))
            and (
                not (self.date_from or self.date_to)
                or lies_within(document.date, self.date_from, self.date_to)
            )
        )

    def both(self, other: Filters) -> Filters | None:
        """What passes both of them; None where their lists leave no document."""
        ids = _common(self.document_ids, other.document_ids)
        collections = _common(self.collections, other.collections)
        if ids is None or collections is None:
            return None
        return Filters(
            document_ids=ids,
            collections=collections,
            date_from=max(filter(None, (self.date_from, other.date_from)), default=None),
            date_to=min(filter(None, (self.date_to, other.date_to)), default=None),
        )


def _held_in(document: DocumentSummary) -> tuple[str, ...]:
    return document.collections or (document.collection,)


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...] | None:
    """What stands in both lists, of which an empty one limits nothing; None where nothing does."""
    if not first or not second:
        return first or second
    return tuple(name for name in first if name in {*second}) or None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked. `limit` is how many passages to return beside the answer.

    With `spelling` false no word of it is taken for a mistyped one, with `scope` false no
    date or name in it narrows the search, with `follow_up` false nothing of the history is
    used. With `compare` it is asked of each dated document. `language` is that of whatever is
    said in reply beside the quotes.
    """

    text: str
    history: tuple[Turn, ...] = ()
    limit: int = 5
    filters: Filters = NO_FILTERS
    spelling: bool = True
    scope: bool = True
    follow_up: bool = True
    compare: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question that counts as mistyped, the word searched for in its place, and
    where it stands in what was typed (start, end)."""

    typed: str
    taken: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that a question took over from the conversation before it."""

    text: str
    kind: Literal["subject", "place", "date", "document"]


@dataclass(frozen=True, slots=True)
class Understood:
    """How a follow-up was understood: as a question that stands alone, with what it took over."""

    text: str
    carried: tuple[Carried, ...]
