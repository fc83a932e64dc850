"""What a person does first, in a real browser: ask, read, follow the citation, come back."""

import pytest
from fake_answer_service import MISTYPED, NEARLY_ANSWERED, QUESTION, SMALL_TALK_HINT
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from qa_service.errors import NoIndex
from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
QUOTE = "Inspectors recommend that leaders check the quality of teaching more often."
TAKEN = ".taken"
IN_VIEWPORT = """
    const box = arguments[0].getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
"""


def open_document(visitor):
    """Follow the citation to the document's own page."""
    visitor.see(".citation a").click()
    visitor.see("#viewer-page").click()
    visitor.until(lambda _: "/documents/" in visitor.browser.current_url)


def test_an_answer_appears_with_its_citation(visitor):
    visitor.ask(QUESTION)
    assert visitor.see("blockquote").text.startswith(QUOTE)
    assert visitor.see(".citation a").text == "Hillside Primary School: inspection report"
    assert (
        visitor.see(".citation .place").text == "24 May 2023 · page 1 · Leadership and management"
    )


def test_a_citation_leads_to_the_marked_quote_in_view(visitor):
    visitor.ask(QUESTION)
    open_document(visitor)
    mark = visitor.see("mark#quote")
    assert mark.text.startswith(QUOTE)
    assert visitor.browser.execute_script(IN_VIEWPORT, mark)


def test_back_from_a_document_the_conversation_is_still_there(visitor):
    visitor.ask(QUESTION)
    open_document(visitor)
    visitor.see("mark#quote")
    visitor.browser.back()
    visitor.see_text(".turn .question", QUESTION)
    visitor.see_text("blockquote", QUOTE)


def test_a_link_back_restores_the_conversation_as_well(visitor):
    visitor.ask(QUESTION)
    open_document(visitor)
    visitor.see("nav a").click()
    visitor.see_text("blockquote", QUOTE)


def test_a_shared_question_joins_the_conversation_once(visitor, service):
    visitor.visit(q=QUESTION)
    visitor.see_text("blockquote", QUOTE)
    visitor.browser.refresh()
    visitor.see_text("blockquote", QUOTE)
    assert len(visitor.browser.find_elements(By.CSS_SELECTOR, ".turn")) == 1
    assert len(service.questions) == 1


def test_a_follow_up_carries_the_conversation(visitor, service):
    visitor.ask(QUESTION)
    visitor.see("blockquote")
    visitor.ask("And safeguarding arrangements?")
    visitor.see_text(".turn:nth-child(2) .taken", "Understood as")
    asked, quoted = service.questions[1].history
    assert (asked.role, asked.text) == ("user", QUESTION)
    assert (quoted.role, quoted.text.startswith(QUOTE)) == ("assistant", True)


def test_no_answer_is_said_with_the_nearest_passages(visitor):
    visitor.ask(NEARLY_ANSWERED)
    visitor.see_text(".verdict", "No answer found in the documents.")
    visitor.press(".passages > summary")
    visitor.see_text(".passages > summary", "Nearest passages, not answers")
    assert visitor.see(".passage a").is_displayed()


def test_small_talk_shows_the_hint(visitor):
    visitor.ask("hello")
    visitor.see_text(".hint", SMALL_TALK_HINT)


def test_while_the_answer_is_awaited_the_page_says_so(visitor, service):
    service.delay = 2
    visitor.ask(QUESTION)
    visitor.see_text(".turn[aria-busy] .verdict", "Searching the documents")
    assert not visitor.see("#send").is_enabled()
    visitor.see("blockquote")


def test_without_an_index_the_way_to_build_one_is_shown(visitor, service):
    service.failure = NoIndex("none")
    visitor.ask(QUESTION)
    visitor.see_text(".failed .verdict", "qa-service build")


def test_a_server_that_is_gone_is_told_and_the_question_can_be_asked_again(visitor):
    visitor.block("*/turn")
    visitor.ask(QUESTION)
    visitor.see_text(".failed .verdict", "The server cannot be reached")
    visitor.block()
    visitor.see(".failed button").click()
    visitor.see_text("blockquote", QUOTE)


def test_a_new_conversation_forgets_the_old_one(visitor):
    visitor.ask(QUESTION)
    visitor.see("blockquote")
    visitor.see("#new-conversation").click()
    visitor.browser.refresh()
    assert visitor.see(".intro").is_displayed()


def test_hostile_text_stays_text(visitor):
    visitor.ask("Was the <b>playground</b> canteen repaired in 2016?")
    visitor.see_text("blockquote", "<img src=x onerror=alert(1)>")
    assert visitor.complaints() == []


def test_nothing_on_the_way_breaches_the_policy_or_fails(visitor):
    visitor.ask(QUESTION)
    visitor.see(".citation a").click()
    visitor.see("mark#quote")
    visitor.browser.get(f"{visitor.site}/documents")
    visitor.see("table")
    assert visitor.complaints() == []


def test_a_correction_is_said_and_what_was_typed_can_be_asked(visitor, service):
    visitor.ask(MISTYPED)
    visitor.see_text(TAKEN, "Searched for “quality” in place of “qualtiy”.")
    visitor.see_text("blockquote", QUOTE)
    visitor.press(f"{TAKEN} summary")
    visitor.press(f"{TAKEN} button")
    visitor.see(".turn:nth-child(2):not([aria-busy])")
    asked = service.questions[-1]
    assert (asked.text, asked.spelling, asked.history) == (MISTYPED, False, ())
    assert visitor.count(f".turn + .turn {TAKEN}") == 0


def test_without_javascript_what_was_typed_can_be_asked(visitor, service):
    visitor.without_scripts()
    visitor.visit(q=MISTYPED)
    visitor.press(f"{TAKEN} summary")
    visitor.press(f"{TAKEN} button")
    visitor.until(lambda _: len(service.questions) == 2)
    assert (service.questions[-1].text, service.questions[-1].spelling) == (MISTYPED, False)


def test_the_exact_words_are_marked_inside_the_quote(visitor, service):
    service.exact = "leaders check"
    visitor.ask(QUESTION)
    assert visitor.see("blockquote mark").text == "leaders check"
    assert visitor.see("blockquote").text.startswith(QUOTE)


def test_a_quote_says_why_it_matched_and_where_in_its_passage(visitor):
    visitor.ask(QUESTION)
    visitor.see(".quote .around summary").click()
    assert visitor.see(".quote .around mark").text.startswith(QUOTE)
    visitor.see_text(".quote .around", "Words of the question here: inspectors, quality, recommend")
    visitor.see_text(".quote .around", "Not here: about, what")


def test_a_related_passage_says_why_it_matched_and_shows_its_sentence(visitor):
    visitor.ask(NEARLY_ANSWERED)
    visitor.press(".passages > summary")
    visitor.press(".passage .why summary")
    visitor.see_text(".passage .why", "Not here: antarctica, migrated")
    assert visitor.see(".passage .excerpt mark").text


def test_offsets_beyond_the_basic_plane_mark_the_right_words(visitor, service):
    text = "😀 😀 The canteen 😀 opens at half past eleven 😀 every day."
    service.add(Document("canteen", "d" * 64, "Canteen", "canteen.txt", None, text))
    service.exact = "half past eleven"
    visitor.ask("The canteen opens at half past what, every day?")
    assert visitor.see("blockquote mark").text == "half past eleven"


def test_without_javascript_the_form_and_the_link_work(visitor):
    visitor.without_scripts()
    visitor.browser.get(visitor.site)
    visitor.browser.find_element(By.ID, "question").send_keys(QUESTION)
    visitor.see("#send").click()
    visitor.see(".citation a").click()
    visitor.see(".jump").click()
    assert visitor.see("mark#quote").text.startswith(QUOTE)


def test_on_a_phone_the_quote_of_a_doubtful_follow_up_begins_in_the_upper_third(
    visitor, monkeypatch
):
    caution = "qa_service.web.wording.display.CAUTIONS"
    monkeypatch.setattr(caution, ((0.0, "Perhaps the answer: read around it."),))
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    visitor.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait("And safeguarding arrangements?")
    assert "Perhaps" in visitor.see(".turn:last-child .taken").text
    top = "return document.querySelector('.turn:last-child blockquote').getBoundingClientRect().top"
    assert visitor.run(top) <= 740 / 3


def test_a_narrow_phone_needs_no_sideways_scrolling(visitor):
    narrow = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    visitor.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    visitor.ask(QUESTION)
    visitor.see("blockquote")
    width = visitor.browser.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360


def test_an_empty_question_says_so_and_opens_nothing(visitor, service):
    visitor.type(Keys.ENTER)
    visitor.see_text("#problem", "Type a question first.")
    assert not visitor.browser.find_element(By.CSS_SELECTOR, "#filters .panel").is_displayed()
    visitor.type("W")
    visitor.until(lambda _: not visitor.browser.find_element(By.ID, "problem").is_displayed())
    assert service.questions == []


def test_two_keys_lead_from_the_field_to_the_first_citation(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.type(Keys.ESCAPE)
    assert visitor.browser.switch_to.active_element.text == QUESTION
    visitor.type("c")
    assert visitor.browser.switch_to.active_element == visitor.see(".citation a")
