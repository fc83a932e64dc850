"""The nouns refuse what cannot be true."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from fakes import make_summary

from qa_service.nouns.answers import (
    Alternative,
    Answer,
    Catalogue,
    Citation,
    FactCell,
    FactsRow,
    FactsTable,
    Quote,
    TimelineEntry,
)
from qa_service.nouns.results import IndexInfo

TEXT = "The harbour 😀 is open."


def citation(quote: str = "harbour", start: int = 4, end: int = 11, number: int = 1) -> Citation:
    return Citation(
        number=number,
        passage_id="p1",
        document=make_summary(),
        heading_path=(),
        page=None,
        quote=quote,
        start=start,
        end=end,
        source_text=TEXT,
    )


def answer(**members: object) -> Answer:
    values: dict[str, object] = {
        "kind": "quotes",
        "question": "Q?",
        "standalone_question": "Q?",
        "confidence": 0.9,
        "reason": None,
        "quotes": (Quote("harbour", 1),),
        "citations": (citation(),),
        "hits": (),
        "index": IndexInfo("build", 1, 1),
        "took_ms": 1.0,
    }
    return Answer(**(values | members))


def table(*cells: FactCell | None) -> FactsTable:
    """One row, for one label."""
    return FactsTable(("Places",), (FactsRow(make_summary(), cells),))


def test_a_citation_counts_code_points() -> None:
    assert citation("😀 is", 12, 16).quote == TEXT[12:16]


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [("harbour", 5, 12), ("Harbour", 4, 11), ("harbour ", 4, 11), ("", 4, 4), ("", 99, 99)],
)
def test_a_citation_whose_quote_is_not_the_text_cannot_be_made(quote, start, end) -> None:
    with pytest.raises(ValueError, match="not the text of report"):
        citation(quote, start, end)


def test_a_citation_does_not_carry_the_whole_text() -> None:
    assert TEXT not in [getattr(citation(), field.name) for field in fields(Citation)]


def test_an_answer_with_quotes_and_citations_can_be_made() -> None:
    assert answer().answered


@pytest.mark.parametrize(
    "members",
    [
        {"citations": (), "quotes": ()},
        {"citations": ()},
        {"quotes": ()},
        {"reason": "no_evidence"},
        {"kind": "declined"},
        {"kind": "declined", "reason": "no_evidence"},
        {"kind": "declined", "quotes": (), "citations": ()},
        {"kind": "declined", "reason": "small_talk", "quotes": (), "citations": ()},
        {"kind": "declined", "reason": "not_in_collection", "quotes": (), "citations": ()},
        {"kind": "small_talk", "reason": "no_evidence", "quotes": (), "citations": ()},
        {"kind": "documents", "quotes": (), "citations": ()},
        {"kind": "facts"},
        {"kind": "comparison"},
        {"kind": "comparison", "timeline": ()},
        {"catalogue": Catalogue("None.", (), 0)},
        {"facts": table(FactCell("9", 1))},
        {"kind": "facts", "facts": table(FactCell("9", 2))},
        {"nearest": (Alternative("Leeds"),)},
        {"quotes": (Quote("harbour", 2),)},
        {"citations": (citation(), citation(number=2))},
        {"citations": (citation(), citation())},
        {"timeline": (TimelineEntry(make_summary(), 2),)},
    ],
)
def test_an_answer_that_contradicts_itself_cannot_be_made(members) -> None:
    with pytest.raises(
        ValueError, match=r"^(an answer has|every quote has|a timeline names|a table of)"
    ):
        answer(**members)


def test_a_declined_answer_has_a_reason_and_quotes_nothing() -> None:
    declined = answer(kind="declined", reason="no_evidence", quotes=(), citations=())
    assert (declined.answered, declined.quotes) == (False, ())


def test_a_list_of_documents_is_an_answer_without_quotes() -> None:
    catalogue = Catalogue("There is 1 document.", (make_summary(),), 1)
    assert answer(kind="documents", catalogue=catalogue, quotes=(), citations=()).answered


def test_a_table_of_facts_is_an_answer_that_cites_every_cell() -> None:
    assert answer(kind="facts", facts=table(FactCell("harbour", 1))).answered


def test_what_is_missing_comes_with_what_there_is_instead() -> None:
    declined = {"kind": "declined", "reason": "not_in_collection", "quotes": (), "citations": ()}
    assert not answer(**declined, missing=("York",), nearest=(Alternative("Leeds"),)).answered


@pytest.mark.parametrize("cells", [(), (None,), (None, FactCell("9", 1))])
def test_a_table_of_facts_without_a_value_for_its_labels_cannot_be_made(cells) -> None:
    with pytest.raises(ValueError, match=r"^a table of facts"):
        table(*cells)


def test_nouns_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        answer().kind = "declined"
