"""Taking citations and addresses away, in a real browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fake_answer_service import ABSENCE, QUESTION
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
REFUSE = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))"
ADDRESS = ".turn .address a"


@pytest.fixture
def clipboard(visitor):
    """What was last copied, once that is allowed."""
    permissions = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    visitor.browser.execute_cdp_cmd("Browser.grantPermissions", permissions)
    return lambda: visitor.run("return navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("plain", "“Inspectors recommend"),
        ("markdown", "> Inspectors recommend"),
        ("reference", "Hillside Primary School: inspection report (p. 1). (2023, May 24). http"),
        ("address", "http://127.0.0.1"),
    ],
)
def test_a_citation_is_copied_in_the_way_chosen(visitor, clipboard, way, words):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .cite summary")
    visitor.press(f'[data-copy="{way}"]')
    visitor.see_text(".citing .copied", "Copied")
    assert clipboard().startswith(words)
    assert "/documents/hillside-2023?start=" in clipboard()
    assert visitor.count(".cite[open]") == 0


def test_where_the_clipboard_is_refused_the_text_is_shown_and_selected(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.run(REFUSE)
    visitor.press(".quote .cite summary")
    visitor.press('[data-copy="markdown"]')
    visitor.see_text(".citing .copied", "Press Ctrl+C")
    selected = visitor.see('[data-cited="markdown"]')
    assert visitor.run("return getSelection().toString()") == selected.get_attribute("value")


def test_escape_closes_the_menu_and_nothing_else(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .citation a")
    visitor.press("#viewer .cite summary")
    visitor.type(Keys.ESCAPE)
    visitor.see_count(".cite[open]", 0)
    assert visitor.see("#viewer").is_displayed()


def test_the_texts_are_there_without_scripts(visitor):
    visitor.without_scripts()
    visitor.visit(q=QUESTION)
    visitor.see(".quote .cite summary").click()
    assert visitor.see('[data-cited="plain"]').get_attribute("value").startswith("“Inspectors")


def test_the_address_of_an_answer_asks_it_again(visitor, service):
    visitor.set_date("date-from", "2023-01-01")
    visitor.ask_and_wait(QUESTION)
    address = visitor.see(ADDRESS).get_attribute("href")
    visitor.press("#new-conversation")
    visitor.browser.get(address)
    visitor.see_text(".turn .question", QUESTION)
    visitor.see_text(".limits", "from 2023")
    assert service.questions[0] == service.questions[1]


def test_the_address_of_a_follow_up_holds_what_was_asked_before(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait(ABSENCE)
    links = visitor.browser.find_elements("css selector", ADDRESS)
    members = parse_qs(urlsplit(links[-1].get_attribute("href")).query)
    assert (members["q"], members["earlier"]) == ([ABSENCE], [QUESTION])
    assert members["build"] == ["20240501-test"]


def test_a_click_copies_the_address_of_an_answer(visitor, clipboard):
    visitor.ask_and_wait(QUESTION)
    visitor.press(ADDRESS)
    visitor.see_text(".address .copied", "Address copied")
    assert clipboard() == visitor.see(ADDRESS).get_attribute("href")
