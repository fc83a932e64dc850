"""Text that recurs in many documents of a collection: boilerplate, decided over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from qa_service.nouns.documents import Block, Document

FEWEST_WORDS = 12
"""A shorter block may recur and still say something of its document, as a grade does; so may
one that is no sentence, such as a row of cells."""
FEWEST_DOCUMENTS = 5
LEAST_SHARE = 0.02
"""It stands in this share of the collection's documents at least."""
MOST_OF_ONE = 0.3
"""Documents that share more of their words are versions of one text, whose text is no imprint."""
_KINDS = ("paragraph", "list_item", "note", "label_value")


@dataclass(slots=True)
class Recurrence:
    """Counts blocks that say the same, by 8 bytes of a hash of each."""

    documents: list[tuple[str, int]] = field(default_factory=list)
    keys: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = field(default_factory=list)
    places: list[np.ndarray[tuple[int, int], np.dtype[np.int64]]] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Takes the blocks of one more document into account."""
        long = [
            (*found, block.start)
            for block in document.blocks
            if block.kind in _KINDS and (found := _key_and_words(document.text, block))
        ]
        self.documents.append((document.id, len(document.text.split())))
        self.keys.append(np.array([item[0] for item in long], np.uint64))
        self.places.append(np.array([item[1:] for item in long], np.int64).reshape(-1, 2))

    def offsets(self) -> Iterator[tuple[str, list[int]]]:
        """Document id, and where blocks begin in it that many documents have."""
        least = max(FEWEST_DOCUMENTS, LEAST_SHARE * len(self.documents))
        # Not a plain list at the front: it would make numbers of floating point of the keys.
        distinct = [np.array([], np.uint64), *map(np.unique, self.keys)]
        known, counts = np.unique(np.concatenate(distinct), return_counts=True)
        many = known[counts >= least]
        for (name, total), keys, places in zip(self.documents, self.keys, self.places, strict=True):
            found = places[np.isin(keys, many)]
            if len(found) and found[:, 0].sum() <= MOST_OF_ONE * total:
                yield name, found[:, 1].tolist()


def _key_and_words(text: str, block: Block) -> tuple[int, int] | None:
    """A hash of what a block says, and how many words; None where it says too little."""
    said = text[block.marker[1] if block.marker else block.start : block.end].casefold()
    words = said.split()
    if len(words) < FEWEST_WORDS or said[-1] not in ".!?":
        return None
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest), len(words)
