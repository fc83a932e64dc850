"""Every state of the pages can be used by everyone: WCAG 2.2 AA, by axe-core and by keyboard."""

import pytest
from everyone import (
    DESK_BY_DAY,
    PHONE_AT_NIGHT,
    barriers,
    look,
    overflow,
    prefer,
    tab_stops,
    widen,
)
from fake_answer_service import MISTYPED, NEARLY_ANSWERED, QUESTION, UNANSWERABLE
from selenium.webdriver.common.keys import Keys

from qa_service.errors import NoIndex
from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
OTHER_KINDS = """
    const [key] = Object.keys(localStorage).filter((name) => name.startsWith("conversation"));
    const record = JSON.parse(localStorage.getItem(key));
    const [quoted] = record.answers;
    const { document_id, title, date, permalink } = quoted.citations[0];
    const row = { document_id, title, date, permalink };
    const cells = [{ value: "Requires improvement to be good", citation: 1 }, null, null];
    const facts = { ...quoted, kind: "facts",
      facts: { labels: ["Overall effectiveness", "Lead inspector", "Pupils"],
               rows: [{ ...row, cells }] } };
    const declined = { ...quoted, kind: "declined", answered: false, answer: [], citations: [],
      reason: "not_in_collection", missing: ["teaching"],
      nearest: [{ text: "sailing", document: null }, { text: title, document: row }] };
    const items = Array.from({ length: 9 }, (_, number) => `• duty ${number}`).join("\\n");
    const list = { ...quoted, answer: [{ quote: items, citation: 1 }] };
    record.answers.push(facts, list, { ...quoted, parts: [quoted, declined] });
    localStorage.setItem(key, JSON.stringify(record));
"""
FIRST_QUOTE = "/documents/hillside-2023?start=170&end=330"


def empty(visitor, _):
    visitor.see(".starters")


def answer(visitor, service):
    service.exact = "leaders check"
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .why summary")


def corrected(visitor, _):
    visitor.ask_and_wait(MISTYPED)


def narrowed(visitor, _):
    visitor.ask_and_wait("What did inspectors recommend in Hillside in 2023 about teaching?")


def every_kind(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.run(OTHER_KINDS)
    visitor.browser.refresh()
    visitor.see_count(".turn", 4)
    visitor.press(".folded summary")


def refusal(visitor, _):
    visitor.ask_and_wait(NEARLY_ANSWERED)
    visitor.press(".passages > summary")


def changed(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait("And safeguarding arrangements?")
    visitor.press(".turn:last-child .taken summary")


def reply(visitor, _):
    visitor.ask_and_wait("Which documents do you have?")


def error(visitor, service):
    service.failure = NoIndex("none")
    visitor.ask(QUESTION)
    visitor.see(".failed")


def waiting(visitor, service):
    service.delay = 3
    visitor.ask(QUESTION)
    visitor.see(".turn[aria-busy]")


def timeline(visitor, _):
    visitor.press("#compare")
    visitor.ask_and_wait(QUESTION)


def filters(visitor, _):
    visitor.press("#filters summary")
    visitor.set_date("date-from", "2023-01-01")


def completions(visitor, _):
    visitor.type("What did")
    visitor.see("#completions li")
    visitor.type(Keys.ARROW_DOWN)


def past_conversations(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press("#show-conversations")
    visitor.see("#conversation-list li")


def export_menu(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press("#export summary")


def noted(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".feedback .down")
    visitor.see_text(".told", "stored")


def shortcuts(visitor, _):
    visitor.run("document.activeElement.blur()")
    visitor.type("?")
    visitor.see("#shortcuts")


def documents(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents")


def document(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents/hillside-2023")


def marked_document(visitor, _):
    visitor.browser.get(f"{visitor.site}{FIRST_QUOTE}")


def changed_document(visitor, _):
    visitor.browser.get(f"{visitor.site}{FIRST_QUOTE}&version=old")
    visitor.see(".find-quote")


def viewer(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .citation a")
    visitor.see("#viewer #source")


def viewer_of_pages(visitor, _):
    visitor.ask_and_wait("Do pupils of the harbour school learn to sail in small boats?")
    visitor.press(".quote .citation a")
    visitor.see("#viewer .boxes rect")
    visitor.press("#viewer .outline summary")


def copying(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .cite summary")


def followed(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".follow summary")


def pinboard(visitor, _):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".quote .pin")
    visitor.press("#pinboard-link")
    visitor.see(".pinned")


def nothing_pinned(visitor, _):
    visitor.browser.get(f"{visitor.site}/pinboard")
    visitor.see("#pinboard-empty")


def facets(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents")
    visitor.press(".facet summary")
    visitor.press('.facet [value="2023"]')
    visitor.see_text(".lead", "of")


def found_within(visitor, _):
    visitor.browser.get(f"{visitor.site}/documents/hillside-2023")
    visitor.see(".find-within input").send_keys("leaders")
    visitor.see_text(".find-within [role=status]", "1 of")


def nothing_there(visitor, _):
    visitor.browser.get(f"{visitor.site}/nowhere")


def without_scripts(visitor, _):
    visitor.without_scripts()
    visitor.visit(q=QUESTION)
    visitor.with_scripts()


STATES = {
    state.__name__: state
    for state in (
        *(
            empty,
            answer,
            corrected,
            narrowed,
            changed,
            refusal,
            reply,
            error,
            waiting,
            timeline,
            filters,
        ),
        *(completions, past_conversations, export_menu, noted, shortcuts),
        *(documents, document, marked_document, changed_document, nothing_there, without_scripts),
        *(viewer, viewer_of_pages, copying),
        *(followed, pinboard, nothing_pinned, facets, found_within),
    )
}


WIDTHS = {"desk": (320, 640, 820, 1024, 2560), "phone-at-night": (360,)}
"""At which, in CSS pixels, nothing may run out of the page: 320 is 1280 at four times its size."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("seen", "as_seen"), [("desk", DESK_BY_DAY), ("phone-at-night", PHONE_AT_NIGHT)]
)
@pytest.mark.usefixtures("report")
def test_no_state_has_a_barrier_or_needs_sideways_scrolling(visitor, service, state, seen, as_seen):
    look(visitor.browser, as_seen)
    visitor.visit()
    STATES[state](visitor, service)
    met = barriers(visitor.browser)
    runs_over = [width for width in WIDTHS[seen] if over(visitor, width)]
    visitor.run("document.documentElement.dir = 'rtl'")
    runs_over_mirrored = over(visitor, as_seen.width)
    assert (met, runs_over, runs_over_mirrored) == ([], [], 0)


def over(visitor, width):
    """By how many CSS pixels the page runs over at a width."""
    widen(visitor.browser, width)
    return overflow(visitor.browser)


def test_a_quote_that_is_written_from_right_to_left_is_shown_so(visitor, service):
    text = "הספרייה נפתחת בתשע בבוקר. הקוראים רשאים לשאול עד עשרה ספרים."
    service.add(Document("library", "d" * 64, "הספרייה", "library.txt", None, text))
    visitor.ask_and_wait(text)
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction"
    assert visitor.run(direction, "blockquote") == "rtl"
    assert visitor.run(direction, "main") == "ltr"


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


def test_who_wants_less_motion_sees_none(visitor, service):
    running = "return document.getAnimations().length"
    waiting(visitor, service)
    assert visitor.run(running) > 0
    prefer(visitor.browser, "prefers-reduced-motion", "reduce")
    assert visitor.run(running) == 0


def test_an_arriving_answer_is_said_aloud(visitor):
    visitor.ask_and_wait(QUESTION)
    said = visitor.browser.find_element("id", "announcement")
    assert (said.aria_role, said.get_attribute("aria-live")) == ("status", "polite")
    assert "Inspectors recommend" in said.get_attribute("textContent")


def test_a_refusal_is_said_aloud(visitor):
    visitor.ask_and_wait(UNANSWERABLE)
    said = visitor.browser.find_element("id", "announcement")
    assert "No answer found" in said.get_attribute("textContent")


def test_a_question_mark_lists_the_shortcuts_and_escape_leaves_them(visitor):
    visitor.run("document.activeElement.blur()")
    visitor.type("?")
    assert visitor.see("#shortcuts h2").text == "Keyboard shortcuts"
    visitor.type(Keys.ESCAPE)
    visitor.until(lambda _: not visitor.browser.find_element("id", "shortcuts").is_displayed())


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
