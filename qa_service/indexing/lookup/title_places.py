"""The place that the title of each document names, under one form of its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from qa_service.indexing.lookup.names import JOINING, KINDS
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments

_WORD = re.compile(r"[^\W\d_]+")
_KIND = "|".join(kind.title() for kind in sorted(KINDS))
_Key = tuple[str, frozenset[str]]
Names = Callable[[str], Sequence[NamedDocuments]]


@dataclass(slots=True, eq=False)
class _Place:
    """The forms of one name as titles write them, with the documents that bear it."""

    forms: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)

    def is_of(self, name: str, ids: frozenset[str]) -> bool:
        """Whether a name is another form of this one, longer or shorter, of the same document:
        “Hull” and “Kingston upon Hull”."""
        words = _words(name)
        alike = any(words <= _words(form) or words >= _words(form) for form in self.forms)
        return alike and bool(ids & self.ids)

    def stands(self, is_place: Callable[[NamedDocuments], bool]) -> bool:
        """Whether things are there, by one of its forms."""
        return any(is_place(NamedDocuments(form, frozenset(self.ids))) for form in self.forms)

    @property
    def name(self) -> str:
        """The form that most titles write, if possible without what kind of body it is."""
        return min(self.forms, key=self._rank)

    def _rank(self, form: str) -> tuple[bool, bool, int, int, str]:
        named = KINDS & set(_WORD.findall(form.lower()))
        return bool(named), form.isupper(), -self.forms[form], -len(form), form


def places_of_titles(
    documents: Sequence[DocumentSummary],
    names_in: Names,
    is_place: Callable[[NamedDocuments], bool],
) -> dict[str, str]:
    """The first place in each title that has one, by the document's id.

    `names_in` finds the names in a title, `is_place` says of one whether things are there.
    """
    named = {document.id: names_in(document.title) for document in documents}
    held = _merged(item for items in named.values() for item in items)
    names = {place: place.name for place in dict.fromkeys(held.values()) if place.stands(is_place)}
    found = {
        name: [names[held[_key(item)]] for item in items if held[_key(item)] in names]
        for name, items in named.items()
    }
    return {name: places[0] for name, places in found.items() if places}


def stands_as_place(name: str, text: str) -> bool:
    """Whether a text says of something that it is in a place of that name, and of no longer one."""
    before = rf"\b(?:[Ii]n|[Aa]cross|[Ww]ithin) (?:the )?(?:(?:{_KIND}) )*(?:of )?"
    there = re.finditer(rf"{before}((?i:{re.escape(name)}))\b(?! (?!{_KIND})[A-Z])", text)
    return any(found[1][0].isupper() for found in there)


def _merged(named: Iterable[NamedDocuments]) -> dict[_Key, _Place]:
    """The place that each name is a form of."""
    counts = Counter(map(_key, named))
    held: dict[_Key, _Place] = {}
    places: list[_Place] = []
    for words, ids in sorted(counts, key=lambda key: (-len(key[0]), key[0])):
        place = next((each for each in places if each.is_of(words, ids)), None)
        if place is None:
            places.append(place := _Place())
        place.forms[words] += counts[words, ids]
        place.ids |= ids
        held[words, ids] = place
    return held


def _key(named: NamedDocuments) -> _Key:
    return named.words, named.document_ids


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.lower())) - KINDS - JOINING
