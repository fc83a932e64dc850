"""Several questions in one message are one answer whose citations count through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_answer, make_summary

from qa_service.answering.parts import answer_in_parts
from qa_service.nouns.answers import FactCell, FactsRow, FactsTable, Quote, TimelineEntry

DECLINED = make_answer(kind="declined", reason="no_evidence", quotes=(), citations=())


def test_citations_count_through() -> None:
    both = answer_in_parts("When, and when?", [make_answer(), DECLINED, make_answer()])
    assert [citation.number for citation in both.citations] == [1, 2]
    assert both.quotes == (both.parts[0].quotes[0], Quote(both.quotes[0].text, 2))
    assert [part.answered for part in both.parts] == [True, False, True]


def test_whatever_names_a_citation_counts_with_it() -> None:
    facts = FactsTable(("Hours",), (FactsRow(make_summary(), (FactCell("nine", 1),)),))
    timeline = (TimelineEntry(make_summary(), 1), TimelineEntry(make_summary(), None))
    table = make_answer(kind="facts", facts=facts)
    compared = make_answer(kind="comparison", timeline=timeline)
    _, second, third = answer_in_parts("?", [make_answer(), table, compared]).parts
    assert second.facts.cited == {2}
    assert [entry.citation for entry in third.timeline] == [3, None]


def test_an_answer_is_as_sure_as_its_least_sure_part() -> None:
    sure = [make_answer(confidence=0.9), make_answer(confidence=0.4), DECLINED]
    assert answer_in_parts("?", sure).confidence == 0.4


def test_where_no_part_is_answered_the_whole_is_declined() -> None:
    both = answer_in_parts("?", [DECLINED, DECLINED])
    assert (both.kind, both.answered, both.reason) == ("declined", False, "no_evidence")


def test_an_answer_that_leaves_out_what_a_part_quotes_cannot_be_made() -> None:
    both = answer_in_parts("?", [make_answer(), make_answer()])
    with pytest.raises(ValueError, match="the quotes of its parts"):
        replace(both, quotes=both.quotes[::-1])
