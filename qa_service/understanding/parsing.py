"""The one place that understands a question: text and history -> ParsedQuestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.nouns.dates import Period
from qa_service.nouns.parsed_question import Asks, ParsedQuestion
from qa_service.nouns.questions import Turn
from qa_service.understanding.collection_names import CollectionNames, names_in_full
from qa_service.understanding.comparing import asks_to_compare, is_express, timeless
from qa_service.understanding.documents.collection_questions import (
    collection_question,
    spoken_document,
)
from qa_service.understanding.documents.facts_questions import facts_question
from qa_service.understanding.documents.forms import (
    defining_question,
    numbered_part,
    speaking_question,
    told_topic,
)
from qa_service.understanding.follow_ups.antecedent import extended
from qa_service.understanding.follow_ups.follow_up import stand_alone
from qa_service.understanding.follow_ups.left_out import TermClassifier, left_out, with_words
from qa_service.understanding.follow_ups.placing import said_once
from qa_service.understanding.kinds import asked_kind, asks_when_published, expectation_of
from qa_service.understanding.lexicon import with_apostrophes, words_of
from qa_service.understanding.mentions import blanked, mentions
from qa_service.understanding.naming import unknown_names
from qa_service.understanding.sides import compares_places, placeless
from qa_service.understanding.small_talk import small_talk_reply
from qa_service.understanding.splitting import questions_in
from qa_service.understanding.times import asks_of_now, named_periods, with_full_years


def parse(
    text: str,
    history: Sequence[Turn],
    names: CollectionNames,
    classifier: TermClassifier | None = None,
) -> ParsedQuestion:
    """A question, after its conversation if there is one, with all that is understood of it.

    Without a `classifier` rules alone say what it leaves out.
    """
    if reply := small_talk_reply(text):
        return ParsedQuestion(text, text, "small talk", reply=reply)
    typed = text
    text = with_apostrophes(names_in_full(with_full_years(text), names))
    questions, complete = said_once(*questions_in(text), names)
    if len(questions) == 1:
        return replace(_parsed(text, history, names, classifier), typed=typed)
    parts = _parts(questions, history, names, classifier, complete=complete)
    whole = _read(" ".join(part.text for part in parts), names)
    return replace(whole, typed=typed, asks="several", carried=parts[0].carried, parts=parts)


def _parts(
    questions: Sequence[str],
    history: Sequence[Turn],
    names: CollectionNames,
    classifier: TermClassifier | None,
    *,
    complete: bool,
) -> tuple[ParsedQuestion, ...]:
    """Each question of a message after the one before it, if it is not complete, and of the one
    place that those before it name, if it names none."""
    parts: list[ParsedQuestion] = []
    for question in questions:
        said = [*history, *(Turn("user", part.text) for part in parts[-1:] if not complete)]
        part = _parsed(question, said, names, classifier)
        places = {item.words for each in parts for item in each.places}
        if len(places) == 1 and not (part.places or part.titles or part.unknown):
            part = _parsed(extended(part.text, [f"in {places.pop()}"]), said, names, classifier)
        parts.append(part)
    return tuple(parts)


def _parsed(
    text: str,
    history: Sequence[Turn],
    names: CollectionNames,
    classifier: TermClassifier | None,
) -> ParsedQuestion:
    """One question after what was said before it."""
    words = left_out(text, history, names, classifier)
    found, filled = with_words(text, stand_alone(text, history, names, words), words)
    if found is None:
        return _read(text, names)
    return replace(_read(found.text, names), typed=text, carried=found.carried, filled=filled)


def _read(text: str, names: CollectionNames) -> ParsedQuestion:
    titles = tuple(names.titles_in(text))
    untitled = blanked(text, [item.words for item in titles])
    subject = [part.text for part in mentions(text, names) if part.kind == "subject"]
    collection = collection_question(text, names)
    places = tuple(names.places_in(untitled))
    periods = tuple(named_periods(untitled, names))
    of_places = compares_places(text, places, periods)
    of_documents = any(names.document_noun(word) for word in words_of(text))
    return ParsedQuestion(
        typed=text,
        text=text,
        asks=_asks(text, periods, listed=collection is not None, of_places=of_places),
        subject=next(iter(subject), ""),
        titles=titles,
        places=places,
        subjects=() if titles or places else tuple(names.subjects_in(text)),
        unknown=unknown_names(text, names),
        periods=periods,
        speaks_of=spoken_document(text, names),
        collection=collection,
        of_documents=of_documents,
        expressly_compares=is_express(text),
        compares_places=of_places,
        asked_of_each=timeless(placeless(text, places, periods) if of_places else text, names),
        facts=facts_question(text, names),
        of_now=asks_of_now(text),
        expectation=expectation_of(text),
        defining=defining_question(text),
        numbered=numbered_part(text),
        speaking=speaking_question(text),
        told_topic=told_topic(text),
        of_publication=of_documents and asks_when_published(text),
    )


def _asks(text: str, periods: Sequence[Period], *, listed: bool, of_places: bool) -> Asks:
    if listed:
        return "which documents"
    several = len({period.year.first for period in periods if not period.ranging}) > 1
    compared = several or of_places or asks_to_compare(text)
    return "comparison" if compared else asked_kind(text)
