"""Short forms of the names that tell documents apart: “Bath”, “B&NES”, “IoW”, “City of London”."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from qa_service.indexing.lookup.names import DIRECTIONS, KINDS, DocumentNames
from qa_service.indexing.lookup.shortened_names import ShortenedNames
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.reading.language.known_words import english_words

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

    That is the first word of a name of several, where no other name has it; initials, with and
    without the joining words, and with the kind of body before it where no name has them, in
    small letters only where they are no word; a name cut short; and a phrase of a title that
    begins as few titles do, and in which no word alone is a name.
    """

    def __init__(
        self,
        documents: Sequence[DocumentSummary],
        names: DocumentNames,
        is_name: Callable[[str], bool],
    ) -> None:
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        self._names_of: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._most = MOST_SHARE * len(documents)
        self._shortened = ShortenedNames(names, _is_english)
        self._learn_phrases(documents, names)
        named = [(item.title, it) for item in documents for it in names.named_in(item.title)]
        for _, item in named:
            self._learn_all(_short_forms(item.words, is_name), item)
        plain = {*self._names_of}
        for title, item in named:
            self._learn_all(_initials(_with_kind(title, item.words)) - plain, item)

    def named_in(self, text: str) -> list[NamedDocuments]:
        """Every short form in a question with the documents that it names, in order."""
        named: list[tuple[int, NamedDocuments]] = []
        starts = (word.start() for word in _TOKEN.finditer(text))
        phrases = filter(None, (_PHRASE_TYPED.match(text, start) for start in starts))
        for match in [*phrases, *_TOKEN.finditer(text)]:
            found = self._meant(match.group())
            if found and not any(at <= match.start() < at + len(item.words) for at, item in named):
                named.append((match.start(), found))
        for item in self._shortened.named_in(text):
            named.append((text.find(item.words), item))
        return [item for _, item in sorted(named, key=lambda item: item[0])]

    def _learn_phrases(self, documents: Sequence[DocumentSummary], names: DocumentNames) -> None:
        in_titles = Counter(word for item in documents for word in {*item.title.split()})
        common = {word for word, count in in_titles.items() if count > self._most / 2}
        for document in documents:
            for phrase in _phrases(document.title):
                if not names.named_in(phrase) and phrase.split()[0] not in common:
                    self._learn(phrase.lower(), phrase, {document.id})

    def _learn_all(self, forms: Iterable[str], item: NamedDocuments) -> None:
        for form in forms:
            self._learn(form, item.words, item.document_ids)

    def _learn(self, form: str, name: str, ids: Iterable[str]) -> None:
        self._ids[form].update(ids)
        self._names_of[form][name.lower()] = name

    def _meant(self, typed: str) -> NamedDocuments | None:
        """What a word or a phrase names; None where nothing does, or two names share it."""
        if len(typed) < FEWEST_INITIALS:
            return None
        initials = typed.replace("&", "").upper() if _may_be_initials(typed) else ""
        key = next((key for key in (typed.lower(), initials) if key in self._names_of), "")
        names, ids = self._names_of.get(key, {}), self._ids[key]
        if len(names) != 1 or len(ids) > self._most:
            return None
        (name,) = names.values()
        in_full = "" if name.lower() == typed.lower() else name
        return NamedDocuments(typed, frozenset(ids), in_full)


def _may_be_initials(typed: str) -> bool:
    """Whether a word has several capitals, or was typed small and is none of the language."""
    several = sum(letter.isupper() for letter in typed) > 1
    return several or (typed.islower() and not _is_english(typed))


def _is_english(word: str) -> bool:
    return word in english_words()


def _phrases(title: str) -> list[str]:
    """Every phrase of a title that may be a name, also those that overlap."""
    starts = (match.start() for match in re.finditer(r"\b[A-Z]", title))
    found = (_PHRASE.match(title, start) for start in starts)
    return [match.group() for match in found if match]


def _short_forms(name: str, is_name: Callable[[str], bool]) -> Iterator[str]:
    """Short forms of a name: initials in capitals, its first word in small letters."""
    yield from _initials(name)
    first, *others = (word.lower() for word in re.findall(r"[^\W\d_]+", name))
    if others and len(first) >= FEWEST_LETTERS and first not in DIRECTIONS and is_name(first):
        yield first


def _initials(name: str) -> set[str]:
    """The first letters of a name, without its joining words and with them; three at least."""
    words = re.findall(r"[^\W\d_]+", name)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    joined = "".join(word[0] for word in words).upper()
    return {capitals, joined} if len(joined) >= FEWEST_INITIALS else set()


def _with_kind(title: str, name: str) -> str:
    """A name with what kind of body it is before it: “Royal Borough of Kensington …”."""
    before = title[: title.find(name)].split()
    first = len(before)
    while first and (before[first - 1].lower() in KINDS or before[first - 1] in ("of", "the")):
        first -= 1
    return " ".join([*before[first:], name])
