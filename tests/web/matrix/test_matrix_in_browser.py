"""A matrix in a browser: it fills while one watches, stays over a reload, and can be saved."""

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow, widen
from fake_answer_service import QUESTION

ABSENT = "When do zebras migrate?"


@pytest.fixture
def asking(visitor):
    """The page with two questions typed and all documents ticked."""
    visitor.browser.get(f"{visitor.site}/matrix")
    visitor.see("#questions").send_keys(f"{QUESTION}\n{ABSENT}\n{QUESTION}")
    visitor.press("#tick-shown")
    return visitor


def fill(visitor):
    visitor.press("#asking button[type=submit]")
    visitor.see_text("#filled", "not found")


def test_every_document_is_asked_every_question_once(asking, service):
    fill(asking)
    documents = [document.id for document in service.documents()]
    asked = sorted((q.text, *q.filters.document_ids) for q in service.questions)
    assert asked == sorted((text, id_) for text in (QUESTION, ABSENT) for id_ in documents)
    assert asking.count(".matrix .quoted") + asking.count(".matrix .absent") == 2 * len(documents)
    assert asking.count(".matrix .quoted") > 0
    assert asking.complaints() == []


def test_what_is_filled_is_there_after_a_reload_and_is_not_asked_again(asking, service):
    fill(asking)
    quotes, asked = asking.texts(".matrix blockquote"), len(service.questions)
    asking.browser.refresh()
    asking.until(lambda _: asking.texts(".matrix blockquote") == quotes)
    assert len(service.questions) == asked


def test_it_pauses_and_goes_on(asking, service):
    service.delay = 0.3
    asking.press("#asking button[type=submit]")
    asking.press("#pause")
    asking.see_text("#pause", "Go on")
    asking.until(lambda _: asking.count(".matrix .asked") == 0)
    waiting = asking.count(".matrix .pending")
    assert waiting > 0
    asking.press("#pause")
    asking.see_text("#filled", "not found")


def test_a_cell_opens_its_source_beside_the_table(asking):
    fill(asking)
    asking.press(".matrix .citation a")
    asking.see("#viewer #source mark")


def test_the_table_is_cleared_at_the_second_click(asking):
    fill(asking)
    asking.press("#clear")
    assert asking.count(".matrix td") > 0
    asking.press("#clear")
    asking.see_count(".matrix td", 0)
    asking.browser.refresh()
    asking.see("#choices")
    assert asking.count(".matrix td") == 0


def test_what_is_missing_is_said(visitor):
    visitor.browser.get(f"{visitor.site}/matrix")
    visitor.see("#questions").send_keys(QUESTION)
    visitor.press("#asking button[type=submit]")
    visitor.see_text("#problem", "Tick the documents")


@pytest.mark.parametrize("as_seen", [DESK_BY_DAY, PHONE_AT_NIGHT], ids=["desk", "phone-at-night"])
def test_nobody_meets_a_barrier_at_a_matrix(asking, as_seen):
    look(asking.browser, as_seen)
    assert barriers(asking.browser) == []
    fill(asking)
    assert barriers(asking.browser) == []
    widen(asking.browser, 320)
    assert overflow(asking.browser) == 0
