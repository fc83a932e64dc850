"""Evidence -> evidence as the reader sees it: which passages answer, and with which sentences."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.evidence.candidates import Evidence, Judgement
from qa_service.answering.evidence.confidence import LEAST, log_odds
from qa_service.answering.evidence.passage_reader import (
    ListReading,
    PassageReader,
    PassageReading,
    PassageText,
)
from qa_service.indexing.passages.cutting import search_context
from qa_service.nouns.documents import Passage
from qa_service.nouns.results import Hit

ENOUGH, FEWEST = 0.8, 2
"""No further passage is read once the reader gives one this probability, of so many at least."""
RELEVANCE_WEIGHT = 0.8
"""What the reader's logit of a passage counts …"""
SEARCH_WEIGHT = 6.0
"""… and what a whole unit of the search's score adds to it."""
FIT_WEIGHT = 2.2
"""What a whole unit of a sentence's own score adds to its logit beside the reader's."""
HEADING_WEIGHT = 0.5
"""What it adds where the question asks for the heading that the passage stands under."""
LISTED_WEIGHT = 4.0
"""What it adds besides where that heading stands over a list, and nothing else is asked."""
BEST_SENTENCE_WEIGHT = 1.2
"""What a unit of its best sentence's logit, both together, adds to a passage's."""
FURTHER_SENTENCE = 5.5
"""A sentence is quoted too where its logit lies no further below that of the best one of its
passage than this."""
EXACT_CERTAINTY = 0.25
"""From how likely on the words are marked: that the place answers, and with these words."""
_FIGURE = re.compile(r"[£$€]?\d(?:[\d.,]*\d)?(?:[-–][£$€]?\d(?:[\d.,]*\d)?)*%?")


def read_places(
    reader: PassageReader, question: str, evidence: Sequence[Evidence], limit: int
) -> list[Evidence]:
    """Places in the passages of the `limit` best, read with the question, best first.

    The others are left out, and those after one that the reader is sure enough of. A passage
    has a place for each line, or part of one, whose sentences answer. A place scores the
    probability that its passage answers, of those read, by reader, search and best
    sentence, times the odds of its own sentence to the best one.
    """
    able = [item for item in evidence if item.fits][:limit]
    passages = [passage_text(item.hit) for item in able]
    listed = reader.read(question, passages, ENOUGH, FEWEST)
    read = able[: len(listed.passages)]
    said = [
        _sentence_logits(item, reading) for item, reading in zip(read, listed.passages, strict=True)
    ]
    chances = _passage_chances(read, listed, said)
    places = [
        place
        for item, reading, logits, chance in zip(read, listed.passages, said, chances, strict=True)
        for place in _places(item, reading, logits, Judgement(chance, 0.0, listed.none))
    ]
    return sorted(places, key=lambda item: -item.score)


def as_read(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> list[Hit]:
    """The hits with those first that were read, likeliest first; all, ranked anew."""
    read = dict.fromkeys(item.hit.passage.id for item in evidence if item.judged)
    places = {passage_id: place for place, passage_id in enumerate(read)}
    ordered = sorted(hits, key=lambda hit: places.get(hit.passage.id, len(places)))
    return [replace(hit, rank=number) for number, hit in enumerate(ordered, start=1)]


def _sentence_logits(item: Evidence, reading: PassageReading) -> list[float]:
    """Of each sentence of a passage by reader and own score; -inf where it is never quoted.

    Where a list is asked for, that is what stands before and after it.
    """
    first, last = item.listed or (0, sys.maxsize)
    return [
        log_odds(said) + FIT_WEIGHT * fit if first <= start and end <= last else -math.inf
        for said, fit, (start, end) in zip(
            reading.sentences, item.fits, item.hit.passage.sentences, strict=True
        )
    ]


def _passage_chances(
    read: Sequence[Evidence], listed: ListReading, said: Sequence[Sequence[float]]
) -> list[float]:
    """The passages' probabilities by all signs; together as much as the reader leaves to them."""
    logits = [
        RELEVANCE_WEIGHT * reading.relevance
        + SEARCH_WEIGHT * item.hit.score
        + HEADING_WEIGHT * item.heading_asked
        + LISTED_WEIGHT * (item.stated is not None)
        + BEST_SENTENCE_WEIGHT * max(sentences)
        for item, reading, sentences in zip(read, listed.passages, said, strict=True)
    ]
    best = max(logits, default=0.0)
    powers = [math.exp(logit - best) for logit in logits]
    return [(1 - listed.none) * power / sum(powers) for power in powers]


def passage_text(hit: Hit) -> PassageText:
    """A hit as the reader takes it."""
    passage = hit.passage
    spans = [(start - passage.start, end - passage.start) for start, end in passage.sentences]
    head = search_context(hit.document, passage.heading_path)
    return PassageText(head, passage.text, tuple(spans))


def _places(
    item: Evidence, reading: PassageReading, logits: Sequence[float], judged: Judgement
) -> Iterator[Evidence]:
    """The places of one passage; none where it has no sentence that may be quoted."""
    best = max(logits)
    if best == -math.inf:
        return
    spans, exact = item.hit.passage.sentences, _exact(item, reading)
    for first, last in _runs(item.hit.passage, logits, best - FURTHER_SENTENCE):
        below = best - max(logits[first : last + 1])
        start, end = spans[first][0], spans[last][1]
        yield replace(
            item,
            start=start,
            end=end,
            score=judged.passage * math.exp(-below),
            judged=replace(judged, said=max(reading.sentences[first : last + 1])),
            exact=exact if exact and start <= exact[0] and exact[1] <= end else None,
        )


def _runs(passage: Passage, logits: Sequence[float], least: float) -> Iterator[tuple[int, int]]:
    """First and last number of neighbouring sentences of a line that are as likely as that."""
    taken = [at for at, logit in enumerate(logits) if logit >= least]
    first = last = taken[0]
    for at in taken[1:]:
        if at > last + 1 or not _same_line(passage, last, at):
            yield first, last
            first = at
        last = at
    yield first, last


def _same_line(passage: Passage, one: int, other: int) -> bool:
    start, end = passage.sentences[one][1], passage.sentences[other][0]
    return "\n" not in passage.text[start - passage.start : end - passage.start]


def _exact(item: Evidence, reading: PassageReading) -> tuple[int, int] | None:
    """The words that answer, in the document; None where they are not certain enough."""
    if reading.exact is None or reading.exact[0] >= reading.exact[1]:
        return None
    if reading.certainty * max(reading.sentences) < EXACT_CERTAINTY:
        return None
    start, end = _whole_figures(item.hit.passage.text, *reading.exact)
    return start + item.hit.passage.start, end + item.hit.passage.start


def _whole_figures(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with all of the figures that it cuts: "£90" for "90", "€40–55" for "55"."""
    for figure in _FIGURE.finditer(text):
        if figure.start() < end and figure.end() > start:
            start, end = min(start, figure.start()), max(end, figure.end())
    return start, end


@dataclass(frozen=True, slots=True)
class TwiceReader:
    """A reader of a question that leans on its talk; `alone` is that question by itself.

    What it says is the mean of both readings, in log odds: each view misses what the other sees.
    """

    reader: PassageReader
    alone: str

    @property
    def fingerprint(self) -> str:
        """See PassageReader."""
        return self.reader.fingerprint

    def read(
        self,
        question: str,
        passages: Sequence[PassageText],
        enough: float = 1.0,
        fewest: int = 1,
    ) -> ListReading:
        """See PassageReader; the exact words are those of the question after its talk."""
        after = self.reader.read(question, passages, enough, fewest)
        alone = self.reader.read(self.alone, passages[: len(after.passages)])
        none = _mean(after.none, alone.none)
        share = (1 - none) / max(2 - after.none - alone.none, LEAST)
        both = (_joined(*pair, share) for pair in zip(after.passages, alone.passages, strict=True))
        return ListReading(tuple(both), none)


def _joined(after: PassageReading, alone: PassageReading, share: float) -> PassageReading:
    return replace(
        after,
        probability=share * (after.probability + alone.probability),
        relevance=(after.relevance + alone.relevance) / 2,
        sentences=tuple(map(_mean, after.sentences, alone.sentences)),
    )


def _mean(one: float, other: float) -> float:
    """The probability whose log odds are the mean of those of two."""
    return 1 / (1 + math.exp(-(log_odds(one) + log_odds(other)) / 2))
