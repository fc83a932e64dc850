"""Questions that a corpus should decline: of far-off subjects, or with one word swapped."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from qa_service.evaluating.questions.datasets import EvaluationQuestion
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.results import Hit
from qa_service.stems import terms

QUESTIONS_FILE = "foreign_questions.csv"
LEAST_LETTERS = 4
NUMBER_TRIALS = 20

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """A question of general knowledge, and the subject that it belongs to."""

    subject: str
    text: str


@cache
def foreign_questions() -> tuple[ForeignQuestion, ...]:
    """The packaged questions: ten on each of twenty subjects."""
    text = files(__package__).joinpath(QUESTIONS_FILE).read_text(encoding="utf-8")
    return tuple(
        ForeignQuestion(row["subject"], row["question"])
        for row in csv.DictReader(text.splitlines())
    )


def may_be_answered(hits: Sequence[Hit]) -> bool:
    """Whether one passage, with its title and headings, holds every term of the question.

    Such a question may not be foreign to the corpus after all.
    """
    return any(hit.why is not None and not hit.why.absent_terms for hit in hits)


class Swapper:
    """Puts another word in the place of a question's main one.

    The main one is a number, else a name, else the rarest term that the corpus holds. Names
    and terms come from the packaged questions, where the corpus lacks them, or in every
    second question from the `others`: main words that the corpus holds, elsewhere.
    """

    def __init__(
        self, opened: OpenedBuild, chance: random.Random, others: Sequence[str] = ()
    ) -> None:
        self._keyword = opened.keyword
        self._chance = chance
        texts = [question.text for question in foreign_questions()]
        words = [word for text in texts for word in _WORD.findall(text)[1:]]
        lacking = sorted({word for word in words if self._is_lacking(word)})
        self._names = [word for word in lacking if word[0].isupper() and word[1:].islower()]
        self._terms = [word for word in lacking if word.islower()]
        main = sorted({found.group() for text in others if (found := self._main_word(text))})
        self._held_names = [word for word in main if word[0].isupper()]
        self._held_terms = [word for word in main if word.islower()]
        self._turn = 0

    def swapped(self, question: EvaluationQuestion) -> EvaluationQuestion | None:
        """The question with its main word swapped; None where there is nothing to swap."""
        found = self._main_word(question.text)
        if found is None:
            return None
        other = self._other(found.group())
        if other is None:
            return None
        text = question.text[: found.start()] + other + question.text[found.end() :]
        return replace(question, id=f"{question.id}-swapped", text=text, grades={}, spans=())

    def _main_word(self, text: str) -> re.Match[str] | None:
        held = [found for found in _WORD.finditer(text) if self._is_held(found.group())]
        kinds: tuple[Callable[[re.Match[str]], bool], ...] = (
            lambda found: found.group().isdigit(),
            lambda found: found.start() > 0 and found.group()[0].isupper(),
            lambda found: len(found.group()) >= LEAST_LETTERS,
        )
        for is_kind in kinds:
            if fitting := [found for found in held if is_kind(found)]:
                return max(fitting, key=lambda found: self._rarity(found.group()))
        return None

    def _other(self, word: str) -> str | None:
        """A number as long for a number, a name for a name, a term for a term."""
        if word.isdigit():
            return self._other_number(word)
        lacking, held = (
            (self._names, self._held_names)
            if word[0].isupper()
            else (self._terms, self._held_terms)
        )
        self._turn += 1
        pool = [other for other in (held if self._turn % 2 == 0 else lacking) if other != word]
        pool = pool or lacking
        return self._chance.choice(pool) if pool else None

    def _other_number(self, number: str) -> str | None:
        low, high = 10 ** (len(number) - 1), 10 ** len(number) - 1
        tried = (str(self._chance.randint(low, high)) for _ in range(NUMBER_TRIALS))
        return next((other for other in tried if not self._keyword.held([other])), None)

    def _is_held(self, word: str) -> bool:
        stems = terms(word)
        return bool(stems) and self._keyword.held(stems) == {*stems}

    def _is_lacking(self, word: str) -> bool:
        stems = terms(word)
        long = len(word) >= LEAST_LETTERS
        return long and bool(stems) and not self._keyword.held(stems)

    def _rarity(self, word: str) -> float:
        return max(map(self._keyword.inverse_document_frequency, terms(word)))


def swapped_questions(
    opened: OpenedBuild, questions: Sequence[EvaluationQuestion], most: int, seed: int
) -> list[EvaluationQuestion]:
    """Up to so many of the questions with their main word swapped, drawn at random."""
    chance = random.Random(seed)
    swapper = Swapper(opened, chance, [question.text for question in questions])
    drawn = chance.sample(list(questions), len(questions))
    made = [swapped for question in drawn if (swapped := swapper.swapped(question))]
    return made[:most]
