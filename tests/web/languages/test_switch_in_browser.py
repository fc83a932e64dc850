"""Somebody chooses German: the page, its scripts and its files speak it from then on."""

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow
from fake_answer_service import QUESTION, UNANSWERABLE
from own_words import english_in
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
SHOWN = "return document.documentElement.outerHTML"


@pytest.fixture
def german(visitor):
    """Somebody who has pressed the switch."""
    visitor.browser.delete_all_cookies()
    visitor.browser.get(visitor.site)
    visitor.press("#more-pages summary")
    visitor.press(".language button")
    visitor.see("html[lang=de]")
    return visitor


def test_a_talk_and_its_pinboard_are_in_german(german):
    german.see("#question").send_keys(Keys.ENTER)
    german.see_text("#problem", "Geben Sie zuerst eine Frage ein.")
    german.ask_and_wait(QUESTION)
    german.press(".turn .pin")
    german.ask_and_wait(UNANSWERABLE)
    german.see_text(".turn:last-child .verdict", "keine Antwort gefunden")
    german.press("#show-conversations")
    german.see_text("#conversation-list .place", "2 Fragen · auf dieser Seite")
    german.press("#close-conversations")
    assert english_in(german.run(SHOWN)) == []
    german.press("#pinboard-link")
    german.see(".pinned")
    german.press("[data-unpin]")
    german.see_text("#pinboard-status", "Das Zitat wurde entfernt.")
    assert english_in(german.run(SHOWN)) == []
    assert german.complaints() == []


@pytest.mark.parametrize("as_seen", [DESK_BY_DAY, PHONE_AT_NIGHT], ids=["desk", "phone"])
def test_nobody_meets_a_barrier_in_german(german, as_seen):
    look(german.browser, as_seen)
    for page in ("/", "/documents", "/matrix", "/mentions?q=teaching", "/pinboard", "/nowhere"):
        german.browser.get(f"{german.site}{page}")
        german.see("main")
        assert barriers(german.browser) == []
        assert overflow(german.browser) <= 0


def test_the_switch_leads_back_to_english(german):
    german.press("#more-pages summary")
    german.press(".language button[value=en]")
    german.see('html[lang="en-GB"]')
