"""Text that recurs in many documents of a collection: boilerplate, decided over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa_service.nouns.documents import Block, Document

Flags = NDArray[np.bool_]

FEWEST_WORDS = 12
"""A shorter block may recur and still say something of its document, as a grade does; so may
one that is no sentence, such as a row of cells."""
FEWEST_DOCUMENTS = 5
LEAST_SHARE = 0.02
"""It stands in this share of the collection's documents at least."""
SAYS_NOTHING = 0
"""The key of what is never boilerplate, such as a heading."""
MOST_OF_ONE = 0.3
"""Documents that share more of their words are versions of one text, whose text is no imprint."""
_KINDS = ("paragraph", "list_item", "note", "label_value", "caption", "boilerplate")


@dataclass(slots=True)
class Recurrence:
    """Counts blocks that say the same, by 8 bytes of a hash of each.

    A shorter block, such as a line of an address, is boilerplate where it recurs as often and
    stands beside boilerplate, or only such blocks lie between.
    """

    documents: list[tuple[str, int]] = field(default_factory=list)
    keys: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = field(default_factory=list)
    places: list[np.ndarray[tuple[int, int], np.dtype[np.int64]]] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Takes the blocks of one more document into account."""
        blocks = document.blocks
        found = [_key_and_words(document.text, block) for block in blocks]
        starts = [(words, block.start) for (_, words), block in zip(found, blocks, strict=True)]
        self.documents.append((document.id, len(document.text.split())))
        self.keys.append(np.array([key for key, _ in found], np.uint64))
        self.places.append(np.array(starts, np.int64).reshape(-1, 2))

    def offsets(self) -> Iterator[tuple[str, list[int]]]:
        """Document id, and where blocks begin in it that many documents have."""
        least = max(FEWEST_DOCUMENTS, LEAST_SHARE * len(self.documents))
        # Not a plain list at the front: it would make numbers of floating point of the keys.
        distinct = [np.array([], np.uint64), *map(np.unique, self.keys)]
        known, counts = np.unique(np.concatenate(distinct), return_counts=True)
        many = known[(counts >= least) & (known != SAYS_NOTHING)]
        for (name, total), keys, places in zip(self.documents, self.keys, self.places, strict=True):
            recurs = np.isin(keys, many)
            long = recurs & (places[:, 0] >= FEWEST_WORDS)
            if long.any() and places[long, 0].sum() <= MOST_OF_ONE * total:
                yield name, places[_with_neighbours(recurs, long), 1].tolist()


def _with_neighbours(recurs: Flags, long: Flags) -> Flags:
    """Those of the unbroken runs of blocks that recur in which a long one stands."""
    runs = np.cumsum(np.diff(recurs.astype(np.int8), prepend=0) != 0)
    return recurs & np.isin(runs, runs[long])


def _key_and_words(text: str, block: Block) -> tuple[int, int]:
    """A hash of what a block says, and of how many words, 0 where it is no sentence."""
    said = text[block.marker[1] if block.marker else block.start : block.end].casefold()
    words = said.split()
    if not words or block.kind not in _KINDS:
        return SAYS_NOTHING, 0
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest), len(words) if said[-1] in ".!?" else 0
