"""The answer to one question from an open build: compared, without a search, or searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.collection.facts_answer import facts_answer, with_facts
from qa_service.answering.comparing_places import compare_places
from qa_service.answering.comparison import compare
from qa_service.answering.conversation import Asked
from qa_service.answering.declining.decline import decline, hint_without_answer
from qa_service.answering.declining.missing import missing_of, not_there
from qa_service.answering.declining.premise import contradicted
from qa_service.answering.evidence.choice import compose, scope_hint
from qa_service.answering.evidence.corroboration import Agreed, agreed
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.forms.by_form import with_what_is_asked_by_form
from qa_service.answering.scope.scope_search import find_in_scope
from qa_service.nouns.answers import Answer, AnswerKind
from qa_service.nouns.results import Hit


def compared(asked: Asked, finder: Finder) -> Answer | None:
    """The same asked of each dated document; None where there is none to compare."""
    question = asked.question
    if question.scope and (missing := missing_of(finder.opened, asked.parsed)):
        return not_there(question, finder, missing)
    if asked.parsed.compares_places and question.scope and not question.compare:
        if table := facts_answer(question, asked.parsed, finder):
            return table
        comparison = compare_places(finder, question, asked.parsed)
    else:
        comparison = compare(finder, question, asked.parsed)
    if comparison is None or not comparison.documents:
        return None
    answer = _answer_of(asked, finder, Agreed(comparison.chosen), comparison.hits)
    kind: AnswerKind = "comparison" if answer.answered else answer.kind
    answer = replace(answer, kind=kind, timeline=comparison.timeline, scope=comparison.scope)
    return with_facts(answer, comparison.facts, question, finder)


def without_search(asked: Asked, finder: Finder) -> Answer | None:
    """What the collection's facts, or its lack of what is named, make the answer; else None.

    Of a comparison it was seen before that nothing is missing.
    """
    question = asked.question
    if not question.compare and (answer := facts_answer(question, asked.parsed, finder)):
        return answer
    if not question.scope:
        return None
    if not asked.compares and (missing := missing_of(finder.opened, asked.parsed)):
        return not_there(question, finder, missing)
    return contradicted(question, asked.parsed, finder)


def searched(asked: Asked, finder: Finder) -> Answer:
    """What passages say, with the others that agree."""
    question = replace(asked.question, history=asked.history)
    found, scope = find_in_scope(finder, question, asked.parsed)
    with finder.watch.stage("facts"):
        found = with_what_is_asked_by_form(finder, found, scope, question, asked.parsed)
    with finder.watch.stage("agreeing"):
        chosen = agreed(finder.opened, found.chosen, found.hits)
    answer = _answer_of(asked, finder, chosen, found.hits, found.confidence)
    timeline = () if question.compare else None
    return replace(answer, scope=scope, timeline=timeline, hint=scope_hint(scope, answer.hint))


def _answer_of(
    asked: Asked,
    finder: Finder,
    chosen: Agreed,
    hits: Sequence[Hit],
    sure: float = 0.0,
) -> Answer:
    """What is chosen, cited in its order; or no answer, with how sure the best place was."""
    question, opened, watch = asked.question, finder.opened, finder.watch
    shown = hits[: question.limit]
    if chosen.chosen:
        return compose(question, chosen, shown, opened, watch)
    hint = hint_without_answer(asked.parsed, hits)
    return decline(question, "no_evidence", hint, shown, opened.info, watch, sure)
