"""Where words that were quoted stand in another text: the nearest place that says the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import Match, SequenceMatcher

from qa_service.deadline import in_time, keep_time

WORD = re.compile(r"\w+")
SEED_WORDS = 3
"""So many words in a row, found in both texts, are where a place may lie."""
MOST_PLACES_OF_A_SEED = 4
"""A quote that repeats itself would have a vote from each of its places for each of the text's."""
MOST_PLACES_COMPARED = 5
MOST_OCCURRENCES = 50
"""A word more frequent than this around a place begins no run of equal words."""
MOST_RUNS = 40
"""So many runs of equal words are looked for at one place."""
MOST_CHARACTERS = 2_000_000
"""The words of a longer text would take more memory than a page may."""
LEAST_LIKENESS = 0.5
SENTENCE_END = re.compile(r"[.!?…:]|\n\s*\n")
CLOSING = re.compile(r"""[.!?…,;:]*[)\]”’"'»]*""")

Token = tuple[str, int, int]
"""A word without regard to case, and the offsets at which it stands."""


@dataclass(frozen=True, slots=True)
class NearestPlace:
    """A stretch of a text. `likeness` to what is looked for is 1 where word for word the same."""

    start: int
    end: int
    likeness: float


def nearest_place(text: str, quote: str, near: int) -> NearestPlace | None:
    """The place most like a quote, the nearest to the offset `near` of those most alike.

    None where nothing shares half of its words in their order (the ratio of difflib). The
    same words are found anywhere, others within `MOST_CHARACTERS` around `near`.
    """
    if exact := _exact_place(text, quote, near):
        return exact
    begin = max(0, min(near, len(text)) - MOST_CHARACTERS // 2)
    place = _like_place(text[begin : begin + MOST_CHARACTERS], quote, near - begin)
    return place and replace(place, start=place.start + begin, end=place.end + begin)


def _like_place(text: str, quote: str, near: int) -> NearestPlace | None:
    words, wanted = list(_tokens(text)), [word for word, _, _ in _tokens(quote)]
    if not wanted:
        return None
    compared = (_compared(text, words, wanted, first) for first in _likely(words, wanted))
    places = [place for place in compared if place and place.likeness >= LEAST_LIKENESS]
    return max(places, key=lambda place: (place.likeness, -abs(place.start - near)), default=None)


def _exact_place(text: str, quote: str, near: int) -> NearestPlace | None:
    before, after = text.rfind(quote, 0, near + len(quote)), text.find(quote, max(0, near))
    found = [start for start in (before, after) if start >= 0]
    if not quote.strip() or not found:
        return None
    start = min(found, key=lambda start: abs(start - near))
    return NearestPlace(start, start + len(quote), 1.0)


def _tokens(text: str) -> Iterator[Token]:
    for match in in_time(WORD.finditer(text)):
        yield match.group().casefold(), match.start(), match.end()


def _likely(words: Sequence[Token], wanted: Sequence[str]) -> list[int]:
    """Words at which the quote may begin: where most of its seeds stand in their order."""
    size = min(SEED_WORDS, len(wanted))
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(wanted) - size + 1):
        if len(known := places[tuple(wanted[at : at + size])]) < MOST_PLACES_OF_A_SEED:
            known.append(at)
    step = max(1, len(wanted) // 2)
    votes: Counter[int] = Counter()
    for at in in_time(range(len(words) - size + 1)):
        seed = tuple(word for word, _, _ in words[at : at + size])
        votes.update((at - place) // step for place in places.get(seed, ()))
    return [block * step for block, _ in votes.most_common(MOST_PLACES_COMPARED)]


def _compared(
    text: str, words: Sequence[Token], wanted: Sequence[str], first: int
) -> NearestPlace | None:
    """The part of the words around `first` that is like the quote."""
    begin = max(0, first - len(wanted) // 2)
    window = words[begin : first + 2 * len(wanted) + 1]
    found = [word for word, _, _ in window]
    blocks = _equal_runs(wanted, found)
    if not blocks:
        return None
    since, until = blocks[0].b, blocks[-1].b + blocks[-1].size
    likeness = 2 * sum(block.size for block in blocks) / (len(wanted) + until - since)
    # Words that changed at an end of the quote belong to it as far as their sentence goes.
    for _ in range(blocks[0].a):
        since -= since > 0 and _runs_on(text, window[since - 1], window[since])
    for _ in range(len(wanted) - blocks[-1].a - blocks[-1].size):
        until += until < len(window) and _runs_on(text, window[until - 1], window[until])
    end = window[until - 1][2]
    closing = CLOSING.match(text, end)
    return NearestPlace(window[since][1], closing.end() if closing else end, likeness)


def _equal_runs(wanted: Sequence[str], found: Sequence[str]) -> list[Match]:
    """Where both are equal, in order: the longest run, then those on both sides of it.

    As difflib's get_matching_blocks, which takes time by the cube where words repeat.
    """
    frequent = {word for word, times in Counter(found).items() if times > MOST_OCCURRENCES}
    matcher = SequenceMatcher(frequent.__contains__, wanted, found, autojunk=False)
    ranges = deque([(0, len(wanted), 0, len(found))])
    runs: list[Match] = []
    while ranges and len(runs) < MOST_RUNS:
        keep_time()
        first, last, begin, end = ranges.popleft()
        run = matcher.find_longest_match(first, last, begin, end)
        if run.size:
            runs.append(run)
            ranges.append((first, run.a, begin, run.b))
            ranges.append((run.a + run.size, last, run.b + run.size, end))
    return sorted(runs)


def _runs_on(text: str, word: Token, following: Token) -> bool:
    """Whether no sentence ends between two words that follow one another."""
    return not SENTENCE_END.search(text, word[2], following[1])
