"""Questions that a collection answers: made of headings and phrases, and each asked once."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice, zip_longest
from math import ceil

from threadpoolctl import threadpool_limits

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.ranking.retrieval import Query, make_query
from qa_service.answering.scope.scope_search import find_in_scope
from qa_service.answering.stopwatch import Stopwatch
from qa_service.answering.suggesting.phrasing import (
    question_about,
    question_of_definition,
    question_of_heading,
    thing_of_heading,
)
from qa_service.answering.suggesting.salient import salient_phrases
from qa_service.config import Settings
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.indexing.passages.sentences import NEVER_QUOTED, quotable_sentences
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.questions import Filters, Question
from qa_service.stems import terms
from qa_service.understanding.parsing import parse

MOST_ASKED = 60
"""Candidates that are checked; each costs about what an answer costs."""
MOST_KEPT = 24
MOST_ALIKE = 2
"""So many are kept of one document, and of one form."""
MOST_TRIED = 4
"""So many of one form are asked."""
MOST_SHOWN = 8
"""For somebody who has not asked yet; the others lead on after an answer."""
MOST_DOCUMENTS = 60
"""Documents, drawn at random, of which candidates are made."""
PHRASES = 16
SURE = 0.4
"""Confidence from which a question counts as answered well."""
ALIKE = 0.6
"""Two questions are nearly the same from this share of the shorter one's stems."""
SEED = 2009
FEWEST_NEW = 2
"""Stems that an answer must say beyond its question, or it echoes it."""
_FRAME = frozenset(terms(question_about("")))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the documents that should answer it; any may where there are none.

    `form` is the same for questions that differ only in the place they ask about. `made_of` is
    the heading or the sentence that it was made of, None for a phrase of many documents.
    """

    text: str
    form: str
    document_ids: frozenset[str] = frozenset()
    made_of: str | None = None


def suggest(
    opened: OpenedBuild,
    embedder: Embedder,
    settings: Settings,
    reader: PassageReader | None,
    kept: Sequence[SuggestedQuestion] = (),
    among: Collection[str] | None = None,
) -> list[SuggestedQuestion]:
    """Up to 24 questions that the documents answer, the surest first, few of one document.

    Beside those `kept` of an earlier build, questions are made of the documents `among` by id,
    and so many asked as is their share of all documents; without it, of all.
    """
    share = 1.0 if among is None else len(among) / len(opened.catalogue)
    made = _distinct(candidates(opened, among), kept)
    found = [(item, item.text) for item in kept]
    found += [
        (item, candidate.form)
        for candidate in islice(made, ceil(share * MOST_ASKED))
        if (item := _checked(opened, embedder, settings, reader, candidate))
    ]
    chosen: list[SuggestedQuestion] = []
    used: Counter[str] = Counter()
    for item, form in sorted(found, key=lambda pair: -pair[0].confidence):
        if max(used[item.document_id], used[form]) < MOST_ALIKE and len(chosen) < MOST_KEPT:
            used.update((item.document_id, form))
            chosen.append(item)
    return chosen


def candidates(opened: OpenedBuild, among: Collection[str] | None) -> Iterator[Candidate]:
    """Questions of every drawn document in turn, and of phrases that many of them hold."""
    chance = random.Random(SEED)
    listed = [item for item in opened.catalogue if among is None or item.id in among]
    drawn = chance.sample(listed, min(MOST_DOCUMENTS, len(listed)))
    documents = [opened.store.document(item.id) for item in drawn]
    phrases = salient_phrases((document.text for document in documents), PHRASES)
    of_phrases = [Candidate(question_about(phrase), phrase) for phrase in phrases]
    of_documents = [_of_document(opened, *pair) for pair in zip(drawn, documents, strict=True)]
    for turn in zip_longest(of_phrases, *of_documents):
        yield from (candidate for candidate in turn if candidate)


def _of_document(
    opened: OpenedBuild, summary: DocumentSummary, document: Document
) -> Iterator[Candidate]:
    """What its title and headings ask or name, and what it defines."""
    named = opened.names.named_in(summary.title)
    name = _as_written(named[0].words, document.text) if len(named) == 1 else ""
    ids = named[0].document_ids if name else frozenset([summary.id])
    silent = {block.start for block in document.blocks if block.kind in NEVER_QUOTED}
    spoken = [heading.text for heading in document.headings if heading.start not in silent]
    headings = [document.title, *spoken]
    for heading in dict.fromkeys(headings):
        if asked := question_of_heading(heading, name):
            yield Candidate(asked, heading.rstrip(" ?:.").lower(), ids, heading)
        elif not name and (thing := thing_of_heading(heading, document.text)):
            yield Candidate(question_about(thing), thing, ids, heading)
    glossary = "glossary" in document.title.lower()
    for passage in opened.store.passages(_rows(opened, summary)):
        for start, end in compress(passage.sentences, quotable_sentences(passage)):
            sentence = passage.text[start - passage.start : end - passage.start]
            if asked := question_of_definition(sentence, glossary=glossary):
                yield Candidate(asked, asked, ids, sentence)


def _as_written(name: str, text: str) -> str:
    """A name with its article, where the text mostly gives it one: “the Scottish Borders”."""
    alone = re.findall(rf"(\bthe )?\b{re.escape(name)}\b(?! [A-Z])", text)
    return f"the {name}" if 2 * sum(map(bool, alone)) > len(alone) else name


def _rows(opened: OpenedBuild, summary: DocumentSummary) -> range:
    first = opened.store.first_row(summary.id)
    return range(first, first + summary.passages)


def _distinct(found: Iterable[Candidate], kept: Sequence[SuggestedQuestion]) -> Iterator[Candidate]:
    """Those that ask for something new, and few of one form."""
    seen = {frozenset(terms(item.text)) for item in kept}
    forms: Counter[str] = Counter()
    for candidate in found:
        asked = frozenset(terms(candidate.text))
        if asked not in seen and forms[candidate.form] < MOST_TRIED:
            seen.add(asked)
            forms[candidate.form] += 1
            yield candidate


def _checked(
    opened: OpenedBuild,
    embedder: Embedder,
    settings: Settings,
    reader: PassageReader | None,
    candidate: Candidate,
) -> SuggestedQuestion | None:
    """The candidate as a suggestion, where the right document answers it surely enough."""
    settings = replace(settings, minimum_confidence=SURE)
    parsed = parse(candidate.text, (), NamesOfBuild(opened))
    query = make_query(candidate.text, embedder, parsed.expectation)
    finder = Finder(opened, query, embedder, settings, Stopwatch(), reader)
    found, _ = find_in_scope(finder, Question(candidate.text, limit=1), parsed)
    if not found.chosen:
        return None
    best = max(found.chosen, key=lambda item: item.score).hit
    ids = {best.document.id, *(twin.id for twin in best.duplicates)}
    if candidate.document_ids and not ids & candidate.document_ids:
        return None
    made_of, first = candidate.made_of, found.chosen[0]
    if _echoes(opened.store.document(first.hit.document.id).text[first.start : first.end], query):
        return None
    if made_of is not None and not _is_answered_by(opened, first, made_of):
        return None
    return SuggestedQuestion(candidate.text, best.document.id, round(found.confidence, 4))


def _echoes(quote: str, query: Query) -> bool:
    """Whether a quote says next to nothing that its question does not say already."""
    return len(set(terms(quote)) - set(terms(query.text))) < FEWEST_NEW


def _is_answered_by(opened: OpenedBuild, first: Evidence, made_of: str) -> bool:
    """Whether the first quote is the sentence that a question was made of, or stands right
    below its heading; not where a neighbour, or another chapter, comes nearer to its words."""
    document = opened.store.document(first.hit.document.id)
    above = [heading.text for heading in document.headings if heading.start <= first.start]
    heading = above[-1] if above else document.title
    return heading == made_of or made_of in document.text[first.start : first.end]


def leading_on(
    suggested: Sequence[SuggestedQuestion],
    asked: Sequence[str],
    answered_by: Sequence[str],
    allowed: Sequence[str] = (),
    limit: int = 3,
) -> tuple[str, ...]:
    """Up to `limit` suggestions that share words with the last question, first those of the
    documents that answered it.

    `asked` are the questions of the conversation, the last one at the end; none that asks
    nearly the same is suggested. Where `allowed` is given, only questions of those documents.
    """
    subject = _subject(asked[-1]) if asked else set()
    scores = {
        item.text: _nearness(item, subject, answered_by)
        for item in suggested
        if (not allowed or item.document_id in allowed) and not _is_asked(item.text, asked)
    }
    best = sorted((text for text in scores if scores[text] > 0), key=lambda text: -scores[text])
    return tuple(best[:limit])


def _nearness(item: SuggestedQuestion, subject: set[str], answered_by: Sequence[str]) -> float:
    words = _subject(item.text)
    if not words & subject:
        return 0.0
    shared = len(words & subject) / len(words | subject)
    return shared + (0.5 if item.document_id in answered_by else 0.0)


def _is_asked(text: str, asked: Sequence[str]) -> bool:
    words = _subject(text)
    others = [subject for question in asked if (subject := _subject(question))]
    return any(len(words & other) >= ALIKE * min(len(words), len(other)) for other in others)


def _subject(text: str) -> set[str]:
    """The stems of what a question asks about."""
    return set(terms(text)) - _FRAME


def leading_on_from(opened: OpenedBuild, question: Question, answer: Answer) -> tuple[str, ...]:
    """Questions that lead on from an answer, of the place that its question names, if it names
    one; none where there is no answer."""
    if not answer.answered:
        return ()
    asked = [turn.text for turn in question.history if turn.role == "user"]
    cited = [citation.document.id for citation in answer.citations]
    named = opened.names.named_in(question.text)
    on_place = Filters(document_ids=tuple(named_together(named)) if named else ())
    allowed = question.filters.both(on_place)
    if allowed is None:
        return ()
    return leading_on(opened.suggested, [*asked, question.text], cited, allowed.document_ids)


def suggested_questions(
    opened: OpenedBuild,
    settings: Settings,
    embedder: Embedder,
    kept: Sequence[SuggestedQuestion] = (),
    among: Collection[str] | None = None,
) -> list[SuggestedQuestion]:
    """Questions that a finished build answers, see suggest. Raises ModelError."""
    with threadpool_limits(1, user_api="blas"):
        return suggest(opened, embedder, settings, open_passage_reader(settings), kept, among)
