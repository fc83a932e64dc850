"""Questions that a collection answers: made of headings and phrases, and each asked once."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
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
    as_spoken_of,
    question_about,
    question_of_definition,
    question_of_heading,
    question_of_title,
    thing_of_heading,
)
from qa_service.answering.suggesting.salient import salient_phrases
from qa_service.config import Settings
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.indexing.passages.sentences import NEVER_QUOTED, quotable_sentences
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.nouns.questions import Question
from qa_service.stems import terms
from qa_service.understanding.parsing import parse

MOST_ASKED = 60
"""Candidates that are checked; each costs about what an answer costs."""
MOST_KEPT = 24
MOST_OF_DOCUMENT = 2
MOST_OF_FORM = 8
"""So many are kept that differ only in the place they ask about."""
MOST_TRIED = 12
"""So many of one form are asked."""
MOST_DOCUMENTS = 60
"""Documents, drawn at random, of which candidates are made."""
PHRASES = 16
SURE = 0.4
"""Confidence from which a question counts as answered well."""
OF_TITLE = "of a title"
"""The form of what one document, by its title, is asked about a heading of its own."""
SEED = 2009
FEWEST_NEW = 2
"""Stems that an answer must say beyond its question, or it echoes it."""


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
        few = used[item.document_id] < MOST_OF_DOCUMENT and used[form] < MOST_OF_FORM
        if few and len(chosen) < MOST_KEPT:
            used.update((item.document_id, form))
            chosen.append(item)
    return chosen


def candidates(opened: OpenedBuild, among: Collection[str] | None) -> Iterator[Candidate]:
    """Questions of every drawn document in turn, and of phrases that many of them hold."""
    chance = random.Random(SEED)
    listed = [item for item in opened.catalogue if among is None or item.id in among]
    drawn = chance.sample(listed, min(MOST_DOCUMENTS, len(listed)))
    documents = [opened.store.document(item.id) for item in drawn]
    of_phrases = _of_phrases([document.text for document in documents])
    of_documents = [_of_document(opened, *pair) for pair in zip(drawn, documents, strict=True)]
    for turn in zip_longest(of_phrases, *of_documents):
        yield from (candidate for candidate in turn if candidate)


def _of_phrases(texts: Sequence[str]) -> list[Candidate]:
    """What is said of each thing that many of the texts speak of."""
    together = "\n".join(texts)
    spoken = (as_spoken_of(phrase, together) for phrase in salient_phrases(texts, PHRASES))
    return [Candidate(question_about(thing), thing) for thing in spoken if thing]


def _of_document(
    opened: OpenedBuild, summary: DocumentSummary, document: Document
) -> Iterator[Candidate]:
    """What its title and headings ask or name, and what it defines."""
    named = opened.names.named_in(summary.title)
    place = named[0] if len(named) == 1 and _place(named[0].words, document.text) else None
    if place:
        yield from _of_place(document, place)
    else:
        own = partial(Candidate, document_ids=frozenset([summary.id]))
        yield from _of_headings(document, own, [item.words for item in named])
    yield from _of_definitions(opened, summary, document)


def _of_place(document: Document, place: NamedDocuments) -> Iterator[Candidate]:
    """What the headings of a document on a place ask, asked of that place."""
    name = _place(place.words, document.text)
    for heading in _spoken_headings(document):
        if asked := question_of_heading(heading, name):
            form = asked.replace(f" in {name}", "")
            yield Candidate(asked, form, place.document_ids, heading)


def _of_headings(
    document: Document, own: Callable[..., Candidate], names: Sequence[str]
) -> Iterator[Candidate]:
    """What the headings of any other document ask or name. Where its title holds `names`, only
    what holds one of them asks for enough."""
    for heading in _spoken_headings(document):
        if asked := question_of_heading(heading):
            if not names or any(name in asked for name in names):
                yield own(asked, asked, made_of=heading)
        elif thing := thing_of_heading(heading, document.text):
            yield own(question_about(thing), thing, made_of=heading)
        elif not names and (asked := question_of_title(document.title, heading)):
            yield own(asked, OF_TITLE, made_of=heading)


def _of_definitions(
    opened: OpenedBuild, summary: DocumentSummary, document: Document
) -> Iterator[Candidate]:
    ids = frozenset([summary.id])
    glossary = "glossary" in document.title.lower()
    for passage in opened.store.passages(_rows(opened, summary)):
        for start, end in compress(passage.sentences, quotable_sentences(passage)):
            sentence = passage.text[start - passage.start : end - passage.start]
            if asked := question_of_definition(sentence, glossary=glossary):
                yield Candidate(asked, asked, ids, sentence)


def _spoken_headings(document: Document) -> Iterable[str]:
    """The title and the headings, each once, without those of what is never quoted."""
    silent = {block.start for block in document.blocks if block.kind in NEVER_QUOTED}
    spoken = [heading.text for heading in document.headings if heading.start not in silent]
    return dict.fromkeys([document.title, *spoken])


def _place(name: str, text: str) -> str:
    """A name with its article, where the text mostly gives it one: “the Scottish Borders”; empty
    where the text says of nothing that it is there, as of a fund or a person."""
    there = re.findall(rf"\b(?:in|across|within) (the )?{re.escape(name)}\b(?! [A-Z])", text)
    if not there:
        return ""
    return f"the {name}" if 2 * sum(map(bool, there)) > len(there) else name


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
    if _echoes(opened.cache.document(first.hit.document.id).text[first.start : first.end], query):
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
    document = opened.cache.document(first.hit.document.id)
    above = [heading.text for heading in document.headings if heading.start <= first.start]
    heading = above[-1] if above else document.title
    return heading == made_of or made_of in document.text[first.start : first.end]


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
