"""Words as the documents write them, with their counts: what a mistyped one is matched to."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

WORDS_FILE = "words.json"
COUNTS_FILE = "words-by-access.json"
FEWEST_LETTERS = 4
MOST_WORDS = 200_000
"""Of a larger corpus the most frequent words are kept."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# After a small letter or a comma a capital is no sentence's, so that it is a name's.
_INSIDE = re.compile(r"(?<=[a-z,] )[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the corpus: as it is written there, how often, and how many edits away."""

    text: str
    count: int
    distance: int


class Vocabulary:
    """The words of a corpus, found by how they are nearly written."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._written = {word.lower(): (word, count) for word, count in counts.items()}
        self._buckets: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._written:
            self._buckets[word[0], len(word)].append(word)

    def __len__(self) -> int:
        return len(self._written)

    def is_name(self, word: str) -> bool:
        """Whether the documents write a word, given in small letters, mostly with a capital
        that others do not follow, as abbreviations have them."""
        written = self._written[word][0] if word in self._written else ""
        return written[:1].isupper() and not written.isupper()

    def near(self, word: str, distance: int) -> list[NearWord]:
        """Words with the first letter of `word`, in small letters, at most `distance` edits away.

        An edit adds, drops or replaces a letter, or swaps two neighbours: the optimal string
        alignment distance (Damerau, 1964).
        """
        lengths = range(len(word) - distance, len(word) + distance + 1)
        choices = [near for length in lengths for near in self._buckets.get((word[0], length), ())]
        found = process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=distance, limit=None
        )
        return [NearWord(*self._written[near], int(edits)) for near, edits, _ in found]

    def save(self, path: Path) -> None:
        """Writes the words and their counts into one file."""
        counts = dict(self._written.values())
        path.write_text(json.dumps(counts, ensure_ascii=False, indent=0), encoding="utf-8")

    @classmethod
    def open(cls, path: Path) -> Vocabulary:
        """The words of a build, whose manifest has vouched for the file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))


def plain_words(text: str) -> Iterator[re.Match[str]]:
    """Every word of four letters or more that holds nothing but letters, in order."""
    for match in _WORD.finditer(text):
        if len(match.group()) >= FEWEST_LETTERS and match.group().isalpha():
            yield match


@dataclass
class WordCounts:
    """How often each form of a word is written, and how often inside a sentence."""

    written: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)

    def count(self, text: str) -> None:
        """Counts the words of a text too."""
        plain = (form for form in _WORD.findall(text) if len(form) >= FEWEST_LETTERS)
        self.written.update(form for form in plain if form.isalpha())
        self.inside.update(_INSIDE.findall(text))

    def add(self, other: WordCounts) -> None:
        """Adds what was counted of other texts."""
        self.written.update(other.written)
        self.inside.update(other.inside)

    def vocabulary(self) -> Vocabulary:
        """The words. One that stands inside sentences mostly with a capital keeps it."""
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for form, count in self.written.items():
            forms[form.lower()][form] = count
        capitals = _capitals(self.inside)
        counts = {_form(word, found, capitals): found.total() for word, found in forms.items()}
        most_frequent = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return Vocabulary(dict(most_frequent[:MOST_WORDS]))


def count_words(texts: Iterable[str]) -> Vocabulary:
    """The words of all texts."""
    counts = WordCounts()
    for text in texts:
        counts.count(text)
    return counts.vocabulary()


CountsByAccess = dict[str, WordCounts]
"""What was counted of the documents that state the same access, "" for those that state none."""


def words_of_all(counts: Iterable[WordCounts]) -> Vocabulary:
    """The words of all that was counted."""
    total = WordCounts()
    for part in counts:
        total.add(part)
    return total.vocabulary()


def save_counts(path: Path, counts: CountsByAccess) -> None:
    """Writes what was counted into one file."""
    values = {access: (part.written, part.inside) for access, part in counts.items()}
    path.write_text(json.dumps(values, ensure_ascii=False, indent=0), encoding="utf-8")


def open_counts(path: Path) -> CountsByAccess:
    """What a build counted, whose manifest has vouched for the file."""
    return counts_of(path.read_text(encoding="utf-8"))


def counts_of(text: str) -> CountsByAccess:
    """What was counted, of the text of such a file."""
    return {
        access: WordCounts(Counter(written), Counter(inside))
        for access, (written, inside) in json.loads(text).items()
    }


def _capitals(inside: Counter[str]) -> Counter[str]:
    """For each word in small letters, how much oftener it stands inside a sentence with a
    capital than without."""
    balance: Counter[str] = Counter()
    for form, count in inside.items():
        balance[form.lower()] += count if form[0].isupper() else -count
    return balance


def _form(word: str, forms: Counter[str], capitals: Counter[str]) -> str:
    """How a word is written: as a name is, or in small letters."""
    names = Counter({form: count for form, count in forms.items() if form[0].isupper()})
    return names.most_common(1)[0][0] if names and capitals[word] > 0 else word
