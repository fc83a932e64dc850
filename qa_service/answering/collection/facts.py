"""A question for a fact of one document -> the line that states it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from qa_service.answering.collection.fact_matching import AKIN, matches
from qa_service.answering.collection.stretches import stretch_evidence
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.ranking.retrieval import Query
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Scope
from qa_service.nouns.dates import YEAR
from qa_service.nouns.documents import Fact, StoredFact
from qa_service.nouns.parsed_question import Asks, ParsedQuestion
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.documents.facts_questions import present

LABEL_WEIGHT, QUESTION_WEIGHT, KIND_BONUS = 0.5, 0.7, 0.3
SURE = 1.3
"""From this score a fact is the answer; how often that was right: docs/quality.md."""
MOST_SEARCHED = 3
"""Documents of which one may state what is asked for, and the others not."""
_NAME = re.compile(r"(?:[A-Z][\w’'-]+ ){1,3}[A-Z]")
_A_DAY = re.compile(rf"\b{YEAR}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b")


def with_stated_fact(
    finder: Finder, found: Found, scope: Scope | None, parsed: ParsedQuestion, filters: Filters
) -> Found:
    """What was found; the fact alone where the question asks for one that a single document states.

    That is the one document that the filters of the question, or its own words, leave; where it
    asks who, when or which grade, one of a few.
    """
    searched = _searched(finder.opened, scope.filters if scope else filters)
    other = parsed.expectation.reasons or parsed.expectation.abbreviation
    plain = parsed.asks in ("who", "when") or (parsed.facts and parsed.facts.for_grade)
    if not 0 < len(searched) <= (MOST_SEARCHED if plain else 1) or other:
        return found
    judged = finder.settling(scope.words if scope else ()).judged
    stated = [best for name in searched if (best := _asked(finder, name, parsed, judged))]
    if len(stated) != 1 or stated[0].row is None:
        return found
    best = stated[0]
    evidence = _evidence(finder.opened, judged, best, found.hits)
    return replace(found, chosen=(evidence,), confidence=STATED_CONFIDENCE) if evidence else found


def _asked(
    finder: Finder, document_id: str, parsed: ParsedQuestion, judged: Query
) -> StoredFact | None:
    """The fact of a document that a question asks for; None where it states none."""
    facts = finder.opened.store.facts(None, (document_id,))
    graded = parsed.facts is not None and parsed.facts.graded
    if not graded:
        facts = _ungraded(finder.opened, document_id, facts, parsed.asks)
    grade = _grade(finder.opened, document_id, parsed)
    return grade or _likeliest(finder, facts, judged, parsed.asks)


def _searched(opened: OpenedBuild, filters: Filters) -> tuple[str, ...]:
    """The documents that filters leave of those they name; none where they name none."""
    summaries = opened.summaries(filters.document_ids)
    return tuple(summary.id for summary in summaries if filters.admits(summary))


def _ungraded(
    opened: OpenedBuild, document_id: str, facts: Sequence[StoredFact], asks: Asks
) -> list[StoredFact]:
    """Facts without grades, for a question that asks for none: “adopters in Hull”. What is of the
    kind asked for, as a few names are, is none."""
    labels = (label for label in opened.fact_labels if label.is_graded)
    graded = {each.fact.start for label in labels for each in label.facts.get(document_id, ())}
    return [each for each in facts if each.fact.start not in graded or _is_of_kind(each.fact, asks)]


def _likeliest(
    finder: Finder, facts: Sequence[StoredFact], judged: Query, asks: Asks
) -> StoredFact | None:
    """The fact that fits a question best; None where that is not well enough.

    A value of the question's own words says nothing, unless yes or no is asked for.
    """
    words = frozenset(finder.query.words if asks != "yes or no" else ())
    facts = [item for item in facts if not {*terms(item.fact.value)} <= words]
    if asks == "who":
        facts = [item for item in facts if not _is_of_kind(item.fact, "when")]
    if asks in ("when", "how many"):
        facts = [item for item in facts if _is_of_kind(item.fact, asks)]
    if not facts:
        return None
    scores = fact_scores(finder.opened, facts, (finder.query, judged), asks)
    best = max(range(len(facts)), key=scores.__getitem__)
    return facts[best] if scores[best] >= SURE else None


def _grade(opened: OpenedBuild, document_id: str, parsed: ParsedQuestion) -> StoredFact | None:
    """The grade that a document states of a thing, or of the whole, where a question for one says
    nothing else: “what did Doncaster get for leadership?”, “how did Doncaster do?”"""
    if parsed.facts is None or parsed.unknown or not parsed.facts.for_grade:
        return None
    found = [
        match
        for match in matches(opened.fact_labels, parsed, parsed.facts, opened.title_stems.common)
        if (match.share or match.label.of_whole) and not match.value and match.label.is_graded
        if document_id in match.label.facts
    ]
    stated = found[0].label.facts[document_id] if found else ()
    values = {tuple(terms(each.fact.value)) for each in stated}
    return stated[0] if len(values) == 1 else None


def fact_scores(
    opened: OpenedBuild, facts: Sequence[StoredFact], queries: tuple[Query, Query], asks: Asks
) -> list[float]:
    """How well each fact of a document fits a question, whole and without what the scope settled.

    The mean cosine of both with its line; the share of the label's stems in the question, and
    of the question's in the label, each stem by how rare it is among the labels; and a bonus
    where the value is of the kind asked for.
    """
    labels = [frozenset(terms(f"{item.fact.label} {item.fact.column}")) for item in facts]
    counts = Counter(stem for label in labels for stem in label)
    words = _said(opened, counts, queries[1].words)
    rarity = {stem: math.log(1 + len(facts) / max(0.5, counts[stem])) for stem in {*counts, *words}}

    def share(part: frozenset[str], whole: frozenset[str]) -> float:
        return sum(rarity[stem] for stem in part) / (sum(rarity[stem] for stem in whole) or 1.0)

    return [
        cosine
        + LABEL_WEIGHT * share(label & words, label)
        + QUESTION_WEIGHT * share(label & words, words)
        + KIND_BONUS * _is_of_kind(item.fact, asks)
        for item, label, cosine in zip(facts, labels, _cosines(opened, facts, queries), strict=True)
    ]


def _said(opened: OpenedBuild, stems: Collection[str], words: Sequence[str]) -> frozenset[str]:
    """A question's words as labels have them. “The report” of which no label speaks stands for
    what the documents are called in any: “who led the report?” asks for the lead inspector."""
    nouns, said = opened.document_nouns, {_as_labelled(word, stems) for word in words}
    called = {word for word in said if word not in stems and nouns.calls(word)}
    made = {stem for stem in stems if nouns.noun_of(stem)} if called else set()
    return frozenset(said - called | made if made else said)


def _as_labelled(word: str, stems: Collection[str]) -> str:
    """The stem of a label that a word goes on from, or to: “inspector” for “inspection”, “lead”
    for “led”; the word itself where there is none."""
    said = present(word)
    if said in stems or len(said) < AKIN:
        return said
    akin = (stem for stem in stems if len(stem) >= AKIN)
    return next((it for it in akin if it.startswith(said) or said.startswith(it)), said)


def _cosines(
    opened: OpenedBuild, facts: Sequence[StoredFact], queries: tuple[Query, Query]
) -> list[float]:
    """0 for a fact that stands in no sentence."""
    places = [item.sentence if item.sentence is not None else -1 for item in facts]
    vectors = opened.vectors.sentences[np.maximum(np.array(places, np.int64), 0)]
    near = np.asarray(vectors, np.float32) @ ((queries[0].vector + queries[1].vector) / 2)
    return [
        float(cosine) if place >= 0 else 0.0 for cosine, place in zip(near, places, strict=True)
    ]


def _is_of_kind(fact: Fact, asks: Asks) -> bool:
    match asks:
        case "who":
            return _NAME.match(fact.value) is not None
        case "when":
            return fact.date is not None or _A_DAY.search(fact.value) is not None
        case "how many":
            return any(map(str.isdigit, fact.value))
        case _:
            return False


def _evidence(
    opened: OpenedBuild, query: Query, stored: StoredFact, hits: Sequence[Hit]
) -> Evidence | None:
    """The line of a fact as evidence, its value as the words that answer."""
    fact = stored.fact
    exact = (fact.value_start, fact.value_end)
    return stretch_evidence(opened, query, stored.row or 0, (fact.start, fact.end), exact, hits)
