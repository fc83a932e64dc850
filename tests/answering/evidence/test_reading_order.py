"""Which passages a reader looks at first, and what a scope takes out of their ranking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeEmbedder, make_document

from qa_service.answering.evidence.candidates import find_evidence
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.reading_order import in_reading_order
from qa_service.answering.ranking.retrieval import Context, make_query
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.nouns.questions import NO_FILTERS

FILLING = "The harbour of Doncaster lies in Doncaster, and Doncaster keeps its boats there. " * 5
FACTS = "What needs to improve?\n\nEscalation is slow, and plans for many children drift on. "
QUESTION = "What needs to improve in Doncaster?"


@pytest.fixture
def finder(opened_with):
    text = FILLING + "\n\n" + FACTS + "Staff know of this, and leaders see to it week by week. " * 3
    headings = [(1, "What needs to improve?")]
    document = make_document(text, "doncaster", title="Report on Doncaster", headings=headings)
    opened = opened_with(document, make_document("The library opens at nine.", "library"))
    query = make_query(QUESTION, FakeEmbedder())
    return Finder(opened, query, FakeEmbedder(), Settings(), Stopwatch())


def first_line(hit) -> str:
    return hit.passage.text.split("\n")[0]


def under(item, heading: str):
    passage = replace(item.hit.passage, heading_path=(heading,))
    return replace(item, hit=replace(item.hit, passage=passage))


def test_within_a_scope_its_name_ranks_no_passage(finder) -> None:
    best, *_ = finder.ranked(NO_FILTERS, 3)
    within, *_ = finder.within(["Doncaster"]).ranked(NO_FILTERS, 3)
    assert first_line(best).startswith("The harbour of Doncaster")
    assert first_line(within) == "What needs to improve?"


def test_a_question_of_names_alone_is_ranked_as_it_is(finder) -> None:
    assert finder.within([QUESTION]) is finder


def test_a_heading_that_is_asked_for_is_read_first(finder) -> None:
    item, *_ = find_evidence(finder.opened, finder.query, finder.ranked(NO_FILTERS, 1))
    other, asked = (under(item, heading) for heading in ("Boats", "What needs to improve?"))
    ordered = in_reading_order(finder.opened, finder.query, finder.query, [other, asked])
    assert ordered == [asked, other]


def test_a_follow_up_is_read_first_where_the_talk_was(finder) -> None:
    asked = make_query("And how is it now?", FakeEmbedder())
    boats = make_query("boats in the harbour of Doncaster", FakeEmbedder())
    words = dict.fromkeys(boats.words, 1.0)
    in_talk = replace(asked, context=Context(boats.vector, words, "doncaster"))
    evidence = find_evidence(finder.opened, asked, finder.ranked(NO_FILTERS, 3))
    first, *_ = in_reading_order(finder.opened, in_talk, in_talk, evidence)
    assert first_line(first.hit).startswith("The harbour of Doncaster")


def test_no_evidence_has_no_order(finder) -> None:
    assert in_reading_order(finder.opened, finder.query, finder.query, []) == []
