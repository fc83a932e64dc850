"""A question -> what a later one may refer to: its subject, place and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa_service.nouns.dates import MONTHS, YEAR
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import DATING, LEADS_TO_PLACE, PLACING, word_set

Kind = Literal["subject", "place", "date"]


ASKING = word_set("who whom whose what which when where why how")
_DATE = re.compile(
    r"(?:\b(?:in|during|since|before|after|until|from|for|of|by|between)\s+)?"
    rf"\b(?:(?:{'|'.join(MONTHS)}),?\s+)?{YEAR}\b(?:\s*(?:-|–|and|to)\s*{YEAR}\b)?",
    re.IGNORECASE,
)
_LEADING_TO = r"(?:\b(?:in|of|for|from|at|on|by|during|about)\s+)?(?:\bthe\s+)?"
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*")
# "Who takes part in it?" is not about a part, "over time" not about time.
_NO_SUBJECT = rule(
    "words that are no subject",
    r"\b(?:takes?|took|taken|taking)(?:\s+(?:part|place|account|care|charge))?\b"
    r"|\bover\s+(?:the\s+)?(?:time|years)\b|^\W*compare\b",
    "Who takes part in it?",
    "Which parts has it?",
)
_DETERMINERS = word_set("the a an my our your their this that these those")
_JOINING = word_set("of and the for in on with around")
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
    "wants need needs go goes come many much long often yes no ok okay hi hello thanks sorry "
    "talking asking changed developed improved evolved compare compared interested help learn "
    "example instance must shall ought mention mentions mentioned ever doing rated better worse "
    "still already always really"
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


def has_capital(word: str) -> bool:
    """Whether a word was typed as a name."""
    return word[0].isupper()


def mentions(text: str, names: CollectionNames) -> list[Mention]:
    """Subject, places and dates of a question, each at most once, in the order of `text`."""
    dates = [_dated(match) for match in _DATE.finditer(text)][:1]
    words = [_Word(found.group(), *found.span()) for found in _WORD.finditer(text)]
    words = [word for word in words if not _within(word, dates)]
    places = list(_known_places(text, names) or _places(words, text, names.is_name))[:1]
    phrases = [found.span() for found in _NO_SUBJECT.finditer(text)]
    words = [word for word in words if not _within(word, places)]
    words = [word for word in words if not any(s <= word.start < e for s, e in phrases)]
    found = [*dates, *places, *_subject(words, text)]
    return sorted(found, key=lambda mention: mention.start)


def content_words(text: str) -> list[str]:
    """The words of a text that carry meaning, in small letters: no function words, no verbs of
    saying and asking."""
    words = (match.group().lower() for match in _WORD.finditer(text))
    return [word for word in words if _has_meaning(word)]


def _has_meaning(word: str) -> bool:
    plain = re.sub(r"(?<=^what)s$|(?<=^who)s$|(?<=^how)s$|['’](?:s|re|d|ll)$", "", word)
    return plain not in STOPWORDS and plain not in ASKING and plain not in _SAYING


def _dated(match: re.Match[str]) -> Mention:
    lead = re.match(r"[a-z]+\s+(?=\S)", match.group(), re.IGNORECASE)
    taken = lead.group() if lead and lead.group().strip().title() not in MONTHS else ""
    return Mention("date", match.group()[len(taken) :], *match.span(), lead=taken)


def _within(word: _Word, found: list[Mention]) -> bool:
    return any(mention.start <= word.start < mention.end for mention in found)


def _known_places(text: str, names: CollectionNames) -> list[Mention]:
    """Names by which the collection tells documents apart, with what leads to them; none where
    it does not do so by places."""
    found: list[Mention] = []
    if not names.tell_apart:
        return found
    for item in names.places_in(text):
        start = text.find(item.words)
        led = LEADS_TO_PLACE.search(text[:start])
        lead = led.group() if led else ""
        place = lead[len(lead.split()[0]) + 1 :] + item.words if lead else item.words
        lead = lead[: len(lead) + len(item.words) - len(place)]
        end = start + len(item.words)
        found.append(
            Mention("place", place, start - len(led.group() if led else ""), end, lead, True)
        )
    return found


def _places(words: list[_Word], text: str, is_name: Callable[[str], bool]) -> Iterator[Mention]:
    """Names after a preposition of place: "in the Scottish Borders"."""
    for at, word in enumerate(words):
        if word.small not in PLACING:
            continue
        first = at + 1 + (at + 1 < len(words) and words[at + 1].small == "the")
        last = _name_end(words, first, text, is_name)
        if last > first:
            start, end = words[at + 1].start, words[last - 1].end
            lead = text[word.start : start]
            yield Mention("place", text[start:end], word.start, end, lead)


def _name_end(words: list[_Word], first: int, text: str, is_name: Callable[[str], bool]) -> int:
    """Behind the last word of the name that begins at `first`; `first` where none does."""
    last = at = first
    while at < len(words) and (at == first or not _parted(text, words[at - 1], words[at])):
        if _is_name(words[at], is_name):
            last = at + 1
        elif words[at].small not in _NAMING:
            break
        at += 1
    return last


def _is_name(word: _Word, is_name: Callable[[str], bool]) -> bool:
    named = has_capital(word.text) or is_name(word.text)
    return named and word.small not in STOPWORDS and not word.text[0].isdigit()


def _parted(text: str, one: _Word, other: _Word) -> bool:
    """Whether something but spaces stands between two words."""
    return bool(text[one.end : other.start].strip())


def _subject(words: list[_Word], text: str) -> Iterator[Mention]:
    """The longest run of words with a meaning; one after "about" comes before all others."""
    runs = [run for run in _runs(words, text) if run[0] < run[1]]
    if runs:
        first, last = max(runs, key=lambda run: (_follows_about(words, run), *_weight(words, run)))
        if first and words[first - 1].small in _DETERMINERS:
            first -= 1
        start, end = words[first].start, words[last - 1].end
        yield Mention("subject", text[start:end], start, end)


def _weight(words: list[_Word], run: tuple[int, int]) -> tuple[int, int]:
    return sum(_has_meaning(word.small) for word in words[slice(*run)]), run[0]


def _follows_about(words: list[_Word], run: tuple[int, int]) -> bool:
    before = [word.small for word in words[max(0, run[0] - 2) : run[0]]]
    return bool(before) and (
        before[-1] in _ABOUT or (before[0] in _ABOUT and before[-1] in _DETERMINERS)
    )


def _runs(words: list[_Word], text: str) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of words with a meaning in a row, joined by words such as "of the"."""
    at = 0
    while at < len(words):
        if not _has_meaning(words[at].small):
            at += 1
            continue
        first, last = at, at + 1
        at += 1
        while at < len(words) and not _parted(text, words[at - 1], words[at]):
            if _has_meaning(words[at].small) or _ends_as_noun(words, at):
                last = at + 1
            elif words[at].small not in _JOINING or at - last >= 2:
                break
            at += 1
        yield _without_verbs(words, first, last)
        at = max(at, last)


def _ends_as_noun(words: list[_Word], at: int) -> bool:
    """Whether a word that may be a verb is the last of a thing's name."""
    goes_on = at + 1 < len(words) and _has_meaning(words[at + 1].small)
    return words[at].small in _NOUNS_TOO and _has_meaning(words[at - 1].small) and not goes_on


def _without_verbs(words: list[_Word], first: int, last: int) -> tuple[int, int]:
    """The run without a verb that begins it ("who led …") or ends it ("are … supported")."""
    before = words[first - 1].small if first else ""
    verb = before in _SUBJECTS_VERB or (before in ASKING and words[first].small.endswith("ed"))
    if verb and not has_capital(words[first].text):
        first += 1
        while first < last and not _has_meaning(words[first].small):
            first += 1
    elif _ends_in_verb(words, first, last):
        last -= 1
    elif _is_passive(words, first) and last - first > 1 and not _is_defined(words, first, last):
        last -= words[last - 1].small.endswith(("ed", "ing"))
    return first, last


def _ends_in_verb(words: list[_Word], first: int, last: int) -> bool:
    """Whether a question ends in what a thing does: "How much does the tank hold?"."""
    asked = {word.small for word in words[max(0, first - 2) : first]}
    return last - first == 2 and last == len(words) and bool(asked & _DOING)


def _is_defined(words: list[_Word], first: int, last: int) -> bool:
    """Whether the question is what a run, which ends it, means: "What is corporate parenting?"."""
    asked = [word.small for word in words[max(0, first - 2) : first]]
    return asked == ["what", "is"] and last == len(words)


def _is_passive(words: list[_Word], first: int) -> bool:
    """Whether "is" or "have" stands before a run, or before the word in front of it."""
    return any(word.small in _PASSIVE for word in words[max(0, first - 2) : first])


def without_stretches(text: str, stretches: Sequence[str]) -> str:
    """A question without stretches of it, and without what leads to each ("in the")."""
    for stretch in stretches:
        found = re.compile(_LEADING_TO + re.escape(stretch) + r"(?:['’]s?\b)?")
        text = found.sub(" ", text, count=1)
    return re.sub(r"\s+(?=[?.!,;])", "", " ".join(text.split()))
