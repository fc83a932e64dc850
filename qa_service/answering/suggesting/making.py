"""Questions that documents may answer: made of their headings, of what they define and list, of
who says something in them, and of what many of them speak of."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, zip_longest

from qa_service.answering.suggesting.phrasing import (
    as_spoken_of,
    question_about,
    question_of_definition,
    question_of_heading,
    question_of_title,
    thing_of_heading,
)
from qa_service.answering.suggesting.salient import salient_phrases
from qa_service.answering.suggesting.telling import questions_of_telling
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.passages.sentences import NEVER_QUOTED, quotable_sentences
from qa_service.nouns.documents import Document, DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments

PHRASES = 28
MOST_DOCUMENTS, SEED = 60, 2009
"""Documents, drawn at random, of which candidates are made."""
FEW_DOCUMENTS, FEWEST_AT_PLACE = 3, 3
"""Among fewer documents what one of them speaks of, if not once alone, is asked about; and of a
place what its documents speak of so often."""
OF_TITLE = "of a title"
"""The form of what one document, by its title, is asked about a heading of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the documents that should answer it; any may where there are none.

    `form` is the same for questions that differ only in the place they ask about. `made_of` is
    the heading or the sentence that it was made of, None for a phrase of many documents, which
    is the form.
    """

    text: str
    form: str
    document_ids: frozenset[str] = frozenset()
    made_of: str | None = None


def candidates(
    opened: OpenedBuild, among: Collection[str] | None
) -> tuple[Iterator[Candidate], Iterator[Candidate]]:
    """Questions of every drawn document in turn, and of what many of them speak of; and what is
    said of that at each place."""
    chance = random.Random(SEED)
    listed = [item for item in opened.catalogue if among is None or item.id in among]
    drawn = chance.sample(listed, min(MOST_DOCUMENTS, len(listed)))
    documents = [opened.store.document(item.id) for item in drawn]
    things = _things([document.text for document in documents])
    of_things = [Candidate(question_about(thing), thing) for thing in things]
    of_documents = [_of_document(opened, *pair) for pair in zip(drawn, documents, strict=True)]
    return _in_turn(of_things, *of_documents), _of_places(opened, documents, things)


def _in_turn(*lists: Iterable[Candidate]) -> Iterator[Candidate]:
    for turn in zip_longest(*lists):
        yield from (candidate for candidate in turn if candidate)


def _things(texts: Sequence[str]) -> list[str]:
    """What many of the texts speak of; of few texts, what one of them does."""
    together = "\n".join(texts)
    fewest = min(FEW_DOCUMENTS, len(texts))
    phrases = salient_phrases(texts, PHRASES, fewest)
    mentions = max(2, fewest)
    return [thing for it in phrases if (thing := as_spoken_of(it, together, mentions))]


def _of_places(
    opened: OpenedBuild, documents: Sequence[Document], things: Sequence[str]
) -> Iterator[Candidate]:
    """What the documents on each place say of the things that they speak of most, in turn."""
    places = opened.places_of_titles
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.id in places:
            texts[places[document.id]].append(document.text)
    lists = (_of_things_at(opened, place, "\n".join(held), things) for place, held in texts.items())
    return _in_turn(*lists)


def _of_things_at(
    opened: OpenedBuild, place: str, text: str, things: Sequence[str]
) -> list[Candidate]:
    ids = frozenset(name for name, named in opened.places_of_titles.items() if named == place)
    lowered = text.lower()
    counts = Counter({thing: lowered.count(thing.lower()) for thing in things})
    often = [thing for thing, count in counts.most_common() if count >= FEWEST_AT_PLACE]
    name = place_in(place, text) or place
    return [Candidate(question_about(thing, name), thing, ids) for thing in often]


def _of_document(
    opened: OpenedBuild, summary: DocumentSummary, document: Document
) -> Iterator[Candidate]:
    """What its title and headings ask or name, and what it defines."""
    own = partial(Candidate, document_ids=frozenset([summary.id]))
    named = opened.names.named_in(summary.title)
    place = named[0] if len(named) == 1 and place_in(named[0].words, document.text) else None
    if place:
        yield from _of_place(document, place)
    else:
        yield from _of_headings(document, own, [item.words for item in named])
    name = place_in(place.words, document.text) if place else ""
    for asked, made_of in questions_of_telling(document.text, name):
        yield own(asked, asked, made_of=made_of)
    yield from _of_definitions(opened, summary, document)


def _of_place(document: Document, place: NamedDocuments) -> Iterator[Candidate]:
    """What the headings of a document on a place ask, asked of that place."""
    name = place_in(place.words, document.text)
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


def place_in(name: str, text: str) -> str:
    """A name with its article, where the text mostly gives it one: “the Scottish Borders”; empty
    where the text says of nothing that it is there, as of a fund or a person."""
    there = re.findall(rf"\b(?:in|across|within) (the )?{re.escape(name)}\b(?! [A-Z])", text)
    if not there:
        return ""
    return f"the {name}" if 2 * sum(map(bool, there)) > len(there) else name


def _rows(opened: OpenedBuild, summary: DocumentSummary) -> range:
    first = opened.store.first_row(summary.id)
    return range(first, first + summary.passages)
