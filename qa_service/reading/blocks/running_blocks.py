"""Short blocks that stand alike at the head or foot of most pages: boilerplate, as a slogan is."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa_service.reading.blocks.kinds import Laid, is_label_value

FEWEST_PAGES = 3
LEAST_SHARE = 0.5
"""Of the pages with text, so many have it."""
LONGEST = 15
"""A block of more words is a text that recurs."""


def running_blocks(laid: Sequence[Laid], page_starts: Sequence[int]) -> frozenset[int]:
    """Places of the blocks that run through the pages, which begin at these offsets.

    One that is a heading, holds a figure or is a label with its value is told the first time.
    """
    numbers = [bisect_right(page_starts, item.start) for item in laid]
    pages = [list(page) for _, page in groupby(range(len(laid)), numbers.__getitem__)]
    counts = Counter(text for page in pages for text in {*map(_plain, _ends(laid, page))})
    enough = max(FEWEST_PAGES, LEAST_SHARE * len(pages))
    known = {text for text, count in counts.items() if text and count >= enough}
    return frozenset(_again(laid, known)) if known else frozenset()


def _ends(laid: Sequence[Laid], page: Sequence[int]) -> tuple[str, str]:
    return laid[page[0]].text, laid[page[-1]].text


def _plain(text: str) -> str:
    words = text.casefold().split()
    return " ".join(words) if len(words) <= LONGEST else ""


def _again(laid: Sequence[Laid], known: set[str]) -> Iterator[int]:
    told: set[str] = set()
    for place, item in enumerate(laid):
        text = _plain(item.text)
        if text in known and (text in told or not _says_something(item)):
            yield place
        told.add(text)


def _says_something(item: Laid) -> bool:
    figure = any(map(str.isdigit, item.text))
    return item.kind == "heading" or figure or is_label_value(item.text)
