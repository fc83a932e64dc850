"""What the command line shows: answers, passages and figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fakes import make_answer, make_document, make_hit, make_passage

from qa_service.contract.parts import permalink
from qa_service.nouns.answers import FactCell, FactsRow, FactsTable
from qa_service.nouns.lookups import SearchResult
from qa_service.nouns.questions import Question
from qa_service.nouns.results import IndexInfo, MatchExplanation
from qa_service.terminal import SURE, answer_text, search_text


@pytest.fixture
def answer(service_with):
    text = "Leadership\n\nInspectors graded the leadership of services in the harbour as good."
    document = make_document(
        text, "borders", date="2023-05-24", headings=[(1, "Leadership")], page_lengths=[len(text)]
    )
    return service_with(document).ask(Question("How was leadership of services graded?"))


def test_an_answer_shows_each_quote_with_its_place(answer) -> None:
    (citation,) = answer.citations
    first, source, place, link = answer_text(answer).split("\n\n")[0].splitlines()
    assert first == f"[1] “{citation.quote}”"
    assert source == "    Borders, 24 May 2023 (borders.txt)"
    assert place == "    page 1, Leadership"
    assert link.strip() == permalink(citation.document, citation.start, citation.end)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.9, SURE),
        (0.4, "Perhaps the answer: read around"),
        (0.1, "May not be the answer: check it"),
    ],
)
def test_an_answer_ends_with_how_sure_it_is_in_words(answer, confidence, words) -> None:
    last = answer_text(replace(answer, confidence=confidence)).split("\n\n")[-1]
    assert last.startswith(words)
    assert not re.search(r"0\.\d", last)


def test_the_address_of_a_quote_is_whole(answer) -> None:
    assert "    https://qa.example.org/documents/" in answer_text(answer, "https://qa.example.org/")


def test_a_declined_answer_shows_the_hint_and_the_nearest_sources(answer) -> None:
    declined = replace(
        answer,
        kind="declined",
        reason="no_evidence",
        quotes=(),
        citations=(),
        hits=(make_hit(make_passage("Text.")),),
        hint="Ask otherwise.",
    )
    assert answer_text(declined).splitlines() == [
        "No answer found in the documents.",
        "Ask otherwise.",
        "Nearest, not answers:",
        "  Report, date unknown (report.txt)",
    ]


def test_small_talk_shows_the_hint_alone(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question("Hello"))
    assert answer_text(answer) == answer.hint


def test_a_search_shows_passages_by_rank() -> None:
    hits = tuple(replace(make_hit(make_passage("Text.")), rank=rank) for rank in (1, 2))
    shown = search_text(SearchResult("q", hits, IndexInfo("b", 1, 1), 1.0))
    assert shown.splitlines()[:2] == ["1. Report, date unknown (report.txt)  (0.50)", "   Text."]
    assert "\n\n2. Report" in shown


def test_a_passage_says_in_one_line_why_it_matched() -> None:
    why = MatchExplanation(("harbour", "school"), ("zebra",), None)
    hits = (replace(make_hit(make_passage("Text.")), why=why),)
    shown = search_text(SearchResult("q", hits, IndexInfo("b", 1, 1), 1.0)).splitlines()
    assert shown[2:] == ["   why: shares harbour, school; lacks zebra"]


def test_a_passage_without_shared_words_matched_by_meaning() -> None:
    hits = (replace(make_hit(make_passage("Text.")), why=MatchExplanation((), (), None)),)
    shown = search_text(SearchResult("q", hits, IndexInfo("b", 1, 1), 1.0))
    assert shown.endswith("\n   why: matched by meaning")


def test_corrections_come_first_with_the_way_to_ask_what_was_typed(service_with, reports) -> None:
    service, asked = service_with(*reports), "recommended qualtiy assurance"
    line = "Searched for “quality” in place of “qualtiy”; --as-typed asks exactly what was typed."
    assert answer_text(service.ask(Question(asked))).startswith(line + "\n\n")
    assert search_text(service.search(asked, 1)).startswith(line + "\n\n1. ")


def test_exact_words_stand_below_their_quote(answer) -> None:
    (citation,) = answer.citations
    start = citation.start + citation.quote.index("good")
    source = " " * citation.start + citation.quote
    exact = replace(citation, exact=(start, start + 4), source_text=source)
    shown = answer_text(replace(answer, citations=(exact,))).splitlines()
    assert shown[1] == "    exact words: good"


def test_a_search_without_hits_says_so() -> None:
    assert search_text(SearchResult("q", (), IndexInfo("b", 1, 1), 1.0)) == "No passages."


def test_a_timeline_shows_each_date_with_its_quote_or_none(full_answer) -> None:
    shown = answer_text(replace(full_answer, kind="comparison", catalogue=None))
    assert "2016: nothing close enough\n    Older, 2016 (older.txt)" in shown
    assert "May 2023:\n[1] “The library opens at nine.”" in shown


def test_a_catalogue_shows_its_documents(full_answer) -> None:
    catalogue = replace(full_answer.catalogue, total=3)
    lines = answer_text(replace(full_answer, catalogue=catalogue)).splitlines()
    start = lines.index("The index holds 2 documents.")
    assert lines[start + 1 : start + 4] == [
        "  Older, 2016 (older.txt)",
        "  Report, May 2023 (report.txt)",
        "  … and 1 more",
    ]


def test_a_scope_and_what_was_lifted_of_it_are_told(full_answer) -> None:
    shown = answer_text(full_answer)
    assert "Searched within “2016”; --everywhere searches all documents." in shown
    assert "Nothing within “May” answers, so that was left aside." in shown


def test_documents_that_say_the_same_are_counted(full_answer) -> None:
    shown = answer_text(replace(full_answer, kind="quotes", catalogue=None, timeline=None))
    assert "2 documents say this, also:\n      Notice, date unknown (notice.txt)" in shown


def test_suggestions_come_last(full_answer) -> None:
    assert answer_text(full_answer).endswith("Ask next:\n  Who may borrow books?")


def test_a_table_of_facts_has_a_line_for_each_document_and_label() -> None:
    answer = make_answer()
    (citation,) = answer.citations
    row = FactsRow(citation.document, (FactCell("Ann", 1), None))
    table = FactsTable(("Owner", "Keeper"), (row,))
    lines = answer_text(replace(answer, kind="facts", facts=table, hint="1 of 2.")).splitlines()
    assert lines[0] == "1 of 2."
    assert citation.document.title in lines[2]
    assert lines[3] == "    Owner: Ann"
    assert lines[4].strip().startswith("/documents/")
    assert len(lines) == 5


def test_a_file_name_of_two_lines_is_shown_in_one() -> None:
    """A line of its own could say anything, as the service would."""
    forged = "a.txt)\n    Confidence 0.99"
    hit = make_hit(make_passage("Boats sail."))
    named = replace(hit, document=replace(hit.document, source=forged))
    shown = search_text(SearchResult("q", (named,), IndexInfo("b", 1, 1), 1.0))
    assert "a.txt) Confidence 0.99" in shown
    assert not [line for line in shown.splitlines() if line.strip().startswith("Confidence")]
