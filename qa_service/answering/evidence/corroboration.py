"""Documents that say the same as a quote: they stand beside it, and are not quoted again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa_service.answering.evidence.candidates import Evidence
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.passages.sentences import sentence_spans
from qa_service.nouns.answers import OtherSource
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.nouns.results import Hit

FEWEST_WORDS = 4
"""What is shorter agrees with too much."""

# Words that may differ between two sentences that say the same. All others must be equal, the
# numbers, names, "not" and "should" among them.
_FREE = frozenset(
    ("the", "a", "an", "that", "which", "this", "these", "those", "its", "their", "also", "and")
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NUMBERING = re.compile(r"^[\W_]*(?:\(?\d{1,3}[.)]\s*|[a-z][.)]\s+)?")


Place = tuple[str, int]
"""A passage's id and where in its document a place in it begins."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Evidence to cite, and by `place_of` the other documents that say the same."""

    chosen: tuple[Evidence, ...]
    others: Mapping[Place, tuple[OtherSource, ...]] = field(default_factory=dict)


def agreed(opened: OpenedBuild, chosen: Sequence[Evidence], hits: Sequence[Hit]) -> Agreed:
    """The chosen places, of those that agree the best alone, with all who say the same.

    Looked through are the hits and the documents that hold nearly the same passage. Two
    places agree where they are equal word for word but for case, numbering and a few words
    such as articles.
    """
    kept: list[Evidence] = []
    for item in sorted(chosen, key=lambda item: -item.score):
        if not any(_said(item) == _said(other) for other in kept):
            kept.append(item)
    others = {place_of(item): _sources(opened, item, chosen, hits) for item in kept}
    return Agreed(tuple(item for item in chosen if item in kept), others)


def place_of(item: Evidence) -> Place:
    """What tells a place from the others of its passage."""
    return item.hit.passage.id, item.start


def said(text: str) -> tuple[str, ...]:
    """What must be equal of two sentences that agree; () for what is too short to agree."""
    words = _WORD.findall(_NUMBERING.sub("", _plain(text)))
    kept = tuple(word for word in words if word not in _FREE)
    return kept if len(kept) >= FEWEST_WORDS else ()


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _said(item: Evidence) -> tuple[str, ...]:
    """What a place says, never equal to another's where that is too short."""
    text = _text(item.hit.passage, item.start, item.end)
    return said(text) or tuple(map(str, place_of(item)))


def _text(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start]


def _sources(
    opened: OpenedBuild, item: Evidence, chosen: Sequence[Evidence], hits: Sequence[Hit]
) -> tuple[OtherSource, ...]:
    """Where other documents say the same, each once, the newest first."""
    wanted = _said(item)
    found: dict[str, OtherSource] = {}
    for hit in [other.hit for other in chosen] + list(hits):
        document = hit.document
        if document.id not in found and document.id != item.hit.document.id:
            place = next(_places(hit.passage, wanted, _sentences_of(item)), None)
            if place:
                found[document.id] = OtherSource(document, *place)
    for document in item.hit.duplicates:
        if document.id not in found and document.id != item.hit.document.id:
            found[document.id] = _in_duplicate(opened, document, item, wanted)
    return tuple(
        sorted(found.values(), key=lambda source: source.document.date or "", reverse=True)
    )


def _sentences_of(item: Evidence) -> int:
    """How many sentences a place is made of."""
    spans = item.hit.passage.sentences
    return sum(item.start <= start and end <= item.end for start, end in spans)


def _places(passage: Passage, wanted: tuple[str, ...], sentences: int) -> Iterator[tuple[int, int]]:
    """Where so many sentences in a row say what is wanted."""
    spans, text = passage.sentences, _plain(passage.text)
    if not all(word in text for word in wanted):
        return  # most passages; looking at each sentence takes much longer
    for at in range(len(spans) - sentences + 1):
        start, end = spans[at][0], spans[at + sentences - 1][1]
        if said(_text(passage, start, end)) == wanted:
            yield start, end


def _in_duplicate(
    opened: OpenedBuild, document: DocumentSummary, item: Evidence, wanted: tuple[str, ...]
) -> OtherSource:
    """The quote's place in a document that holds nearly the same passage.

    Where it says it a little otherwise, that is the sentence with most of its words.
    """
    text = opened.cache.document(document.id).text
    quote = _text(item.hit.passage, item.start, item.end)
    start = text.find(quote)
    if start >= 0:
        return OtherSource(document, start, start + len(quote))
    spans = sentence_spans(text)
    words = set(wanted)
    best = max(spans, key=lambda span: len(words & set(said(text[span[0] : span[1]]))))
    return OtherSource(document, *best)
