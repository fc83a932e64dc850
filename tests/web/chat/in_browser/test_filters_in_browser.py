"""Filters of the composer, and completions while typing."""

import pytest
from fake_answer_service import QUESTION
from fake_documents import POLICY_TEXT
from selenium.webdriver.common.keys import Keys

from qa_service.nouns.answers import Completion
from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
LAST = ".turn:last-child:not([aria-busy])"
CHIPS = "#filter-chips [data-slot=label]"
TITLE = "Hillside Primary School: inspection report"
NEWS = Document("news", "d" * 64, "School news", "news/school.txt", "2020", POLICY_TEXT, "news")


def test_dates_become_a_chip_and_reach_the_service(visitor, service):
    visitor.press("#filters summary")
    visitor.set_date("date-from", "2023-01-01")
    visitor.set_date("date-to", "2023-12-31")
    assert visitor.texts(CHIPS) == ["From 1 January 2023", "To 31 December 2023"]
    visitor.ask_and_wait(QUESTION)
    filters = service.questions[0].filters
    assert (filters.date_from, filters.date_to) == ("2023-01-01", "2023-12-31")
    assert visitor.texts(f"{LAST} .limits .label") == ["2023"]


def test_a_range_that_ends_before_it_begins_is_told_and_not_sent(visitor, service):
    visitor.set_date("date-from", "2023-01-01")
    visitor.set_date("date-to", "2022-01-01")
    visitor.ask(QUESTION)
    assert visitor.see("#date-to").get_attribute("validationMessage").startswith("This day must")
    assert service.questions == []


def test_collections_are_offered_where_there_are_several(visitor, service):
    assert visitor.count("input[name=collection]") == 0
    service.add(NEWS)
    visitor.visit()
    visitor.press("#filters summary")
    visitor.press("input[value=news]")
    visitor.press("#close-filters")
    visitor.ask_and_wait("When must parents report an absence?")
    assert service.questions[0].filters.collections == ("news",)
    visitor.see_text(f"{LAST} .citation a", "School news")


def test_documents_are_found_by_words_and_taken_away_by_their_chip(visitor, service):
    visitor.press("#filters summary")
    visitor.press("#document-search")
    visitor.type("report hill")
    visitor.see_text("#documents-found", "1 found")
    visitor.press("#documents input")
    visitor.type(Keys.ESCAPE)
    assert visitor.texts(CHIPS) == [TITLE]
    visitor.ask_and_wait(QUESTION)
    assert service.questions[0].filters.document_ids == ("hillside-2023",)
    visitor.press("#filter-chips button")
    assert visitor.texts(CHIPS) == []
    assert visitor.run("return document.activeElement.matches('#filters summary')")


def test_a_filter_taken_away_above_an_answer_limits_no_later_question(visitor, service):
    visitor.visit(document="hillside-2023", date_from="2020-01-01")
    visitor.ask_and_wait(QUESTION)
    visitor.press(f"{LAST} .chips li:nth-child(2) .chip")
    visitor.see_count(f"{LAST}:nth-child(2)", 1)
    assert visitor.texts(CHIPS) == ["From 1 January 2020"]
    visitor.ask_and_wait(QUESTION)
    filters = service.questions[-1].filters
    assert (filters.document_ids, filters.date_from) == ((), "2020-01-01")


def test_filters_outlive_a_reload_and_end_with_the_conversation(visitor):
    visitor.set_date("date-from", "2020-01-01")
    visitor.ask_and_wait(QUESTION)
    visitor.browser.refresh()
    visitor.see_text(CHIPS, "From 1 January 2020")
    visitor.press("#new-conversation")
    assert visitor.texts(CHIPS) == []


def test_a_comparison_is_asked_for_once(visitor, service):
    visitor.press("#compare")
    visitor.ask_and_wait(QUESTION)
    assert not visitor.browser.find_element("id", "compare").is_selected()
    visitor.ask_and_wait(QUESTION)
    assert [question.compare for question in service.questions] == [True, False]


def test_an_empty_question_is_told_in_its_field_alone(visitor, service):
    visitor.see("#question").send_keys("   ", Keys.ENTER)
    assert visitor.run("return document.activeElement.id") == "question"
    assert visitor.run("return document.getElementById('question').matches(':invalid')")
    assert not visitor.browser.find_element("id", "filters").get_attribute("open")
    assert service.questions == []


def test_without_javascript_filters_are_sent_and_stay(visitor, service):
    visitor.without_scripts()
    visitor.visit(document="hillside-2023", date_from="2020-01-01")
    visitor.press("#filters summary")
    visitor.browser.find_element("id", "question").send_keys(QUESTION)
    visitor.press("#send")
    visitor.see(".turn")
    filters = service.questions[0].filters
    assert (filters.document_ids, filters.date_from) == (("hillside-2023",), "2020-01-01")
    visitor.press("#filters summary")
    assert visitor.see("#documents input").is_selected()


def test_completions_are_walked_by_arrow_keys_and_taken_by_enter(visitor, service):
    visitor.see("#question").send_keys("hill")
    visitor.see_text("#completions-status", "1 completion")
    field = visitor.see("#question[aria-controls=completions][aria-autocomplete=list]")
    field.send_keys(Keys.ARROW_DOWN)
    active = visitor.see(f"#{field.get_attribute('aria-activedescendant')}")
    assert (active.get_attribute("role"), active.get_attribute("aria-selected")) == (
        "option",
        "true",
    )
    field.send_keys(Keys.ENTER)
    assert field.get_attribute("value") == TITLE
    assert not visitor.texts("#completions")
    assert service.questions == []


def test_so_many_completions_are_offered_as_fit_without_scrolling(visitor, monkeypatch, service):
    many = [Completion(f"Hill number {number}", "question") for number in range(40)]
    monkeypatch.setattr(service, "complete", lambda _prefix, _limit: many)
    visitor.see("#question").send_keys("hill")
    visitor.see("#completions [role=option]")
    offered = visitor.count("#completions li")
    assert 1 < offered < len(many)
    list_ = visitor.see("#completions")
    assert list_.get_property("scrollHeight") == list_.get_property("clientHeight")
    visitor.see_text("#completions-status", f"{offered} completions")


def test_escape_closes_the_completions_and_keeps_what_was_typed(visitor):
    visitor.see("#question").send_keys("hill")
    field = visitor.see("#question")
    visitor.see("#completions [role=option]")
    field.send_keys(Keys.ARROW_DOWN, Keys.ESCAPE)
    assert field.get_attribute("value") == "hill"
    assert not visitor.browser.find_element("id", "completions").is_displayed()


def test_enter_sends_what_was_typed_while_no_completion_is_chosen(visitor, service):
    visitor.see("#question").send_keys("hill")
    visitor.see("#completions [role=option]")
    visitor.see("#question").send_keys(Keys.ENTER)
    visitor.see(LAST)
    assert service.questions[0].text == "hill"


def test_a_completion_can_be_clicked(visitor):
    visitor.see("#question").send_keys("hill")
    visitor.press("#completions [role=option]")
    assert visitor.see("#question").get_attribute("value") == TITLE
    assert visitor.run("return document.activeElement.id") == "question"


def test_without_completions_the_question_is_sent_as_ever(visitor):
    visitor.block("*/api/complete*")
    visitor.ask_and_wait(QUESTION)
    visitor.see(f"{LAST} blockquote")
    assert not visitor.browser.find_element("id", "completions").is_displayed()
