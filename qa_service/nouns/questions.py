"""What a person asks, and what it is limited to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["user", "assistant"]


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


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asked. `limit` is how many passages to return beside the answer.

    With `spelling` false no word of it is taken for a mistyped one, with `scope` false no
    date or name in it narrows the search, with `follow_up` false nothing of the history is
    used. With `compare` it is asked of each dated document.
    """

    text: str
    history: tuple[Turn, ...] = ()
    limit: int = 5
    filters: Filters = NO_FILTERS
    spelling: bool = True
    scope: bool = True
    follow_up: bool = True
    compare: bool = False
