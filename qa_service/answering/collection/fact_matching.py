"""A question for facts of many documents -> the labels and values that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa_service.indexing.lookup.fact_labels import FactLabel
from qa_service.nouns.dates import MONTHS, YEAR
from qa_service.nouns.documents import StoredFact
from qa_service.nouns.parsed_question import Asks, FactsQuestion, ParsedQuestion
from qa_service.stems import terms
from qa_service.understanding.comparing import says_change
from qa_service.understanding.documents.facts_questions import is_saying, present

AKIN = 5
"""Letters of a stem that another one may go on from: “leadership” of “leader”."""
MOSTLY = 0.6
"""Share of its values that must be of a kind for a label to be."""
_NAME = re.compile(r"(?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+|[A-Z][\w’'-]+ [A-Z]")
_YEAR = re.compile(YEAR)
_MONTHS = frozenset(terms(" ".join([*MONTHS, *(month[:3] for month in MONTHS), "Sept"])))
_MANY = frozenset(terms("many"))
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Match:
    """A label that a question asks for, as far as its words say; `share` of it that they name,
    `named` how many of the question's stems do, `headed` where they name the head of its
    column. `value` are the stems of the value asked
    for, none where every value is; `titled` the words that titles of documents hold.
    """

    label: FactLabel
    share: float
    headed: bool
    value: tuple[str, ...]
    titled: frozenset[str]
    named: int = 0

    @property
    def is_whole_value(self) -> bool:
        """Whether a document says nothing else than the value asked for."""
        return self.value in self.label.value_stems

    def holds(self, fact: StoredFact, asked: FactsQuestion) -> bool:
        """Whether a fact says what is asked for."""
        if asked.is_bounded:
            return _within(fact.fact.value, asked)
        return not self.value or _says(tuple(terms(fact.fact.value)), self.value)


def matches(
    labels: Iterable[FactLabel],
    parsed: ParsedQuestion,
    asked: FactsQuestion,
    titled: frozenset[str],
    *,
    comparing: bool = False,
) -> list[Match]:
    """The labels of which, with a value, every word of a question speaks; the likeliest first.

    Words that the documents' titles hold (`titled`), what documents are called, and words by
    which facts are asked for, need no label; in a comparison those that say that something
    changed need none either.
    """
    free = {stem for noun in asked.nouns for stem in terms(noun)}
    stems = _question_stems(parsed, asked)
    if comparing:
        stems = [stem for stem in stems if not says_change(stem)]
    known = [*labels]
    found = [match for label in known if (match := _match(label, stems, asked, (titled, free)))]
    if asked.counted:
        stems = [stem for stem in stems if stem not in free | _MANY]
        graded = (_match(it, stems, asked, (titled, free)) for it in known if it.is_graded)
        found += [match for match in graded if match and match.value]
    fitting = (
        match
        for match in found
        if asked.graded or match.value or _is_of_kind(match.label, parsed.asks)
    )
    return sorted(fitting, key=_rank, reverse=True)


def _rank(match: Match) -> tuple[int, float, bool, int]:
    return match.named, match.share, match.label.of_whole, len(match.label.facts)


def _question_stems(parsed: ParsedQuestion, asked: FactsQuestion) -> list[str]:
    """What a question says beside places, titles, times and the kind of thing asked for."""
    words = asked.words
    stretches = [item.words for item in (*parsed.titles, *parsed.places)]
    for stretch in (*stretches, *(period.words for period in parsed.periods)):
        words = words.replace(stretch, " ", 1)
    kind = parsed.asks in ("who", "when", "how many") and not asked.graded
    free = set() if kind else {stem for noun in asked.nouns for stem in terms(noun)}
    needless = free | _MONTHS
    return [
        present(stem) for stem in terms(words) if stem not in needless and not _YEAR.fullmatch(stem)
    ]


def _match(
    label: FactLabel,
    stems: Sequence[str],
    asked: FactsQuestion,
    needless: tuple[frozenset[str], set[str]],
) -> Match | None:
    titled, free = needless
    said = [stem for stem in stems if not _of(stem, label.heads)]
    headed = len(said) < len(stems)
    among = frozenset(stem for stem in said if not (asked.graded and is_saying(stem)))
    form = max(label.forms, key=lambda form: _share(form, among))
    rest = [stem for stem in said if not _of(stem, form) and stem not in free]
    value = tuple(stem for stem in rest if not is_saying(stem) and stem not in titled)
    if label.is_dated and any(map(str.isdigit, value)):
        return None
    if value and (asked.is_bounded or not label.says(value)):
        return None
    named = {stem for stem in among if _of(stem, form) and not is_saying(stem)}
    shared = titled.intersection(rest)
    return Match(label, _share(form, among), headed, value, shared, len(named))


def _of(stem: str, stems: frozenset[str]) -> bool:
    """Whether a stem is among others, or goes on from one or to one."""
    if stem in stems or len(stem) < AKIN:
        return stem in stems
    shorter = (stem[:end] for end in range(AKIN, len(stem)))
    return stem in _beginnings(stems) or any(each in stems for each in shorter)


@lru_cache(maxsize=4_096)
def _beginnings(stems: frozenset[str]) -> frozenset[str]:
    """What stems begin with, AKIN letters or more."""
    return frozenset(stem[:end] for stem in stems for end in range(AKIN, len(stem) + 1))


def _share(form: frozenset[str], stems: frozenset[str]) -> float:
    return sum(_of(stem, stems) for stem in form) / len(form)


def _says(said: tuple[str, ...], value: tuple[str, ...]) -> bool:
    """Whether the stems of a value begin with those asked for; or hold several side by side."""
    length = len(value)
    starts = range(len(said) - length + 1) if length > 1 else range(1)
    return any(said[at : at + length] == value for at in starts)


def _within(value: str, asked: FactsQuestion) -> bool:
    number = number_of(value)
    return number is not None and (
        (asked.above is None or number > asked.above)
        and (asked.below is None or number < asked.below)
    )


def number_of(value: str) -> float | None:
    """The first number of a value."""
    found = _NUMBER.search(value)
    return float(found.group().replace(",", "")) if found else None


def _is_of_kind(label: FactLabel, asks: Asks) -> bool:
    match asks:
        case "when":
            return label.is_dated
        case "how many":
            return _mostly(label, re.compile(r"\d")) and not label.is_dated
        case "who":
            return _mostly(label, _NAME)
        case _:
            return True


def _mostly(label: FactLabel, form: re.Pattern[str]) -> bool:
    said = [bool(form.match(fact.fact.value)) for fact in label.all]
    return sum(said) > MOSTLY * len(said)
