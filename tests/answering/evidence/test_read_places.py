"""What the reader makes of evidence: places by line, their order, the words that answer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fakes import make_hit, make_passage

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.passage_reader import ListReading, PassageReading
from qa_service.answering.evidence.read_places import as_read, read_places
from qa_service.indexing.passages.sentences import sentence_spans

TEXT = "Boats sail daily. They carry nine people. Tickets are free.\nThe kiosk sells tea."


NEUTRAL = (0.0, 0.0, 0.0, 0.0)
FIRST = [0.9, 0.0, 0.0, 0.0]


class Told:
    """A reader that says what it was told of each passage: its relevance, its sentences."""

    fingerprint = "0" * 64

    def __init__(self, *readings: tuple[float, list[float]], exact=None, certainty=0.9) -> None:
        self.readings, self.exact, self.certainty = readings, exact, certainty

    def read(self, _question, passages, *_):
        told = [
            PassageReading(0.8 / len(passages), relevance, tuple(said), self.exact, self.certainty)
            for relevance, said in self.readings[: len(passages)]
        ]
        return ListReading(tuple(told), 0.2)


def evidence(row: int = 0, score: float = 0.5, fits: tuple[float, ...] = NEUTRAL) -> Evidence:
    passage = replace(make_passage(TEXT, row), sentences=tuple(sentence_spans(TEXT)))
    hit = make_hit(passage, score=score)
    return Evidence(hit, *hit.passage.sentences[0], 1.0, 0.5, 0.5, fits=fits)


def read(reader: Told, *items: Evidence) -> list[str]:
    places = read_places(reader, "Which?", items or [evidence()], 4)
    return [TEXT[item.start : item.end] for item in places]


def test_neighbouring_sentences_that_answer_are_one_place() -> None:
    assert read(Told((1, [0.8, 0.7, 0.0001, 0.0]))) == ["Boats sail daily. They carry nine people."]


def test_a_place_ends_with_its_line() -> None:
    assert read(Told((1, [0.0, 0.0, 0.8, 0.9]))) == ["The kiosk sells tea.", "Tickets are free."]


def test_the_best_sentence_is_a_place_however_unlikely() -> None:
    assert read(Told((1, [0.00001, 0.1, 0.00001, 0.00001]))) == ["They carry nine people."]


def test_of_sentences_that_read_alike_the_one_with_the_better_fit_is_quoted() -> None:
    fitting = evidence(fits=(0.1, 0.1, 3.9, 0.1))
    assert read(Told((1, [0.5, 0.5, 0.5, 0.5])), fitting) == ["Tickets are free."]


def test_a_sentence_that_is_never_quoted_is_no_place() -> None:
    never = -math.inf
    assert read(Told((1, FIRST)), evidence(fits=(never, 0.0, never, never))) == [
        "They carry nine people."
    ]
    assert read(Told((1, FIRST)), evidence(fits=(never,) * 4)) == []


def test_the_passage_that_likelier_answers_stands_first() -> None:
    places = read_places(Told((-1, FIRST), (1, FIRST)), "Which?", [evidence(), evidence(1)], 4)
    assert [item.hit.passage.row for item in places] == [1, 0]
    assert places[0].judged.none == 0.2
    assert sum(item.judged.passage for item in places) == pytest.approx(0.8)


def test_what_search_finds_better_weighs_among_equals() -> None:
    items = [evidence(score=0.2), evidence(1, score=0.9)]
    places = read_places(Told((1, FIRST), (1, FIRST)), "Which?", items, 4)
    assert [item.hit.passage.row for item in places] == [1, 0]


def test_no_more_passages_are_read_than_the_limit() -> None:
    items = [evidence(row) for row in range(3)]
    places = read_places(Told(*[(1, FIRST)] * 3), "Which?", items, 2)
    assert {item.hit.passage.row for item in places} == {0, 1}


@pytest.mark.parametrize(("certainty", "marked"), [(0.9, "nine"), (0.1, None)])
def test_words_are_marked_where_they_are_certain(certainty: float, marked: str | None) -> None:
    start = TEXT.index("nine")
    reader = Told((1, [0.1, 0.8, 0.0, 0.0]), exact=(start, start + 4), certainty=certainty)
    (place,) = read_places(reader, "How many?", [evidence()], 4)
    assert (TEXT[slice(*place.exact)] if place.exact else None) == marked


@pytest.mark.parametrize("figure", ["£90", "€40–55", "2019-20", "1,250.50", "12%"])
def test_no_figure_is_marked_in_part(figure: str) -> None:
    text = f"The rent is {figure} a week."
    passage = replace(make_passage(text), sentences=((0, len(text)),))
    item = Evidence(make_hit(passage), 0, len(text), 1.0, 0.5, 0.5, fits=(0.0,))
    at = text.index(figure) + 1
    (place,) = read_places(Told((1, [0.9]), exact=(at, at + 1)), "How much?", [item], 4)
    assert text[slice(*place.exact)] == figure


def test_passages_that_were_read_come_first_likeliest_first() -> None:
    items = [evidence(row) for row in range(3)]
    places = read_places(Told((-1, FIRST), (1, FIRST)), "Which?", items, 2)
    hits = as_read([item.hit for item in reversed(items)], places)
    assert [(hit.rank, hit.passage.row) for hit in hits] == [(1, 1), (2, 0), (3, 2)]


def test_without_a_reader_hits_keep_their_order() -> None:
    hits = [evidence(row).hit for row in (2, 0, 1)]
    assert [hit.passage.row for hit in as_read(hits, [evidence()])] == [2, 0, 1]
