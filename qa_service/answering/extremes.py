"""“The latest report on Doncaster”: a question that means the newest, or the oldest, document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.schema import DocumentSummary

_NEW, _OLD = r"newest|latest|most\s+recent", r"oldest|earliest"
_PHRASE = re.compile(
    r"(?<!since )(?<!before )(?<!after )"
    rf"\b(?:the|its|their|\w+['’]s?)\s+(?:(?P<new>{_NEW})|(?P<old>{_OLD}))\s+(?:[\w-]+\s+){{0,2}}?"
    r"(?:reports?|inspections?|reviews?|documents?|pages?|articles?|letters?|visits?|news)\b",
    re.IGNORECASE,
)


_OTHER_END = re.compile(
    r"(?:(?:and|so|ok|also|but|what about|how about)\b[\s,]*)*the\s+"
    rf"(?P<end>{_NEW}|{_OLD})(?:\s+(?:one|report|inspection|document))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Extreme:
    """Which end of time a question means, and the words that say so."""

    words: str
    newest: bool

    def among(self, documents: Sequence[DocumentSummary]) -> tuple[DocumentSummary, ...]:
        """Those of the newest, or the oldest, date; none where no document has a date."""
        dates = [document.date for document in documents if document.date]
        wanted = (max if self.newest else min)(dates, default=None)
        return tuple(item for item in documents if item.date and item.date == wanted)


def named_extreme(text: str) -> Extreme | None:
    """The end of time that a question names; None where it names none."""
    found = _PHRASE.search(text)
    return Extreme(found.group(), newest=bool(found["new"])) if found else None


def other_end(text: str, before: str) -> str | None:
    """A question about the latest report asked of another end: "and the oldest?"; else None."""
    asked, named = _OTHER_END.fullmatch(text.strip(" ?.!")), _PHRASE.search(before)
    if asked is None or named is None:
        return None
    start, end = named.span("new") if named["new"] else named.span("old")
    return before[:start] + asked["end"].lower() + before[end:]
