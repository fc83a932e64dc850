"""A question -> what a later one may refer to: its subject, place and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    ASKING,
    DATING,
    DETERMINERS,
    JOINING,
    LEADS_TO_PLACE,
    PLACING,
    tidy,
    word_set,
)
from qa_service.understanding.times import stretches

Kind = Literal["subject", "place", "date"]

BLANK = "\N{BULLET}"
"""Stands in a question for a stretch that is not to be read again."""
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*")
_LEADING_TO = r"(?:\b(?:in|of|for|from|at|on|by|during|about)\s+)?(?:\bthe\s+)?"
_NAMING = word_set("of and the upon")
_ABOUT = word_set("about regarding concerning mention mentions")
_SUBJECTS_VERB = word_set(
    "who which that to can could must should will would may might i we you they"
)
_PASSIVE = word_set("is are was were be been being has have had")
_DOING = word_set("do does did")
_SAYING = word_set(
    "say says said tell told mean means meant find found recommend recommended know think thought "
    "do does did done make makes made get gets got give gives gave happen happens happened look "
    "looks looked see saw show shows showed describe described explain explained please like want "
    "wants need needs go goes come came many much long often yes no ok okay hi hello thanks sorry "
    "talking asking changed developed improved evolved compare compared interested help learn "
    "example instance must shall ought mention mentions mentioned ever doing rated better worse "
    "still already always really"
)
_NO_SUBJECT = rule(
    "words that are no subject",
    r"\b(?:takes?|took|taken|taking)(?:\s+(?:part|place|account|care|charge))?\b"
    r"|\bover\s+(?:the\s+)?(?:time|years)\b",
    "Who takes part in it?",
    "Which parts has it?",
)
_NOUNS_TOO = word_set("help need needs")
"""Of those verbs: things as well, where they end a run of words ("early help")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a question. `text` stands in it from `start` to `end`.

    `lead` is the preposition, with the space after it, that belongs to a place or a date;
    `known` holds for a place by which the collection tells documents apart.
    """

    kind: Kind
    text: str
    start: int
    end: int
    lead: str = ""
    known: bool = False

    @property
    def setting(self) -> str:
        """The mention as it is added to a question: “in Leeds” of “inspection of Leeds” too."""
        placed = self.lead.split()[:1] and self.lead.split()[0].lower() in (*PLACING, *DATING)
        return (self.lead if placed else "in ") + self.text


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def small(self) -> str:
        return self.text.lower()

    @property
    def means(self) -> bool:
        return _has_meaning(self.small)


def mentions(text: str, names: CollectionNames) -> list[Mention]:
    """Subject, place and date of a question, each at most once, in the order of `text`."""
    words = [_Word(found.group(), *found.span()) for found in _WORD.finditer(text)]
    dates = [_dated(match) for match in stretches(text)][:1]
    words = [word for word in words if not _within(word, dates)]
    places = list(_known_places(text, names) or _places(words, text, names))[:1]
    empty = [Mention("subject", it.group(), *it.span()) for it in _NO_SUBJECT.finditer(text)]
    words = [word for word in words if not _within(word, [*places, *empty])]
    return sorted([*dates, *places, *_subject(words, text)], key=lambda mention: mention.start)


def content_words(text: str) -> list[str]:
    """The words of a text that carry meaning, in small letters: no function words, no verbs of
    saying and asking."""
    words = (match.group().lower() for match in _WORD.finditer(text))
    return [word for word in words if _has_meaning(word)]


def has_capital(word: str) -> bool:
    """Whether a word was typed as a name."""
    return word[0].isupper()


def may_be_place(word: str) -> bool:
    """Whether a word may name a place, though no document is on it: “Oldham”, not “CAMHS”."""
    return has_capital(word) and word[1:2].islower()


def blanked(text: str, stretches: Sequence[str]) -> str:
    """A question with BLANK in the place of the first of each of its stretches."""
    for stretch in stretches:
        text = text.replace(stretch, BLANK, 1)
    return text


def without_stretches(text: str, stretches: Sequence[str]) -> str:
    """A question without stretches of it, and without what leads to each ("in the")."""
    for stretch in stretches:
        found = re.compile(_LEADING_TO + re.escape(stretch) + r"(?:['’]s?\b)?")
        text = found.sub(" ", text, count=1)
    return tidy(text)


def _has_meaning(word: str) -> bool:
    plain = word.replace("’", "'")
    for ending in ("'s", "'re", "'d", "'ll"):
        plain = plain.removesuffix(ending)
    plain = plain.removesuffix("s") if plain in ("whats", "whos", "hows") else plain
    return plain not in STOPWORDS and plain not in ASKING and plain not in _SAYING


def _within(word: _Word, found: Sequence[Mention]) -> bool:
    return any(mention.start <= word.start < mention.end for mention in found)


def _dated(match: re.Match[str]) -> Mention:
    """A time that a preposition leads to, or one by itself."""
    lead = match.string[match.start() : match.start("point")]
    if len(lead.split()) > 1:
        return Mention("date", match.string[match.start("point") : match.end()], *_point(match))
    return Mention("date", match.group()[len(lead) :], *match.span(), lead=lead)


def _point(match: re.Match[str]) -> tuple[int, int]:
    return match.start("point"), match.end()


def _known_places(text: str, names: CollectionNames) -> list[Mention]:
    """Names by which the collection tells documents apart, with what leads to them; none where
    it does not do so by places."""
    found: list[Mention] = []
    for item in names.places_in(text) if names.tell_apart else ():
        at = text.find(item.words)
        led = LEADS_TO_PLACE.search(text[:at])
        lead = f"{led.group().split()[0]} " if led else ""
        start, end = led.start() if led else at, at + len(item.words)
        found.append(Mention("place", text[start + len(lead) : end], start, end, lead, True))
    return found


def _places(words: Sequence[_Word], text: str, names: CollectionNames) -> Iterator[Mention]:
    """Names after a preposition of place: "in the Scottish Borders"."""
    for at, word in enumerate(words):
        if word.small not in PLACING:
            continue
        first = at + 1 + (at + 1 < len(words) and words[at + 1].small == "the")
        last = _name_end(words, first, text, names)
        if last > first:
            start, end = words[at + 1].start, words[last - 1].end
            yield Mention("place", text[start:end], word.start, end, text[word.start : start])


def _name_end(words: Sequence[_Word], first: int, text: str, names: CollectionNames) -> int:
    """Behind the last word of the name that begins at `first`; `first` where none does."""
    last = at = first
    while at < len(words) and (at == first or not _parted(text, words[at - 1], words[at])):
        word = words[at]
        named = has_capital(word.text) or names.is_name(word.text)
        if named and word.small not in STOPWORDS and not word.text[0].isdigit():
            last = at + 1
        elif word.small not in _NAMING:
            break
        at += 1
    return last


def _parted(text: str, one: _Word, other: _Word) -> bool:
    """Whether something but spaces stands between two words."""
    return bool(text[one.end : other.start].strip())


def _subject(words: Sequence[_Word], text: str) -> Iterator[Mention]:
    """The run of most words with a meaning; one after "about" comes before all others."""
    runs = [run for run in _runs(words, text) if run[0] < run[1]]
    if runs:
        first, last = max(runs, key=lambda run: _weight(words, run))
        if first and words[first - 1].small in DETERMINERS:
            first -= 1
        start, end = words[first].start, words[last - 1].end
        yield Mention("subject", text[start:end], start, end)


def _weight(words: Sequence[_Word], run: tuple[int, int]) -> tuple[bool, int, int]:
    before = [word.small for word in words[: run[0]]]
    while before and before[-1] in DETERMINERS:
        before.pop()
    about = bool(before) and before[-1] in _ABOUT
    return about, sum(word.means for word in words[slice(*run)]), run[0]


def _runs(words: Sequence[_Word], text: str) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of words with a meaning in a row, joined by words such as "of the"."""
    at = 0
    while at < len(words):
        if not words[at].means:
            at += 1
            continue
        first, last = at, at + 1
        at += 1
        while at < len(words) and not _parted(text, words[at - 1], words[at]):
            if words[at].means or _ends_as_noun(words, at):
                last = at + 1
            elif words[at].small not in JOINING | {"and", "the"} or at - last >= 2:
                break
            at += 1
        yield _without_verbs(words, first, last)
        at = max(at, last)


def _ends_as_noun(words: Sequence[_Word], at: int) -> bool:
    """Whether a word that may be a verb is the last of a thing's name."""
    goes_on = at + 1 < len(words) and words[at + 1].means
    return words[at].small in _NOUNS_TOO and words[at - 1].means and not goes_on


def _without_verbs(words: Sequence[_Word], first: int, last: int) -> tuple[int, int]:
    """The run without a verb that begins it ("who led …") or ends it ("are … supported")."""
    before = [word.small for word in words[max(0, first - 2) : first]]
    asked = before[-1] if before else ""
    leads = asked in _SUBJECTS_VERB or (asked in ASKING and words[first].small.endswith("ed"))
    if leads and not has_capital(words[first].text):
        rest = (at for at in range(first + 1, last) if words[at].means)
        return next(rest, last), last
    whole, length = last == len(words), last - first
    defined = before == ["what", "is"] and whole
    does = length == 2 and whole and not _DOING.isdisjoint(before)
    passive = length > 1 and not _PASSIVE.isdisjoint(before) and not defined
    done = passive and words[last - 1].small.endswith(("ed", "ing"))
    return first, last - (does or done)
