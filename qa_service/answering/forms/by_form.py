"""What a question asks for by its form: a fact by its label, words by their letters, a part by
its number, the meaning of a term, when a document was published, what names a topic, what somebody
says."""

from __future__ import annotations

from qa_service.answering.collection.facts import with_stated_fact
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.forms.abbreviations import with_words_of_abbreviation
from qa_service.answering.forms.definitions import with_definition
from qa_service.answering.forms.numbered_parts import with_numbered_part
from qa_service.answering.forms.publication import with_publication
from qa_service.answering.forms.statements import with_statement
from qa_service.answering.forms.told_topics import with_told_topic
from qa_service.nouns.answers import Scope
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question


def with_what_is_asked_by_form(
    finder: Finder, found: Found, scope: Scope | None, question: Question, parsed: ParsedQuestion
) -> Found:
    """What was found; in its place what the form of the question leads to, where it does."""
    found = with_stated_fact(finder, found, scope, parsed, question.filters)
    found = with_publication(found, asked=parsed.of_publication)
    found = with_words_of_abbreviation(finder, found, scope)
    found = with_numbered_part(finder, found, scope, parsed.numbered)
    found = with_definition(finder, found, scope, parsed.defining)
    found = with_told_topic(finder, found, scope, parsed.told_topic)
    return with_statement(finder, found, scope, parsed.speaking)
