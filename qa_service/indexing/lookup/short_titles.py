"""Titles as a list shows them: what tells each from the others, and its year. What titles share
is learned from them all, as many may begin or end alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_service.nouns.documents import DocumentSummary
from qa_service.stems import STOPWORDS

SHORT_TITLE = 32
"""Letters up to which a title is shown whole."""
LONGEST_TITLE = 58
LONGEST_KIND = 70
FEWEST_BESIDE = 3
"""Titles share the words at an end beside which so many different words stand."""
FEWEST_SHARED = 2
"""Words at an end; one alone is no kind of document."""
FEWEST_BEFORE_MARK = 20
"""Letters that say enough by themselves, before a mark that parts a title."""

Words = tuple[str, ...]
_PARTING = (":", "|", "~", "–", "—")
_MARKS = " ,;/-…·" + "".join(_PARTING)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class ShortTitle:
    """What tells a document from the others, with its year, and beside it what its title shares
    with others, or the name of its file where it shares all of that."""

    text: str
    kind: str = ""


def short_titles(documents: Sequence[DocumentSummary]) -> dict[str, ShortTitle]:
    """The title of each document as a list shows it, by the document's id."""
    shared = _SharedEnds({document.title for document in documents})
    made = {item.id: _short(item, shared) for item in documents}
    counts = Counter(made.values())
    for item in documents:
        short = made[item.id]
        if counts[short] > 1:
            made[item.id] = ShortTitle(short.text, item.source.rsplit("/", 1)[-1])
    return made


def _short(document: DocumentSummary, shared: _SharedEnds) -> ShortTitle:
    own, kind = _parted(document.title, shared)
    year = (document.date or "")[:4]
    text = f"{own}, {year}" if year and not _YEAR.search(own) else own
    return ShortTitle(text, _cut(kind, LONGEST_KIND))


def _parted(title: str, shared: _SharedEnds) -> tuple[str, str]:
    """What a title alone says, and what others say too; by its marks where it shares nothing."""
    if len(title) <= SHORT_TITLE:
        return title, ""
    before, own, after = shared.parted(tuple(title.split()))
    text = _begun(_trimmed(own)) if before else _ended(own)
    if len(text) <= LONGEST_TITLE:
        return text, _joined(before, after)
    if at := _last_mark(text):
        return _ended(text[:at].split()), _joined([*before, *text[at:].split()], after)
    return _cut(text, LONGEST_TITLE), _joined(before, after)


def _last_mark(text: str) -> int:
    """Where the last mark of a text stands that leaves it short and yet says enough before it; 0
    where there is none."""
    for marks in (_PARTING, (",", "(")):
        found = max(text.rfind(mark, FEWEST_BEFORE_MARK, LONGEST_TITLE) for mark in marks)
        if found > 0:
            return found
    return 0


def _cut(text: str, longest: int) -> str:
    """The first words of a text that are no longer, none of them a function word at its end."""
    if len(text) <= longest:
        return text
    return _ended(text[: longest + 1].rsplit(maxsplit=1)[0].split())


def _joined(before: Sequence[str], after: Sequence[str]) -> str:
    """What stood around some words, as one: “quays of … by the county” as “quays by the county”."""
    ends = after and _joins(after[0])
    return _trimmed([*(_ended(before).split() if ends else before), *after])


def _trimmed(words: Sequence[str]) -> str:
    """Words without function words and marks at both ends."""
    first = next((at for at, word in enumerate(words) if not _joins(word)), 0)
    return _ended(words[first:]).lstrip(_MARKS)


def _ended(words: Sequence[str]) -> str:
    """Words without function words and marks at their end."""
    last = next((at for at in reversed(range(len(words))) if not _joins(words[at])), len(words) - 1)
    return " ".join(words[: last + 1]).rstrip(_MARKS)


def _joins(word: str) -> bool:
    return _key(word) in STOPWORDS or not _key(word)


def _begun(text: str) -> str:
    """A text that went on another, as it begins by itself."""
    return text[:1].upper() + text[1:]


class _SharedEnds:
    """The words with which many titles begin or end, beside which different words stand: the
    name of a place that several of them begin with stands beside few."""

    def __init__(self, titles: Iterable[str]) -> None:
        keys = {tuple(map(_key, title.split())) for title in titles}
        self._beginnings = _shared_beginnings(keys)
        self._ends = _shared_beginnings({key[::-1] for key in keys})

    def parted(self, words: Words) -> tuple[Words, Words, Words]:
        """What a title begins with as others do, what it alone says, and what it ends with."""
        keys = tuple(map(_key, words))
        first = _longest(keys, self._beginnings)
        last = len(words) - _longest(keys[::-1], self._ends)
        if first >= last and first > len(words) - last:
            last = len(words)
        elif first >= last:
            first = 0
        first, last = _after_mark(words, first), _before_mark(words, last)
        return words[:first], words[first:last], words[last:]


def _shared_beginnings(keys: Iterable[Words]) -> frozenset[Words]:
    beside: defaultdict[Words, set[str]] = defaultdict(set)
    for key in keys:
        for count in range(FEWEST_SHARED, len(key)):
            beside[key[:count]].add(key[count])
    return frozenset(words for words, found in beside.items() if len(found) >= FEWEST_BESIDE)


def _longest(key: Words, shared: frozenset[Words]) -> int:
    counts = range(len(key) - 1, FEWEST_SHARED - 1, -1)
    return next((count for count in counts if key[:count] in shared), 0)


def _after_mark(words: Words, first: int) -> int:
    """How many first words are dropped: up to the last mark that parts these, if there is one."""
    marked = (at + 1 for at in reversed(range(first)) if words[at].endswith(_PARTING))
    return next(marked, first)


def _before_mark(words: Words, last: int) -> int:
    """Where the words begin that are dropped at the end: behind the first mark among them."""
    marked = (at + 1 for at in range(last, len(words)) if words[at].endswith(_PARTING))
    return next(marked, last)


def _key(word: str) -> str:
    return word.casefold().strip(_MARKS)
