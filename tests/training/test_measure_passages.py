"""Figures of a reader: what counts as quoted, as right, as refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from measure_passages import best_stretch, covers, group, measured, rows

from qa_service.answering.evidence.passage_reader import (
    ListReading,
    PassageReading,
    PassageText,
)
from qa_service.answering.evidence.read_places import FEWEST


def reading(*sentences: float, likely: float = 0.5) -> PassageReading:
    return PassageReading(likely, 0.0, sentences, None, 0.0)


class WordReader:
    """Reads "yes" as an answer, and says how sure it is by the length of the question."""

    fingerprint = "words"

    def read(
        self,
        question: str,
        passages: Sequence[PassageText],
        enough: float = 1.0,
        fewest: int = 1,
    ) -> ListReading:
        assert (enough, fewest) == (1.0, FEWEST)
        sure = len(question) / 100
        found = [
            reading(*(0.9 if passage.text[a:b] == "yes" else 0.1 for a, b in passage.sentences))
            for passage in passages
        ]
        best = max(range(len(found)), key=lambda at: max(found[at].sentences))
        likely = [sure if at == best else 0.0 for at in range(len(found))]
        named = [reading(*each.sentences, likely=p) for each, p in zip(found, likely, strict=True)]
        return ListReading(tuple(named), 1 - sure)


def question(text: str, answerable: bool, **more: Any) -> dict[str, Any]:
    right = {"head": "A", "text": "no yes", "sentences": [[0, 2], [3, 6]], "labels": [0, 1]}
    wrong = {"head": "B", "text": "no no", "sentences": [[0, 2], [3, 5]], "labels": [0, 0]}
    candidates = [wrong, right if answerable else wrong]
    asked = {"q": text, "set": "a", "kind": "fact", "held": True, "files": ["ilacs_a_2020-1.pdf"]}
    return asked | {"answerable": answerable, "candidates": candidates} | more


def test_sentences_beside_the_best_are_quoted_where_they_are_likely_too() -> None:
    assert best_stretch(reading(0.2, 0.6, 0.9, 0.7, 0.4)) == {1, 2, 3}
    assert best_stretch(reading()) == set()


def test_half_of_what_answers_must_be_quoted() -> None:
    assert covers({1}, {1, 2})
    assert not covers({1}, {1, 2, 3})
    assert not covers({1}, set())


def test_questions_are_parted_by_how_sure_the_reader_is() -> None:
    held = [question("x" * 90, True), question("x" * 10, False, why_not="year")]
    found = measured(WordReader(), held)["reports"]
    assert (found["quoted"], found["auroc"], found["refused"]) == (1, 1, 1)


def test_a_question_whose_answer_the_search_misses_counts_as_missed() -> None:
    missed = question("x" * 50, False) | {"answerable": True}
    found = measured(WordReader(), [missed, question("x" * 40, True)])["reports"]
    assert (found["brought"], found["right"], found["quoted"]) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("files", "name"), [(["send_bury_2024-05-07.pdf"], "reports"), (["pay.md"], "others")]
)
def test_reports_and_other_documents_are_told_apart(files: list[str], name: str) -> None:
    assert group(question("who?", True, files=files)) == name


def test_a_table_has_a_row_for_each_group() -> None:
    held = [question("x" * 90, True), question("x" * 10, False)]
    assert [row[0] for row in rows(measured(WordReader(), held))] == ["reports"]
