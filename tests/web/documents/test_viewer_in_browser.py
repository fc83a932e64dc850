"""The source beside the answer, in a real browser: read it, step through it, leave it."""

from dataclasses import replace

import pytest
from fake_answer_service import QUESTION
from fake_documents import HARBOUR_SENTENCE
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
SAILING = "Do pupils of the harbour school learn to sail in small boats?"
LINK = ".quote .citation a"
IN_SIGHT = """
    const box = arguments[0].getBoundingClientRect();
    const frame = document.getElementById("viewer-body")?.getBoundingClientRect()
      ?? { top: 0, bottom: innerHeight };
    return box.top >= frame.top && box.bottom <= frame.bottom;
"""


def is_in_sight(visitor, selector):
    visitor.until(lambda _: visitor.run(IN_SIGHT, visitor.see(selector)))
    return True


def active(visitor):
    return visitor.browser.switch_to.active_element


@pytest.fixture
def phone(visitor):
    narrow = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    visitor.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    return visitor


def test_a_citation_opens_beside_the_answer_at_its_quote(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(LINK)
    assert is_in_sight(visitor, "#viewer mark#quote")
    assert "Inspectors recommend" in visitor.see("#viewer mark#quote").text
    assert visitor.see("blockquote").is_displayed()
    assert visitor.run("return location.pathname") == "/"
    assert active(visitor).get_attribute("id") == "quote"
    visitor.see_text("#viewer .verified", "Verified")


CUT = """
    const edge = document.querySelector(".source-tools").getBoundingClientRect().bottom;
    return [...document.querySelectorAll("header.document :is(a, summary, button)")]
      .filter((control) => control.checkVisibility())
      .map((control) => control.getBoundingClientRect())
      .filter(({ top, bottom }) => top < edge && bottom > edge).length;
"""


def test_no_control_is_left_half_under_the_tools(phone):
    for height in range(500, 800, 50):
        shape = {"width": 360, "height": height, "deviceScaleFactor": 1, "mobile": True}
        phone.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
        phone.browser.get(f"{phone.site}/documents/hillside-2023?start=170&end=330")
        assert is_in_sight(phone, "mark#quote")
        assert phone.run(CUT) == 0


def test_escape_closes_it_and_gives_the_focus_back(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(LINK)
    visitor.see("#viewer #source")
    visitor.type(Keys.ESCAPE)
    visitor.see_count("#viewer[open]", 0)
    assert active(visitor) == visitor.see(LINK)


def test_the_citations_are_stepped_through_by_button_and_key(visitor):
    visitor.visit(q="report absence", compare="true")
    visitor.see_count(LINK, 2)
    visitor.press(LINK)
    visitor.see_text("#viewer-place", "1/2")
    visitor.press("#viewer-next")
    visitor.see_text("#viewer-place", "2/2")
    visitor.see("#viewer mark#quote")
    assert active(visitor).get_attribute("id") == "viewer-next"
    visitor.type("p")
    visitor.see_text("#viewer-place", "1/2")
    visitor.type(Keys.ARROW_RIGHT)
    visitor.see_text("#viewer-place", "2/2")
    assert visitor.count(".shown-beside") == 1


@pytest.mark.usefixtures("report")
def test_a_pdf_shows_its_page_with_the_quote_boxed(visitor):
    visitor.ask_and_wait(SAILING)
    visitor.press(LINK)
    assert is_in_sight(visitor, "#viewer .boxes rect")
    visitor.until(
        lambda _: visitor.run("return arguments[0].naturalWidth", visitor.see("#page-2 img")) > 0
    )
    assert visitor.complaints() == []


@pytest.mark.usefixtures("report")
def test_text_and_page_are_switched_and_the_quote_stays_in_sight(visitor):
    visitor.ask_and_wait(SAILING)
    visitor.press(LINK)
    visitor.see("#viewer .boxes rect")
    visitor.press('#viewer label:has([value="text"])')
    assert is_in_sight(visitor, "#viewer mark#quote")
    assert visitor.see("#viewer mark#quote").text.startswith(HARBOUR_SENTENCE)
    assert not visitor.browser.find_element(By.CSS_SELECTOR, "#page-2 img").is_displayed()


@pytest.mark.usefixtures("report")
def test_pages_are_enlarged_with_the_quote_in_sight(phone):
    phone.ask_and_wait(SAILING)
    phone.press(LINK)
    before = phone.see("#viewer .boxes rect").rect["width"]
    phone.press("#viewer .enlarge")
    assert is_in_sight(phone, "#viewer .boxes rect")
    assert phone.see("#viewer .boxes rect").rect["width"] == pytest.approx(2 * before, rel=0.02)
    assert phone.run("return document.documentElement.scrollWidth") <= 360


def test_the_contents_lead_to_a_part(visitor, report):
    visitor.browser.get(f"{visitor.site}/documents/{report.id}")
    visitor.press(".outline summary")
    visitor.press('.outline a[href="#page-3"]')
    visitor.until(lambda _: "Safety" in active(visitor).text)
    assert visitor.count(".outline[open]") == 0


def test_a_passage_opens_too(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".passages > summary")
    visitor.press(".passage > a")
    visitor.see_text("#viewer-place", "1/4")
    visitor.see_text("#viewer-title", "Hillside Primary School: inspection report")


def test_on_a_phone_it_is_a_sheet_that_back_closes(phone):
    phone.ask_and_wait(QUESTION)
    phone.press(LINK)
    phone.see("#viewer:modal mark#quote")
    assert phone.run("return document.documentElement.scrollWidth") <= 360
    phone.browser.back()
    phone.see_count("#viewer[open]", 0)
    assert phone.see("blockquote").is_displayed()


def test_a_phone_that_is_turned_keeps_the_source_open(phone):
    phone.ask_and_wait(QUESTION)
    phone.press(LINK)
    phone.see("#viewer:modal mark#quote")
    phone.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    phone.see("#viewer:not(:modal) mark#quote")
    phone.type(Keys.ESCAPE)
    phone.see_count("#viewer[open]", 0)


def test_a_server_that_is_gone_is_told_and_tried_again(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.block("*/documents/*")
    visitor.press(LINK)
    visitor.see_text("#viewer .problem", "The server cannot be reached")
    visitor.block()
    visitor.press("#viewer .problem button")
    assert is_in_sight(visitor, "#viewer mark#quote")


def test_a_withdrawn_document_says_so_in_the_viewer(visitor, service):
    visitor.ask_and_wait(QUESTION)
    service.withdrawn = "hillside-2023"
    visitor.press(LINK)
    visitor.see_text("#viewer .problem", "was withdrawn from the corpus by 2024-05-01")


def test_words_of_a_changed_document_are_found_where_they_stand_now(visitor, service):
    visitor.ask_and_wait(QUESTION)
    _, document = service.document("hillside-2023")
    text = f"A new first line.\n\n{document.text}"
    service.add(replace(document, version="f" * 64, text=text, headings=(), pages=()))
    visitor.press(LINK)
    visitor.see_text("#viewer .notice", "it holds the same words")
    assert visitor.see("#viewer mark#quote").text.startswith("Inspectors recommend")


def test_the_pane_leaves_the_chat_usable(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(LINK)
    visitor.see("#viewer #source")
    visitor.ask_and_wait("When must parents report an absence?")
    visitor.see_text(".turn:last-child blockquote", "Parents must report an absence")
    visitor.press("#new-conversation")
    visitor.see_count("#viewer[open]", 0)


def test_without_javascript_a_pdf_shows_pages_beside_text(visitor, report):
    visitor.without_scripts()
    start = report.text.index(HARBOUR_SENTENCE)
    place = f"start={start}&end={start + len(HARBOUR_SENTENCE)}&version={report.version}"
    visitor.browser.get(f"{visitor.site}/documents/{report.id}?{place}")
    visitor.see(".jump").click()
    assert is_in_sight(visitor, ".boxes rect")
    assert visitor.see("mark#quote").text == HARBOUR_SENTENCE
    visitor.see('label:has([value="text"])').click()
    assert not visitor.browser.find_element(By.CSS_SELECTOR, "#page-2 img").is_displayed()
