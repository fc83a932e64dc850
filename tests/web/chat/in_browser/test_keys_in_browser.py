"""Whoever uses the pages by keys alone sees where they are; shortcuts can be switched off."""

import pytest
from everyone import tab_stops, widen
from selenium.webdriver.common.keys import Keys
from states import STATES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "name", ["empty", "answer", "filters", "viewer", "changed_document", "document", "documents"]
)
@pytest.mark.parametrize("width", [1280, 360])
def test_every_control_that_tab_reaches_is_seen_to_have_the_focus(visitor, service, name, width):
    widen(visitor.browser, width)
    STATES[name](visitor, service)
    stops = tab_stops(visitor.browser)
    assert len(stops) > 3
    assert [stop["name"] for stop in stops if not (stop["ringed"] and stop["inSight"])] == []


def test_a_question_mark_lists_the_shortcuts_and_escape_leaves_them(visitor):
    visitor.run("document.activeElement.blur()")
    visitor.type("?")
    assert visitor.see("#shortcuts h2").text == "Keyboard shortcuts"
    visitor.type(Keys.ESCAPE)
    visitor.until(lambda _: not visitor.browser.find_element("id", "shortcuts").is_displayed())


def test_at_twice_the_size_the_field_is_in_view_however_long_the_introduction_is(visitor):
    size = {"width": 640, "height": 400, "deviceScaleFactor": 2, "mobile": False}
    visitor.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    visitor.run(
        "document.querySelector('.intro p').textContent = 'Answers are quotes. '.repeat(60)"
    )
    assert visitor.run(
        "const { top, bottom } = document.getElementById('question').getBoundingClientRect();"
        "return scrollY === 0 && top > 0 && bottom <= innerHeight"
    )


def test_a_slash_leads_to_the_question_field(visitor):
    visitor.run("document.activeElement.blur()")
    visitor.type("/")
    assert visitor.browser.switch_to.active_element.get_attribute("id") == "question"
    visitor.type("?")
    assert visitor.browser.switch_to.active_element.get_attribute("value") == "?"


def test_keys_can_be_switched_off_for_who_speaks_to_the_computer(visitor):
    visitor.press("#show-shortcuts")
    visitor.press("#use-shortcuts")
    visitor.browser.refresh()
    visitor.run("document.activeElement.blur()")
    visitor.type("?")
    assert not visitor.browser.find_element("id", "shortcuts").is_displayed()
