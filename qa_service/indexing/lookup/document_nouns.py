"""What the documents of a collection are called: “report”, “invoice”, “policy”, “minutes”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from qa_service.nouns.documents import DocumentSummary
from qa_service.stems import terms

ANY = ("document", "doc", "file", "report")
"""What a document of any collection may be called."""
FEW = 10
"""In a collection of so few documents one is enough to say what they are called …"""
LEAST_SHARE = 0.02
"""… in others more than this share of them."""
FAMILY = 6
"""Letters from which words are of one family: “inspectors” of “inspection”."""

_SEGMENT = re.compile(r"[:–—|/()]|\s-\s")
_PART = re.compile(r"[,\d_]")
_LEADS_ON = re.compile(r"\b(?:of|on|for|to|from|about|by|in|at|with|against)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


class DocumentNouns:
    """Words that documents go by in their titles and file names: the last before “of” or “on”."""

    def __init__(
        self, documents: Sequence[DocumentSummary], is_name: Callable[[str], bool]
    ) -> None:
        bearers = Counter(
            word for document in documents for word in {*_heads(document)} if not is_name(word)
        )
        least = LEAST_SHARE * len(documents) if len(documents) > FEW else 0
        self._words = {word for word, count in bearers.items() if count > least}
        found = {stem for word in (*ANY, *self._words) for stem in terms(word)}
        self._stems = frozenset(found)

    def calls(self, noun: str) -> bool:
        """Whether documents are called so, in whatever form: “policies” of “policy”."""
        return bool(self._stems & {*terms(noun)})

    def kind_of(self, document: DocumentSummary) -> str:
        """The noun that a document's file name begins with, where others' do too; "" for none."""
        first = _file_words(document)[:1]
        return first[0].lower() if first and self.calls(first[0]) else ""

    def noun_of(self, word: str) -> str:
        """The noun to whose family a word belongs: “inspection” of “inspectors”; "" for none."""
        small = word.lower()
        family = (noun for noun in sorted(self._words) if len(noun) > FAMILY)
        akin = (noun for noun in family if small.startswith(noun[:FAMILY]))
        return next(akin, small.removesuffix("s") if self.calls(small) else "")


def _heads(document: DocumentSummary) -> Iterator[str]:
    """The last word before “of” of every stretch of several words of a title, in small letters;
    and the first of its file name."""
    for segment in _SEGMENT.split(document.title):
        for part in _PART.split(segment):
            before = _LEADS_ON.split(part, maxsplit=1)
            words = _WORD.findall(before[0])
            if len(words) > 1 or (words and len(before) > 1):
                yield words[-1].lower()
            if len(before) > 1:
                break  # what follows a comma is still what the document is on
    if len(name := _file_words(document)) > 1:
        yield name[0].lower()


def _file_words(document: DocumentSummary) -> list[str]:
    return _WORD.findall(re.sub(r"\.\w+$", "", document.source.rsplit("/", 1)[-1]))
