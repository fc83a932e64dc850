"""What questions read of the store, kept for those to come: many look at the same passages."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from qa_service.indexing.engine.seam.reading import TextReader
from qa_service.indexing.engine.store_records import StoredSentences
from qa_service.indexing.lookup.lists import HeadedList, headed_lists
from qa_service.nouns.documents import Block, Document, Passage

Key = TypeVar("Key")
Value = TypeVar("Value")

Blocked = tuple[Document, tuple[Block, ...]]
"""A document, and its blocks as TextReader.documents gives them."""

PASSAGES = 2_048
"""Kept at most; of about 5 kilobytes each."""
DOCUMENTS = 32
"""Whole texts, with what stands where in them."""
LISTS = 4_096
"""Documents of which it is known what lists they have."""


class Kept(Generic[Key, Value]):
    """The values of the keys asked for last. Safe for many threads."""

    def __init__(
        self,
        load: Callable[[Sequence[Key]], Mapping[Key, Value]],
        most: int,
        size: Callable[[Value], int] = lambda _: 1,
    ) -> None:
        """`load` gives the value of each of some keys; values of sizes of `most` together are
        kept."""
        self._load = load
        self._most, self._size, self._held = most, size, 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, keys: Sequence[Key]) -> list[Value]:
        """The values of these keys, in their order. Raises what loading them raises."""
        found = self._known(keys)
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            loaded = self._load(missing)
            self.keep(loaded)
            found.update(loaded)
        return [found[key] for key in keys]

    def _known(self, keys: Iterable[Key]) -> dict[Key, Value]:
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        return found

    def keep(self, loaded: Mapping[Key, Value]) -> None:
        """Keeps values that came another way than by loading them."""
        with self._lock:
            for key, value in loaded.items():
                if key not in self._values:  # another thread may have been first
                    self._values[key] = value
                    self._held += self._size(value)
            while self._held > self._most:
                self._held -= self._size(self._values.popitem(last=False)[1])


class StoreCache:
    """The store as questions read it: each method gives what the store's gives.

    What it keeps was looked at for damage when it was read.
    """

    def __init__(self, store: TextReader) -> None:
        by_row = (store.passages, store.sentences, store.contexts)
        passages, sentences, contexts = (_each(load) for load in by_row)
        self._passages: Kept[int, Passage] = Kept(passages, PASSAGES)
        self._sentences: Kept[int, StoredSentences] = Kept(sentences, PASSAGES)
        self._contexts: Kept[int, str] = Kept(contexts, PASSAGES)
        self._documents: Kept[str, Blocked] = Kept(_each(store.documents), DOCUMENTS)
        self._lists: Kept[str, tuple[HeadedList, ...]] = Kept(_each(self._headed_lists), LISTS)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """See TextReader."""
        return self._passages.of(_numbers(rows))

    def sentences(self, rows: Iterable[int]) -> list[StoredSentences]:
        """See TextReader."""
        return self._sentences.of(_numbers(rows))

    def contexts(self, rows: Iterable[int]) -> list[str]:
        """See TextReader."""
        return self._contexts.of(_numbers(rows))

    def document(self, document_id: str) -> Document:
        """See TextReader."""
        return self.documents([document_id])[0][0]

    def documents(self, ids: Sequence[str]) -> list[Blocked]:
        """See TextReader."""
        return self._documents.of(ids)

    def lists(self, ids: Sequence[str]) -> list[tuple[HeadedList, ...]]:
        """The lists of each of some documents, see headed_lists. Raises DocumentNotFound."""
        return self._lists.of(ids)

    def _headed_lists(self, ids: Sequence[str]) -> list[tuple[HeadedList, ...]]:
        return [headed_lists(document.text, blocks) for document, blocks in self.documents(ids)]


def _numbers(rows: Iterable[int]) -> list[int]:
    return [int(row) for row in rows]


def _each(
    load: Callable[[Sequence[Key]], list[Value]],
) -> Callable[[Sequence[Key]], Mapping[Key, Value]]:
    """What gives values in order, as what gives them by their keys."""
    return lambda keys: dict(zip(keys, load(keys), strict=True))
