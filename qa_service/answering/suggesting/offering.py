"""Which suggestions are offered: before anything was asked, and after an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from qa_service.answering.suggesting.narrowing import narrowed
from qa_service.answering.suggesting.phrasing import question_about
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.nouns.answers import Answer
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Filters, Question
from qa_service.stems import terms

MOST_SHOWN = 8
"""For somebody who has not asked yet; the others lead on after an answer."""
MOST_AFTER = 3
"""After an answer."""
MOST_OF_DOCUMENT = 2
"""So many of these are of one document."""
OF_CITED, OF_QUOTE = 0.5, 0.1
"""How much nearer a suggestion of a document that was cited is; and how near one is that asks about
what a quote speaks of, which the question doesn't name."""
ALIKE = 0.6
"""Two questions are nearly the same from this share of the shorter one's stems."""
_OF_ALL = question_about("").rstrip("?")
_FRAME = frozenset(terms(f"{_OF_ALL} mean"))
"""Stems that say how something is asked and not what."""
Stems = frozenset[str]


def to_begin_with(opened: OpenedBuild) -> tuple[str, ...]:
    """For somebody who has not asked yet: the surest, few of one document, no two alike but for a
    place."""
    of_document: Counter[str] = Counter()
    texts: list[str] = []
    for item in opened.suggested:
        of_document[item.document_id] += 1
        if of_document[item.document_id] <= MOST_OF_DOCUMENT:
            texts.append(item.text)
    return tuple(islice(_unlike(texts, (), _names_in(opened)), MOST_SHOWN))


def leading_on_from(
    opened: OpenedBuild, question: Question, parsed: ParsedQuestion, answer: Answer
) -> tuple[str, ...]:
    """Questions that lead on from an answer, of the place that its question names, if it names
    one; none where there is no answer. One that names a place is of a document that was cited
    or that the question names. What is left of three asks the question in a narrower way."""
    if not answer.answered:
        return ()
    asked = [*(turn.text for turn in question.history if turn.role == "user"), question.text]
    cited = [citation.document.id for citation in answer.citations]
    on_place = named_together(opened.names.named_in(answer.standalone_question))
    allowed = question.filters.both(Filters(document_ids=tuple(on_place)))
    if allowed is None:
        return ()
    names_in = _names_in(opened)
    found = leading_on(
        [it for it in opened.suggested if _keeps_to(it, on_place, cited, names_in)],
        asked,
        cited,
        allowed.document_ids,
        names_in=names_in,
        quotes=[citation.quote for citation in answer.citations],
    )
    return tuple(islice(chain(found, narrowed(opened, parsed, answer)), MOST_AFTER))


def _keeps_to(
    item: SuggestedQuestion,
    on_place: Collection[str],
    cited: Collection[str],
    names_in: Callable[[str], Stems],
) -> bool:
    """Whether a suggestion asks about the place that was asked about or, where none was, about
    none or that of a document that was cited."""
    if names_in(item.text):
        return item.document_id in (on_place or cited)
    return not (on_place and item.text.startswith(_OF_ALL))


def leading_on(
    suggested: Sequence[SuggestedQuestion],
    asked: Sequence[str],
    answered_by: Sequence[str],
    allowed: Sequence[str] = (),
    limit: int = MOST_AFTER,
    names_in: Callable[[str], Stems] = lambda _: frozenset(),
    quotes: Sequence[str] = (),
) -> tuple[str, ...]:
    """Up to `limit` suggestions that share words with the last question beside its place, or ask
    about what one of the quotes of its answer speaks of; first those of the documents that
    answered it.

    `asked` are the questions of the conversation, the last one at the end. None is suggested that
    asks nearly the same as one of them, or as another suggestion, of whatever place: `names_in`
    gives the stems of places in a text. Where `allowed` is given, only questions of those
    documents.
    """
    subject = _subject(asked[-1]) - names_in(asked[-1]) if asked else frozenset()
    said = [frozenset(terms(quote)) for quote in quotes]
    nearness = {
        item.text: near + (OF_CITED if item.document_id in answered_by else 0.0)
        for item in suggested
        if not allowed or item.document_id in allowed
        if (near := _nearness(_subject(item.text) - names_in(item.text), subject, said))
    }
    nearest = sorted(nearness, key=lambda text: -nearness[text])
    return tuple(islice(_unlike(nearest, asked, names_in), limit))


def _nearness(words: Stems, subject: Stems, said: Sequence[Stems]) -> float:
    """How near what a suggestion asks about is to a question and its quotes; 0 for not at all."""
    if shared := words & subject:
        return len(shared) / len(words | subject)
    return OF_QUOTE if words and any(words <= stems for stems in said) else 0.0


def _unlike(
    texts: Iterable[str], asked: Sequence[str], names_in: Callable[[str], Stems]
) -> Iterator[str]:
    """Of the texts in their order, each that asks nearly what none before it does, places aside."""
    seen = [_subject(text) - names_in(text) for text in asked]
    for text in texts:
        subject = _subject(text) - names_in(text)
        if not any(_is_alike(subject, other) for other in seen if other):
            seen.append(subject)
            yield text


def _is_alike(subject: Stems, other: Stems) -> bool:
    return len(subject & other) >= ALIKE * min(len(subject), len(other))


def _subject(text: str) -> Stems:
    """The stems of what a question asks about."""
    return frozenset(terms(text)) - _FRAME


def _names_in(opened: OpenedBuild) -> Callable[[str], Stems]:
    def names_in(text: str) -> Stems:
        named = opened.names.named_in(text)
        return frozenset(stem for item in named for stem in terms(item.words))

    return names_in
