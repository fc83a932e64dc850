"""How a follow-up is understood, for tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from no_names import NO_NAMES

from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.nouns.questions import Turn
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.follow_ups.follow_up import stand_alone

ASKED = "What did inspectors say about quality assurance in the Scottish Borders in 2016?"


class NamesOf:
    """The names of a collection that tells its documents apart by some places."""

    def __init__(self, *places: str, dates: Sequence[str] = ()) -> None:
        self._places, self._dates = places, dates

    def is_name(self, word: str) -> bool:
        return word.lower() in [place.lower() for place in self._places]

    def places_in(self, text: str) -> list[NamedDocuments]:
        form = "|".join(map(re.escape, self._places)) or "(?!)"
        found = re.finditer(rf"\b(?:{form})\b", text, re.IGNORECASE)
        return [
            NamedDocuments(match.group(), frozenset([match.group().lower()])) for match in found
        ]

    def titles_in(self, text: str) -> list[NamedDocuments]:  # noqa: ARG002
        return []

    def subjects_in(self, text: str) -> list[NamedDocuments]:  # noqa: ARG002
        return []

    def documents_holding(self, word: str) -> int:
        return int(word in ("School", "Ofsted"))

    def is_common(self, word: str) -> bool:
        return word.lower() in ("what", "which", "who", "school", "pupils", "how")

    def is_like_known(self, word: str) -> bool:
        return any(place[:4].lower() == word[:4].lower() for place in self._places)

    @property
    def tell_apart(self) -> bool:
        return bool(self._places)

    def calls_documents(self, noun: str) -> bool:
        return NO_NAMES.calls_documents(noun)

    def document_noun(self, word: str) -> str:
        return "inspection" if word.startswith("inspect") else ""

    def quoted_dates(self, question: str, reply: str) -> Sequence[str]:  # noqa: ARG002
        return self._dates

    def dates_on(self, place: str) -> Sequence[str]:
        return self._dates if place else ()

    def dates_beside(self, question: str, reply: str) -> Sequence[str]:  # noqa: ARG002
        return self._dates

    def quoted_place(self, question: str, reply: str) -> str:  # noqa: ARG002
        return next((item.words for item in self.places_in(reply)), "")


def understood(
    text: str, *before: str, reply: str = "", names: CollectionNames | None = None
) -> str | None:
    """How a question is understood after others, each followed by the same reply."""
    history = [turn for said in before for turn in (Turn("user", said), Turn("assistant", reply))]
    found = stand_alone(text, history, names or NamesOf())
    return found.text if found else None
