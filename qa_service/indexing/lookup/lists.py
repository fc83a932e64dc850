"""The lists of a document that stand under headings, as questions ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa_service.nouns.documents import Block
from qa_service.stems import stem_set

LONGEST_HEADING = 8
"""Words: a longer heading is a sentence, and names no list."""
LONGEST_SECTION = 8_000
"""Characters of a list that is quoted whole."""
FEWEST_ITEMS = 2
LISTED_SHARE = 0.5
"""Of what stands under a heading so much is in items where it is a list …"""
LONGEST_MIXED = 5_000
"""… or it is no longer than this, and the question has every word of the heading."""


@dataclass(frozen=True, slots=True)
class HeadedList:
    """A heading and its stems, with the list under it: (start, end) in its document, the first
    item at `first`. `mostly` where most of what stands there is items; else `mixed`, where it
    is short enough to be asked for by its whole name."""

    heading: str
    stems: frozenset[str]
    start: int
    end: int
    first: int
    mostly: bool
    mixed: bool

    def may_be_named(self, asked: frozenset[str]) -> bool:
        """Whether a question of these stems may ask for it."""
        return self.mostly or (self.mixed and self.stems <= asked)


def headed_lists(text: str, blocks: Sequence[Block]) -> tuple[HeadedList, ...]:
    """The lists of a document of this text and these blocks, in order."""
    starts = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    stretches = [*pairwise([*starts, len(blocks)]), *_parted(text, blocks, starts)]
    found = (_list_of(text, blocks[at:end]) for at, end in sorted(stretches))
    return tuple(each for each in found if each and (each.mostly or each.mixed))


def _parted(text: str, blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a heading opens lists with headings of their own, as one: “It is poor because:”."""
    ends = [*starts[1:], len(blocks)]
    for place, at in enumerate(starts):
        end = at + 1
        for start, after in list(zip(starts, ends, strict=True))[place + 1 :]:
            below = blocks[start + 1 : start + 2]
            if start != end or not below or below[0].kind != "list_item":
                break
            end = after
        if end > at + 1 and text[blocks[at].start : blocks[at].end].endswith(":"):
            yield at, end


def _list_of(text: str, blocks: Sequence[Block]) -> HeadedList | None:
    """What stands under the heading that is the first of some blocks; None for no list."""
    heading, below = text[blocks[0].start : blocks[0].end], blocks[1:]
    items = [block for block in below if block.kind == "list_item"]
    length = sum(block.end - block.start for block in below)
    if len(heading.split()) > LONGEST_HEADING or len(items) < FEWEST_ITEMS:
        return None
    if length > LONGEST_SECTION:
        return None
    listed = sum(block.end - block.start for block in items)
    mostly, mixed = listed >= LISTED_SHARE * length, length <= LONGEST_MIXED
    start, end, first = blocks[0].start, below[-1].end, items[0].start
    return HeadedList(heading, stem_set(heading), start, end, first, mostly, mixed)
