"""Which suggestions are offered: before anything was asked, and after an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from qa_service.answering.suggesting.phrasing import question_about
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.nouns.answers import Answer
from qa_service.nouns.questions import Filters, Question
from qa_service.stems import terms

MOST_SHOWN = 8
"""For somebody who has not asked yet; the others lead on after an answer."""
ALIKE = 0.6
"""Two questions are nearly the same from this share of the shorter one's stems."""
_FRAME = frozenset(terms(question_about("")))
Stems = frozenset[str]


def to_begin_with(opened: OpenedBuild) -> tuple[str, ...]:
    """For somebody who has not asked yet: the surest, no two alike but for a place."""
    texts = (item.text for item in opened.suggested)
    return tuple(islice(_unlike(texts, (), _names_in(opened)), MOST_SHOWN))


def leading_on_from(opened: OpenedBuild, question: Question, answer: Answer) -> tuple[str, ...]:
    """Questions that lead on from an answer, of the place that its question names, if it names
    one; none where there is no answer. One that names a place is of a document that was cited
    or that the question names."""
    if not answer.answered:
        return ()
    asked = [*(turn.text for turn in question.history if turn.role == "user"), question.text]
    cited = [citation.document.id for citation in answer.citations]
    on_place = named_together(opened.names.named_in(question.text))
    allowed = question.filters.both(Filters(document_ids=tuple(on_place)))
    if allowed is None:
        return ()
    names_in, near = _names_in(opened), {*cited, *on_place}
    suggested = [it for it in opened.suggested if it.document_id in near or not names_in(it.text)]
    return leading_on(suggested, asked, cited, allowed.document_ids, names_in=names_in)


def leading_on(
    suggested: Sequence[SuggestedQuestion],
    asked: Sequence[str],
    answered_by: Sequence[str],
    allowed: Sequence[str] = (),
    limit: int = 3,
    names_in: Callable[[str], Stems] = lambda _: frozenset(),
) -> tuple[str, ...]:
    """Up to `limit` suggestions that share words with the last question beside its place, first
    those of the documents that answered it.

    `asked` are the questions of the conversation, the last one at the end. None is suggested that
    asks nearly the same as one of them, or as another suggestion, of whatever place: `names_in`
    gives the stems of places in a text. Where `allowed` is given, only questions of those
    documents.
    """
    subject = _subject(asked[-1]) - names_in(asked[-1]) if asked else frozenset()
    nearness = {
        item.text: _nearness(item, subject, answered_by)
        for item in suggested
        if not allowed or item.document_id in allowed
    }
    near = sorted((text for text in nearness if nearness[text]), key=lambda it: -nearness[it])
    return tuple(islice(_unlike(near, asked, names_in), limit))


def _nearness(item: SuggestedQuestion, subject: Stems, answered_by: Sequence[str]) -> float:
    words = _subject(item.text)
    if not words & subject:
        return 0.0
    shared = len(words & subject) / len(words | subject)
    return shared + (0.5 if item.document_id in answered_by else 0.0)


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
