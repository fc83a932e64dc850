"""Questions made of the documents themselves, each with the place that answers it.

They are easier than a person's own: their words are the documents'. Where somebody has
real questions, those are to be preferred.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qa_service.evaluating.questions.datasets import AnswerSpan, EvaluationQuestion
from qa_service.evaluating.questions.sentence_questions import (
    Asking,
    SourceSentence,
    questions_from,
)
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Document, Passage
from qa_service.stems import terms

SEED = 1999
PASSAGES_PER_QUESTION = 10
"""So many times the questions wanted are the passages from which sentences are drawn."""
HEADING_WEIGHT = 0.5
"""Questions for a whole section are asked half as often as any other form."""
FEWEST_WORDS, MOST_WORDS, FEWEST_TERMS = 8, 45, 5
"""An informative sentence has so many words, and so many different stems."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence within a passage, in document offsets."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        first = self.passage.start
        return self.passage.text[self.start - first : self.end - first]


def make_questions(opened: OpenedBuild, limit: int, seed: int = SEED) -> list[EvaluationQuestion]:
    """Up to `limit` questions over passages of as many documents as there are.

    The same build and seed make the same questions. The answer span of each is the sentence
    it was made of or, where it asks for what a heading holds, the text below that heading.
    Of the forms that a sentence lets be asked the one least used so far is taken.
    """
    chance = random.Random(seed)
    asking = Asking(opened.keyword.inverse_document_frequency, chance)
    used: defaultdict[str, float] = defaultdict(float)
    made: dict[str, EvaluationQuestion] = {}
    for place in _spread(_informative_places(opened, limit, chance), chance):
        document = opened.store.document(place.passage.document_id)
        forms = questions_from(_source(place, document), asking)
        if not _heading_says_what_follows(document, place):
            forms.pop("heading", None)
        fresh = [name for name, text in forms.items() if text.lower() not in made]
        if fresh:
            name = min(fresh, key=lambda form: used[form])
            used[name] += 1 / HEADING_WEIGHT if name == "heading" else 1
            question = _question(len(made), name, forms[name], place, document)
            made[forms[name].lower()] = question
        if len(made) == limit:
            break
    return list(made.values())


def _question(
    number: int, form: str, text: str, place: _Place, document: Document
) -> EvaluationQuestion:
    start, end = place.start, place.end
    if form == "heading":
        start, end = _section(document, place)
    return EvaluationQuestion(
        id=f"made-{number}",
        text=text,
        grades={document.id: 1},
        spans=(AnswerSpan(document.id, start, end),),
        note=form,
    )


def _source(place: _Place, document: Document) -> SourceSentence:
    path = place.passage.heading_path
    title = document.title or re.sub(r"\.\w+$", "", document.source)
    return SourceSentence(place.text, title, path[-1] if path else "")


def _informative_places(
    opened: OpenedBuild, limit: int, chance: random.Random
) -> dict[str, list[_Place]]:
    """Informative sentences of randomly drawn passages, by document id, in random order."""
    count = opened.info.passages
    rows = chance.sample(range(count), min(count, PASSAGES_PER_QUESTION * limit))
    found: defaultdict[str, list[_Place]] = defaultdict(list)
    for passage in opened.store.passages(rows):
        places = [_Place(passage, start, end) for start, end in passage.sentences]
        chance.shuffle(places)
        found[passage.document_id] += [item for item in places if _is_informative(item.text)]
    return found


def _spread(places: dict[str, list[_Place]], chance: random.Random) -> Iterator[_Place]:
    """One place of every document, then the next of each, documents in random order."""
    names = sorted(places)
    chance.shuffle(names)
    for turn in zip_longest(*(places[name] for name in names)):
        yield from (place for place in turn if place)


def _is_informative(text: str) -> bool:
    """Whether a sentence is one, and says something that can be asked."""
    words = text.split()
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS or text.rstrip("”’\"')")[-1:] not in ".!":
        return False
    plain = sum(any(letter.isalpha() for letter in word) for word in words)
    return plain >= 0.8 * len(words) and len(set(terms(text))) >= FEWEST_TERMS


def _heading_says_what_follows(document: Document, place: _Place) -> bool:
    """Whether a heading adds at least two words to the title, all of which its text takes up.

    “Three questions” or “Strengths” tell nobody else what is asked for.
    """
    if not place.passage.heading_path:
        return False
    heading = place.passage.heading_path[-1]
    start, end = _section(document, place)
    stems = set(terms(heading))
    body = document.text[start:end].removeprefix(heading)
    return len(stems - set(terms(document.title))) >= 2 and stems <= set(terms(body))


def _section(document: Document, place: _Place) -> tuple[int, int]:
    """From the heading above a place to the next one as high; the passage without any."""
    above = [item for item in document.headings if item.end <= place.start]
    named = [item for item in above if item.text == place.passage.heading_path[-1]]
    if not named:
        return place.passage.start, place.passage.end
    return named[-1].start, _end_below(document, named[-1].level, place.start)


def _end_below(document: Document, level: int, start: int) -> int:
    later = [item.start for item in document.headings if item.start > start and item.level <= level]
    return min(later, default=len(document.text))


def sources_of(questions: Sequence[EvaluationQuestion]) -> Counter[str]:
    """How many of the questions are of each form."""
    return Counter(question.note for question in questions)
