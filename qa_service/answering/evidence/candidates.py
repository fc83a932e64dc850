"""Passages -> the sentences that answer: which to quote, and how well each fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from qa_service.answering.evidence.expectation_bonus import expected
from qa_service.answering.ranking.retrieval import Query, share, term_weights
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store_records import StoredSentences
from qa_service.indexing.passages.cutting import search_context
from qa_service.indexing.passages.sentences import quotable_sentences
from qa_service.nouns.documents import Passage
from qa_service.nouns.results import Hit
from qa_service.stems import stem_set

SHORT_SENTENCE_WORDS = 5
WEAK_SENTENCE_PENALTY = 0.3
"""Taken off a question, or a fragment: such a sentence repeats words but answers nothing."""
NEIGHBOUR_SHARE = 0.5
"""A neighbour is quoted too from this share of the best sentence's own score."""


OTHER_HEADING = 3.0
"""Taken off a sentence under a heading with another number than one that is asked for."""
FOREIGN_SHARE, FOREIGN_STEMS = 0.4, 2
"""A question is foreign to the documents where none holds this share of its stems, and so many …"""
FOREIGN_SHARE_OF_FEW, FEW_PASSAGES = 0.6, 2_000
"""… or this share, to documents of fewer passages: these lack many words, and other words than
theirs may ask for what they say."""
HEADING_SHARE = 0.6
"""A heading is asked for where the question holds this share of its stems …"""
HEADING_BONUS = 0.5
"""… and a passage under it scores so much more."""

_CODE = re.compile(r"([a-z]{1,3})\d+")
"""The stem of a code: “R4”, “LS4410”."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reader makes of a place, all of them probabilities.

    `passage` that its passage is, of those read, the one that answers; `said` that its
    sentences are of an answer; `none` that none of the passages read answers.
    """

    passage: float
    said: float
    none: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a hit that answers: the best one, until a reader finds others.

    `score` orders places of all hits; `cosine` is that of the passage's best sentence and the
    question, `fit` that sentence's whole score, `fits` those of all its sentences; `absent` are
    the stems of the question that neither the passage nor its context holds, `lacking` their
    share of it, `names_lacking` the share of its names and numbers that are among them,
    `foreign` where no document at all holds many of its stems;
    `heading_asked` where the question asks for the heading above; `in_talk` where it is read
    after a talk; `settled` where a scope took words out of the question. `judged` is None where no
    reader looked, and `exact` (document offsets) where it is not certain of the words that
    answer. `stated` is how sure a fact of the document is that is asked for by its label, or a
    list by its heading. `listed` is the list, with its heading, that the place stands in, where
    the question asks for that.
    """

    hit: Hit
    start: int
    end: int
    score: float
    cosine: float
    fit: float
    absent: frozenset[str] = frozenset()
    lacking: float = 0.0
    names_lacking: float = 0.0
    foreign: bool = False
    fits: tuple[float, ...] = ()
    heading_asked: bool = False
    settled: bool = False
    in_talk: bool = False
    judged: Judgement | None = None
    exact: tuple[int, int] | None = None
    stated: float | None = None
    listed: tuple[int, int] | None = None


def find_evidence(opened: OpenedBuild, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
    """The best place of every hit that has one, best hit first; contents and boilerplate are none.

    A sentence scores its passage's fused score and coverage, plus its own cosine with the
    question and the share of the question's stems that it holds, those that only its title
    or headings hold counting half: four parts of 0 to 1. What kind of thing is asked for
    (expectation_bonus.py) adds a little.
    """
    weights = term_weights(opened, query.words)
    sentences = opened.cache.sentences(hit.passage.row for hit in hits)
    cosines = opened.sentence_cosines(sentences, query.vector)
    foreign = _is_foreign(opened, query)
    found = (
        _best_place(hit, near, said, weights, query)
        for hit, near, said in zip(hits, cosines, sentences, strict=True)
    )
    evidence = [replace(item, foreign=foreign) for item in found if item]
    return sorted(evidence, key=lambda item: -item.score)


def _is_foreign(opened: OpenedBuild, query: Query) -> bool:
    """Whether a question is of another world than the documents: none holds many of its stems."""
    stems = {stem for stem in query.words if not stem.isdigit()}
    unheard = sum(not opened.documents_holding(stem) for stem in stems)
    share = FOREIGN_SHARE if opened.info.passages >= FEW_PASSAGES else FOREIGN_SHARE_OF_FEW
    return unheard >= max(share * len(stems), FOREIGN_STEMS)


def asks_for_heading(words: Sequence[str], hit: Hit) -> bool:
    """Whether a question of these stems asks for the heading that a passage stands under."""
    return holds_most(words, hit.passage.heading_path[-1]) if hit.passage.heading_path else False


def holds_most(words: Iterable[str], heading: str) -> bool:
    """Whether most stems of a heading, or of the lead of a list, are among these."""
    stems = stem_set(heading)
    return bool(stems) and len(stems.intersection(words)) >= HEADING_SHARE * len(stems)


def _best_place(
    hit: Hit,
    cosines: Sequence[float],
    said: StoredSentences,
    weights: dict[str, float],
    query: Query,
) -> Evidence | None:
    """None where no sentence of the passage may be quoted."""
    quotable = quotable_sentences(hit.passage)
    if not any(quotable):
        return None
    context = stem_set(search_context(hit.document, hit.passage.heading_path))
    fits = _sentence_fits(hit, said, weights, context, query)
    scores = [
        cosine + fit if may_be else float("-inf")
        for cosine, fit, may_be in zip(cosines, fits, quotable, strict=True)
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    first, last = _with_neighbour(hit, scores, best)
    absent = {word for word in weights.keys() - context if f" {word} " not in said.run}
    lacking = share(absent, weights) if weights else 1.0
    asked = asks_for_heading(query.words, hit)
    return Evidence(
        hit=hit,
        start=hit.passage.sentences[first][0],
        end=hit.passage.sentences[last][1],
        score=hit.score + 1 - lacking + scores[best] + HEADING_BONUS * asked,
        cosine=cosines[best],
        fit=scores[best],
        absent=frozenset(absent),
        lacking=lacking,
        names_lacking=_share_absent(query, absent),
        fits=tuple(scores),
        heading_asked=asked,
        settled=query.settled,
        in_talk=bool(query.in_talk),
    )


def _sentence_fits(
    hit: Hit,
    said: StoredSentences,
    weights: dict[str, float],
    context: Set[str],
    query: Query,
) -> list[float]:
    """For each sentence of a passage, how well its words fit the question."""
    wanted = [(f" {word} ", weight, word in context) for word, weight in weights.items()]
    elsewhere = _under_other_headings(hit.passage, said, _numbers(query.words))
    codes = [word for word in query.words if _CODE.fullmatch(word)]
    return [
        _sentence_score(text, stems, wanted)
        + expected(query.expectation, text)
        - OTHER_HEADING * (off or _has_other_code(stems, codes))
        for text, stems, off in zip(_sentence_texts(hit), said.spaced, elsewhere, strict=True)
    ]


def _has_other_code(stems: str, codes: Sequence[str]) -> bool:
    """Whether a sentence has a code of the kind that is asked for, and another: of “R3” for
    “R4”."""
    kinds = {_CODE.sub(r"\1", code) for code in codes}
    said = {word for word in stems.split() if _CODE.fullmatch(word)}
    return said.isdisjoint(codes) and any(_CODE.sub(r"\1", word) in kinds for word in said)


def _numbers(words: Iterable[str]) -> Set[str]:
    return {word for word in words if word.isdigit()}


def _under_other_headings(passage: Passage, said: StoredSentences, asked: Set[str]) -> list[bool]:
    """Of each sentence, whether its heading has a number of its own, where another heading has
    one that is asked for: of "Visits in 2021" where those in 2022 are."""
    headings = _headings_within(passage) if asked else []
    named = asked & set().union(*headings)
    if not named:
        return [False] * said.number
    return [
        bool(_numbers(heading)) and not named & (heading | set(words))
        for heading, words in zip(headings, said.stems, strict=True)
    ]


def _headings_within(passage: Passage) -> list[Set[str]]:
    """The stems of what stands between each sentence and the one before, and is none: of the
    heading above it; of a sentence below another, those of the heading of that."""
    found: list[Set[str]] = []
    end = passage.start
    for start, last in passage.sentences:
        between = stem_set(passage.text[end - passage.start : start - passage.start])
        found.append(between or (found[-1] if found else frozenset()))
        end = last
    return found


def _share_absent(query: Query, absent: Set[str]) -> float:
    """The share of a question's names and numbers that are absent; 0 where it has none."""
    named = query.names | _numbers(query.words)
    return len(named & absent) / len(named) if named else 0.0


def _sentence_score(text: str, stems: str, wanted: Sequence[tuple[str, float, bool]]) -> float:
    """`wanted` has for each stem of the question its weight, and whether the context holds it."""
    own = sum([weight for word, weight, _ in wanted if word in stems])
    both = sum([weight for word, weight, above in wanted if above or word in stems])
    return (own + both) / 2 - WEAK_SENTENCE_PENALTY * _is_weak(text)


def _sentence_texts(hit: Hit) -> list[str]:
    passage = hit.passage
    return [
        passage.text[start - passage.start : end - passage.start]
        for start, end in passage.sentences
    ]


def _with_neighbour(hit: Hit, scores: Sequence[float], best: int) -> tuple[int, int]:
    """The best sentence, and the better one beside it where that fits the question too."""
    beside = [at for at in (best - 1, best + 1) if _same_line(hit, best, at)]
    strong = [at for at in beside if scores[at] >= NEIGHBOUR_SHARE * scores[best] > 0]
    if not strong:
        return best, best
    other = max(strong, key=lambda at: scores[at])
    return min(best, other), max(best, other)


def _same_line(hit: Hit, one: int, other: int) -> bool:
    sentences, passage = hit.passage.sentences, hit.passage
    if not 0 <= other < len(sentences):
        return False
    first, second = sorted((one, other))
    gap = passage.text[sentences[first][1] - passage.start : sentences[second][0] - passage.start]
    return "\n" not in gap


def _is_weak(text: str) -> bool:
    return (
        text.endswith("?") or len(text.split(maxsplit=SHORT_SENTENCE_WORDS)) < SHORT_SENTENCE_WORDS
    )
