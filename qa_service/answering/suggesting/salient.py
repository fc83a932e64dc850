"""Phrases that a collection speaks of often: two words that stand together as one thing."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from qa_service.stems import STOPWORDS

FEWEST_DOCUMENTS = 3
FEWEST_LETTERS = 4
BORDERED = 0.6
"""Of a phrase's occurrences so many stand between function words or marks, as a noun does."""
MOST_CHARACTERS = 60_000
"""Of each document so much is looked at."""

# Words that say how things are, not what they are.
_JUDGING_WORDS = (
    "next small wide vast last positive best large different good well make please would high "
    "many recent earliest previous regular clear number significant great little whole same "
    "following several"
)
JUDGING = frozenset(_JUDGING_WORDS.split())
_THING = re.compile(r"\w+(?:[^s]s|ance|ence|ness|ity|ship|work)$")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|\d+")


def salient_phrases(texts: Iterable[str], limit: int, fewest: int = FEWEST_DOCUMENTS) -> list[str]:
    """Up to `limit` phrases of two words that so many texts hold, those first that stand together
    more than by chance.

    Ordered by how often they occur times the pointwise mutual information of their words
    (Church and Hanks: Word association norms, 1990).
    """
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    bordered: Counter[tuple[str, str]] = Counter()
    documents: defaultdict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        seen = _count(text[:MOST_CHARACTERS], words, pairs, bordered)
        for pair in seen:
            documents[pair] += 1
    total = sum(words.values()) or 1
    scores = {
        pair: count * math.log(count * total / (words[pair[0]] * words[pair[1]]))
        for pair, count in pairs.items()
        if documents[pair] >= fewest and _is_thing(pair) and bordered[pair] >= BORDERED * count
    }
    best = sorted(scores, key=lambda pair: (-scores[pair], pair))[:limit]
    return [" ".join(pair) for pair in best]


def _count(
    text: str,
    words: Counter[str],
    pairs: Counter[tuple[str, str]],
    bordered: Counter[tuple[str, str]],
) -> set[tuple[str, str]]:
    tokens = [".", *_TOKEN.findall(text), "."]
    words.update(token for token in tokens if token[0].isalpha())
    seen = set()
    for before, first, second, after in zip(
        tokens, tokens[1:], tokens[2:], tokens[3:], strict=False
    ):
        if _is_content(first) and _is_content(second):
            pair = (first, second)
            seen.add(pair)
            pairs[pair] += 1
            bordered[pair] += _is_border(before) and _is_border(after)
    return seen


def _is_thing(pair: tuple[str, str]) -> bool:
    return pair[0] not in JUDGING and bool(_THING.match(pair[1]))


def _is_content(token: str) -> bool:
    plain = token.isalpha() and token.islower() and len(token) >= FEWEST_LETTERS
    return plain and token not in STOPWORDS


def _is_border(token: str) -> bool:
    return not token[0].isalpha() or token.lower() in STOPWORDS
