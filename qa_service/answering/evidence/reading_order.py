"""Evidence -> the order in which a reader should look at it: what most likely answers first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.ranking.fusion import scaled
from qa_service.answering.ranking.retrieval import Query, Scores, phrases
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Passage
from qa_service.stems import stem_set

_MEANING = re.compile(r"\W*[^\W\d_][^:.?!\n]{1,40}: [a-z]")
_STATING = ("label_value", "table_row")
LATE = 20
"""Passages from the beginning of a document; those further down count as this far down."""


@dataclass(frozen=True, slots=True)
class OrderWeights:
    """A listwise logistic regression over the first 30 passages, on written questions.

    What it learned from, and what it brings: docs/quality.md. Each weighs a signal of 0 to 1, but
    `fit`: search and fit are the evidence's own, `covered` the share of the question that the
    passage or its context holds, `cosine` that of its best sentence and `keyword` its BM25 score
    without the names that all passages searched bear, `phrase` the share of the question's
    neighbouring words that are neighbours in it, `heading` the share of a heading over or in it
    that the question holds, `late` how far down its document it stands, and `beside` the score
    of the better of its neighbours in the document.
    """

    search: float = 4.2
    covered: float = 3.4
    fit: float = 2.0
    cosine: float = 8.5
    phrase: float = 3.1
    heading: float = 1.8
    keyword: float = 0.95
    late: float = -1.9
    beside: float = 0.75


IN_TALK = OrderWeights(search=8.0, covered=0.5, cosine=11.0)
"""For a follow-up, whose own words say little: docs/quality.md has what that brings."""


def in_reading_order(
    opened: OpenedBuild, judged: Query, nameless: Query, evidence: Sequence[Evidence]
) -> list[Evidence]:
    """The evidence, likeliest first.

    `judged` is the question as sentences are to answer it, `nameless` the same without names
    that all passages searched bear.
    """
    if not evidence:
        return []
    weights = OrderWeights() if nameless.context is None else IN_TALK
    chances = _signals(opened, judged, nameless, evidence) @ np.array(astuple(weights))
    return [evidence[place] for place in np.argsort(-chances, kind="stable")]


def _signals(
    opened: OpenedBuild, judged: Query, nameless: Query, evidence: Sequence[Evidence]
) -> Scores:
    """(evidence, weights): each signal of each, as OrderWeights has them."""
    rows = np.array([item.hit.passage.row for item in evidence], np.int64)
    sentences = opened.cache.sentences(rows)
    wanted = phrases(judged.words)
    cosines = opened.sentence_cosines(sentences, nameless.vector_in_talk)
    search = {item.hit.passage.row: item.hit.score for item in evidence}
    columns = (
        [item.hit.score for item in evidence],
        [1 - item.lacking for item in evidence],
        [item.fit for item in evidence],
        [max(near, default=0.0) for near in cosines],
        [_phrase_share(wanted, said.run) for said in sentences],
        [_heading_share(judged, item) for item in evidence],
        scaled(opened.keyword.scores(nameless.words_in_talk, rows)),
        [min(place, LATE) / LATE for place in opened.places_in_documents(rows)],
        [max(search.get(row - 1, 0.0), search.get(row + 1, 0.0)) for row in rows.tolist()],
    )
    return np.array(columns, np.float32).T


def _phrase_share(wanted: Sequence[str], run: str) -> float:
    return sum(phrase in run for phrase in wanted) / len(wanted) if wanted else 0.0


def _heading_share(query: Query, item: Evidence) -> float:
    """The largest share of a heading's stems, of those over or in a passage, that are asked."""
    if item.heading_asked:
        return 1.0
    words = set(query.words)
    stems = [stem_set(heading) for heading in _headings(item.hit.passage)]
    return max((len(each & words) / len(each) for each in stems if each), default=0.0)


def _headings(passage: Passage) -> Iterator[str]:
    yield from passage.heading_path[-1:]
    for block in passage.blocks:
        if block.kind == "heading" and block.start >= passage.start:
            yield passage.text[block.start - passage.start : block.end - passage.start]


def reasons_first(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in its order; where a question asks why, lines of a label and its value last.

    “Leadership: poor” does not say why leadership was poor.
    """
    return sorted(evidence, key=_is_stated) if query.expectation.reasons else list(evidence)


def _is_stated(item: Evidence) -> bool:
    return any(
        block.start <= item.start and item.end <= block.end
        for block in item.hit.passage.blocks
        if block.kind in _STATING
    )


def without_meanings(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; where a question asks what is to be done, without entries of glossaries, if
    anything is left: “Audit: a planned check of work” says what a word means."""
    if not query.expectation.actions:
        return list(evidence)
    return [item for item in evidence if not _MEANING.match(_text_of(item))] or list(evidence)


def _text_of(item: Evidence) -> str:
    passage = item.hit.passage
    return passage.text[item.start - passage.start : item.end - passage.start]
