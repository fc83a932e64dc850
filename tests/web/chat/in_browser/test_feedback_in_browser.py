"""Thumbs as a person uses them: press, see that it is stored, add a note, take it back."""

from urllib.parse import urlencode

import pytest
from beside_builds import feedback_in
from fake_answer_service import QUESTION, UNANSWERABLE
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from visitor import waiting

pytestmark = pytest.mark.browser
PRESSED = '.thumb[aria-pressed="true"]'
FOCUSED = "return document.activeElement.value"


@pytest.fixture
def store(tmp_path):
    return feedback_in(tmp_path / "index")


def verdicts(store):
    return [(item.feedback.verdict, item.feedback.note) for item in store.read()]


def wait_for(visitor, store, *expected):
    waiting(visitor.browser).until(lambda _: verdicts(store) == list(expected))


def wait_until_taken_back(visitor):
    waiting(visitor.browser).until(
        lambda browser: not browser.find_elements(By.CSS_SELECTOR, f".turn {PRESSED}")
    )


def test_a_thumb_is_stored_and_says_so(visitor, store):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    assert visitor.see(PRESSED).text == "Yes"
    assert verdicts(store) == [("up", "")]
    assert visitor.see(".told").get_attribute("role") == "status"


def test_a_refusal_has_its_thumbs_too(visitor, store):
    visitor.ask(UNANSWERABLE)
    visitor.see_text(".feedback legend", "Is it right that the documents do not say?")
    visitor.see(".thumb.down").click()
    visitor.see_text(".told", "Thanks, stored.")
    assert store.read()[0].feedback.reason == "no_evidence"


def test_it_is_done_with_the_keyboard_alone(visitor, store):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").send_keys(Keys.TAB)
    assert visitor.browser.execute_script(FOCUSED) == "down"
    visitor.browser.switch_to.active_element.send_keys(Keys.ENTER)
    visitor.see_text(".told", "Thanks, stored.")
    visitor.browser.switch_to.active_element.send_keys(Keys.TAB)
    visitor.browser.switch_to.active_element.send_keys(Keys.SPACE)
    wait_until_taken_back(visitor)
    assert store.read() == ()
    assert visitor.browser.execute_script(FOCUSED) == "down"


def test_another_thumb_and_a_note_replace_the_first_verdict(visitor, store):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.see(".thumb.down").click()
    wait_for(visitor, store, ("down", ""))
    visitor.see(".note summary").click()
    visitor.see(".note textarea").send_keys("It is in the 2016 report")
    visitor.see(".note button").click()
    visitor.see_text(".told", "Thanks, stored with your note.")
    assert verdicts(store) == [("down", "It is in the 2016 report")]


def test_a_note_is_offered_once_there_is_a_verdict(visitor):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see(".note summary")
    visitor.press('[data-slot="undo"]')
    visitor.until(
        lambda _: not visitor.browser.find_element("css selector", ".note").is_displayed()
    )


@pytest.mark.parametrize("way", ['[data-slot="undo"]', ".thumb.up"])
def test_undo_and_a_second_press_take_it_back(visitor, store, way):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.see(way).click()
    wait_until_taken_back(visitor)
    assert store.read() == ()
    assert visitor.complaints() == []


def test_it_is_still_shown_and_can_be_undone_after_a_visit_to_the_document(visitor, store):
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.see(".citation a").click()
    visitor.see("#viewer-page").click()
    visitor.see("main.reading")
    visitor.see("nav a").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.see('[data-slot="undo"]').click()
    wait_for(visitor, store)


def test_a_verdict_on_a_follow_up_carries_what_was_said_before(visitor, store):
    visitor.ask(QUESTION)
    visitor.see("blockquote")
    visitor.ask("And safeguarding arrangements?")
    visitor.see(".turn:nth-child(2) .thumb.up").click()
    wait_for(visitor, store, ("up", ""))
    feedback = store.read()[0].feedback
    assert feedback.standalone_question != feedback.question
    assert [turn.role for turn in feedback.history] == ["user", "assistant"]
    assert feedback.history[0].text == QUESTION


def test_a_verdict_that_could_not_be_sent_is_told_and_can_be_given_again(visitor, store):
    visitor.browser.execute_cdp_cmd("Network.enable", {})
    visitor.ask(QUESTION)
    visitor.see("blockquote")
    visitor.block("*/api/feedback")
    visitor.see(".thumb.up").click()
    visitor.see_text(".told.failed", "Not stored: the server cannot be reached.")
    visitor.block()
    visitor.see(".thumb.up").click()
    visitor.see_text(".told:not(.failed)", "Thanks, stored.")
    assert verdicts(store) == [("up", "")]


def test_an_undo_that_could_not_be_sent_is_told_and_the_verdict_stays(visitor, store):
    visitor.browser.execute_cdp_cmd("Network.enable", {})
    visitor.ask(QUESTION)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.block("*/api/feedback/*")
    visitor.see('[data-slot="undo"]').click()
    visitor.see_text(".told.failed", "Not taken back: the server cannot be reached.")
    assert visitor.see(PRESSED).text == "Yes"
    visitor.block()
    visitor.see('[data-slot="undo"]').click()
    wait_for(visitor, store)


def test_while_an_answer_is_awaited_there_are_no_thumbs(visitor, service):
    service.delay = 2
    visitor.ask(QUESTION)
    visitor.see(".turn[aria-busy]")
    assert visitor.count(".turn .feedback") == 0
    visitor.see(".thumb.up")


def test_without_javascript_the_form_stores_and_takes_back(visitor, store):
    visitor.without_scripts()
    visitor.browser.get(f"{visitor.site}/?{urlencode({'q': QUESTION})}")
    visitor.see(".note summary").click()
    visitor.see(".note textarea").send_keys("Quite so")
    visitor.see(".thumb.up").click()
    visitor.see_text("h1", "Thanks, stored.")
    assert verdicts(store) == [("up", "Quite so")]
    visitor.see("main button").click()
    visitor.see_text("h1", "Taken back.")
    assert store.read() == ()
    visitor.see("main a").click()
    assert visitor.see("blockquote").is_displayed()


def test_on_a_narrow_phone_thumbs_and_note_fit(visitor):
    narrow = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    visitor.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    visitor.ask(UNANSWERABLE)
    visitor.see(".thumb.up").click()
    visitor.see_text(".told", "Thanks, stored.")
    visitor.see(".note summary").click()
    assert visitor.browser.execute_script("return document.documentElement.scrollWidth") <= 360
