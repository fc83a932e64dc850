"""Short forms of the names that tell documents apart: “Bath”, “B&NES”, “K&C”, “City of London”."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from qa_service.indexing.lookup.names import DIRECTIONS, DocumentNames
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments

MOST_SHARE = 0.5
"""A short form of more of the documents tells nothing."""
FEWEST_LETTERS = 4
"""Of a first word that stands for the whole name."""

FEWEST_INITIALS = 3
"""With the “&” that may stand among them."""

_PHRASE = re.compile(r"\b[A-Z][\w’'-]+ (?:of|upon|on|under) (?:the )?[A-Z][\w’'-]+")
"""A name that common words are a part of: “City of London”, not “city of many”."""
_PHRASE_TYPED = re.compile(_PHRASE.pattern, re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*")


class NameAliases:
    """Which documents a question names by a short form of their name.

    That is the first word of a name of several, where no other name has it; initials in
    capitals, with and without the joining words; and a phrase of a title that begins as few
    titles do, and in which no word alone is a name.
    """

    def __init__(
        self,
        documents: Sequence[DocumentSummary],
        names: DocumentNames,
        is_name: Callable[[str], bool],
    ) -> None:
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self._names_of: defaultdict[str, set[str]] = defaultdict(set)
        self._most = MOST_SHARE * len(documents)
        in_titles = Counter(word for item in documents for word in {*item.title.split()})
        common = {word for word, count in in_titles.items() if count > self._most / 2}
        for document in documents:
            phrases = [found for found in _phrases(document.title) if not names.named_in(found)]
            aliases = [(found, found) for found in phrases if found.split()[0] not in common]
            for alias, name in [*aliases, *_short_forms(document.title, names, is_name)]:
                key = alias if alias.isupper() else alias.lower()
                self._ids[key].add(document.id)
                self._names_of[key].add(name.lower())

    def named_in(self, text: str) -> list[NamedDocuments]:
        """Every short form in a question with the documents that it names, in order."""
        named: list[tuple[int, NamedDocuments]] = []
        for match in [*_PHRASE_TYPED.finditer(text), *_TOKEN.finditer(text)]:
            ids = self._bearing(match.group())
            if ids and not any(at <= match.start() < at + len(item.words) for at, item in named):
                named.append((match.start(), NamedDocuments(match.group(), frozenset(ids))))
        return [item for _, item in sorted(named, key=lambda item: item[0])]

    def _bearing(self, typed: str) -> set[str]:
        """Ids of the documents that a word or a phrase names; none where two names share it."""
        key = typed.replace("&", "") if typed.isupper() else typed.lower()
        if len(self._names_of.get(key, ())) != 1 or len(typed) < FEWEST_INITIALS:
            return set()
        return self._ids[key] if len(self._ids[key]) <= self._most else set()


def _phrases(title: str) -> list[str]:
    """Every phrase of a title that may be a name, also those that overlap."""
    starts = (match.start() for match in re.finditer(r"\b[A-Z]", title))
    found = (_PHRASE.match(title, start) for start in starts)
    return [match.group() for match in found if match]


def _short_forms(
    title: str, names: DocumentNames, is_name: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """Short forms of the names of several words in a title, each with the whole name."""
    for named in names.named_in(title):
        words = re.findall(r"[^\W\d_]+", named.words)
        if len(words) < 2:
            continue
        capitals = "".join(word[0] for word in words if word[0].isupper())
        joined = "".join(word[0] for word in words).upper()
        yield from ((form, named.words) for form in {capitals, joined} if len(joined) > 2)
        first = words[0].lower()
        if len(first) >= FEWEST_LETTERS and first not in DIRECTIONS and is_name(first):
            yield first, named.words
