"""A follow-up is read after its talk and by itself; both count the same."""

from __future__ import annotations

import pytest

from qa_service.answering.evidence.passage_reader import ListReading, PassageReading, PassageText
from qa_service.answering.evidence.read_places import TwiceReader

PASSAGES = [PassageText("Boats", "They sail. They sink.", ((0, 10), (11, 21)))] * 2


class Said:
    """A reader that says something else of each question; it stops after the first passage that
    it is sure of."""

    fingerprint = "0" * 64

    def __init__(self, said: dict[str, tuple[float, float]]) -> None:
        self.said = said
        self.counts: list[int] = []

    def read(self, question, passages, enough=1.0, fewest=1):
        chance, none = self.said[question]
        read = passages[:fewest] if chance >= enough else passages
        self.counts.append(len(read))
        one = PassageReading((1 - none) / len(read), 8 * chance, (chance, 1 - chance), (0, 4), 0.9)
        return ListReading((one,) * len(read), none)


def test_what_both_readings_say_counts_the_same() -> None:
    reader = TwiceReader(Said({"it?": (0.9, 0.2), "boats?": (0.1, 0.8)}), "boats?")
    read = reader.read("it?", PASSAGES)
    assert read.none == pytest.approx(0.5)
    assert read.passages[0].sentences == pytest.approx((0.5, 0.5))
    assert read.passages[0].relevance == pytest.approx(4)


def test_probabilities_of_passages_and_of_none_add_up_to_one() -> None:
    reader = TwiceReader(Said({"it?": (0.9, 0.1), "boats?": (0.3, 0.4)}), "boats?")
    read = reader.read("it?", PASSAGES)
    assert sum(each.probability for each in read.passages) + read.none == pytest.approx(1)


def test_as_many_passages_are_read_alone_as_after_the_talk() -> None:
    said = Said({"it?": (0.9, 0.1), "boats?": (0.3, 0.4)})
    TwiceReader(said, "boats?").read("it?", PASSAGES, 0.8, 1)
    assert said.counts == [1, 1]


def test_the_fingerprint_is_that_of_the_weights() -> None:
    assert TwiceReader(Said({}), "boats?").fingerprint == Said.fingerprint
