"""Each kind of answer as the page shows it: facts, several questions, what is missing."""

import csv
import json
import re
from urllib.parse import unquote

import pytest
from fake_answer_service import QUESTION

from qa_service.answering.spelling import NOT_ENGLISH_HINT
from qa_service.web.export.facts_file import sort_key

CELLS = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
LEADER = {"document_id": "hillside-2023", "title": "Hillside", "date": "2023-05-24"}
IN_LEEDS = {
    "documents": [LEADER],
    "collections": [],
    "date_from": None,
    "date_to": None,
    "words": ["Leeds"],
    "lifted": [],
}
ROW = {**LEADER, "permalink": "/documents/hillside-2023"}


@pytest.fixture
def answer(client):
    """An answer with one quote, which a test makes another of."""
    turn = client.post("/turn", data={"q": QUESTION}).text
    return json.loads(re.search(r'class="kept">(.*?)</script>', turn, re.DOTALL)[1])


@pytest.fixture
def shown(client):
    return lambda answer: client.post("/turns", json={"answers": [answer]}).text


@pytest.fixture
def declined(answer):
    """Makes an answer that is none."""
    return lambda question, **members: {**answer, **nothing_to(question), **members}


def nothing_to(question):
    nothing = {"kind": "declined", "answered": False, "answer": [], "citations": []}
    asked = {"question": question, "standalone_question": question}
    return {**asked, **nothing, "reason": "no_evidence"}


def test_facts_are_a_table_whose_cells_lead_to_their_source(answer, shown):
    said = {"value": "Good", "citation": 1}
    facts = {"labels": ["Result", "Leader"], "rows": [{**ROW, "cells": [said, None]}]}
    page = shown({**answer, "kind": "facts", "facts": facts})
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page) == [
        *("Document", "Date", "Result", "Leader")
    ]
    date, result, leader = CELLS.findall(page)
    assert date == "24 May 2023"
    assert 'href="/documents/hillside-2023?start=211' in result
    assert ">Good</a>" in result
    assert "not said" in leader
    assert "1 quote behind the table" in page


def test_a_table_can_be_taken_away_as_a_file(answer, shown):
    facts = {"labels": ["Result"], "rows": [{**ROW, "cells": [{"value": "Good", "citation": 1}]}]}
    page = shown({**answer, "kind": "facts", "facts": facts})
    assert 'download="facts.csv"' in page
    [file] = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    [row] = csv.DictReader(unquote(file).removeprefix("\N{BYTE ORDER MARK}").splitlines())
    assert (row["document"], row["date"], row["Result"]) == ("Hillside", "2023-05-24", "Good")
    assert row["Result: address"].startswith("http://localhost/documents/hillside-2023?start=")
    assert "answers the question" not in row


@pytest.fixture
def narrowed(answer):
    """A table of which one document answers and another does not."""
    rows = [{**ROW, "cells": [{"value": "Poor", "citation": 1}]}]
    others = [{**ROW, "title": "Brookfield", "cells": [{"value": "Good", "citation": 1}]}]
    place = {**answer["citations"][0], "permalink": "/documents/brookfield?start=7&end=9"}
    facts = {"labels": ["Result"], "rows": rows, "others": others, "other_citations": [place]}
    return {**answer, "kind": "facts", "facts": facts}


def test_the_rows_that_answer_are_marked_among_those_that_do_not(narrowed, shown):
    marked, other = re.findall(r"<tr class.*?</tr>", shown(narrowed), re.S)
    assert 'class="answers"' in marked
    assert 'role="img" aria-label="Answers the question">✓</span>' in marked
    assert "Hillside" in marked
    assert 'class="other"' in other
    assert "✓" not in other
    assert 'href="/documents/brookfield?start=7' in other


def test_a_table_whose_rows_all_answer_marks_none(answer, shown):
    facts = {"labels": ["Result"], "rows": [{**ROW, "cells": [{"value": "Good", "citation": 1}]}]}
    assert "✓" not in shown({**answer, "kind": "facts", "facts": facts})


def test_the_file_of_a_table_says_which_documents_answer(narrowed, shown):
    [file] = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', shown(narrowed))
    rows = csv.DictReader(unquote(file).removeprefix("\N{BYTE ORDER MARK}").splitlines())
    said = [(row["document"], row["answers the question"], row["Result"]) for row in rows]
    assert said == [("Hillside", "yes", "Poor"), ("Brookfield", "no", "Good")]


@pytest.mark.parametrize(
    ("value", "key"),
    [("24 May 2023", "2023-05-24"), ("1,204 pupils", "1204 pupils"), ("Good, once", "Good, once")],
)
def test_values_are_put_in_order_by_day_and_number(value, key):
    assert sort_key(value) == key


def test_a_fact_that_denies_the_premise_is_quoted_in_a_refusal(answer, declined, shown):
    citation = answer["citations"][0]
    hint = "The documents say otherwise: the result was good."
    page = shown(declined("Why was it poor?", contradicted_by=citation, hint=hint))
    assert "The documents say otherwise" in page
    assert f"start={citation['start']}" in page


@pytest.mark.parametrize(
    "replies",
    [
        {"reason": "small_talk", "hint": "You are welcome."},
        {"hint": NOT_ENGLISH_HINT, "scope": IN_LEEDS},
    ],
    ids=["small talk", "another language"],
)
def test_talk_and_other_languages_are_replied_to_and_nothing_else(declined, shown, replies):
    page = shown(declined("danke", **replies, passages=[], suggestions=[]))
    turn = page[page.index("<article") :]
    said = re.sub(r"<script.*?</script>|<[^>]+>", " ", turn, flags=re.DOTALL)
    assert " ".join(said.split()) == f"danke {replies['hint']}"


def test_a_document_with_nothing_close_enough_shows_its_nearest_passage(answer, shown):
    gap = {**LEADER, "citation": None, "nearest": answer["passages"][0]}
    page = shown({**answer, "kind": "comparison", "timeline": [gap]})
    assert "Nothing close enough in “Hillside”" in page
    assert 'class="passage"' in page


def test_a_cell_without_its_citation_shows_no_table(answer, shown):
    cells = [{"value": "Good", "citation": 7}]
    facts = {"labels": ["Result"], "rows": [{**ROW, "cells": cells}]}
    assert "<article" not in shown({**answer, "kind": "facts", "facts": facts})


def test_several_questions_have_a_heading_each_and_an_answer_or_a_refusal(answer, declined, shown):
    part = {**answer, "parts": []}
    page = shown({**answer, "question": "Both?", "parts": [part, declined("And zebras?")]})
    headings = re.findall(r'<h2 class="question"[^>]*>(.*?)</h2>', page)
    assert headings == [QUESTION, "And zebras?"]
    assert page.count("<blockquote") == 1
    assert page.index("And zebras?") < page.index("No answer found in the documents.")


def test_what_there_is_instead_of_what_is_missing_is_one_click_away(declined, shown):
    nearest = [{"text": "Hillside", "document": ROW}, {"text": "Harbour", "document": None}]
    page = shown(
        declined(
            "Who leads Doncaster?",
            reason="not_in_collection",
            missing=["Doncaster"],
            nearest=nearest,
        )
    )
    assert "Not in the documents: “Doncaster”." in page
    assert 'name="q" value="Who leads Harbour?"' in page
    assert 'name="document" value="hillside-2023"' in page


def test_a_list_quoted_whole_is_folded_and_copied_whole(answer, shown):
    items = "\n".join(f"• duty {number}" for number in range(1, 9))
    answer["answer"][0]["quote"] = items
    page = shown(answer)
    first, folded = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
    assert (first.count("•"), folded.count("•")) == (5, 3)
    assert "3 more items" in page
    assert f"“{items}”" in page
