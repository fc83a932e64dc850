"""Every state of the pages can be used by everyone: WCAG 2.2 AA, by axe-core."""

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow, prefer, widen
from fake_answer_service import QUESTION, UNANSWERABLE
from states import STATES, waiting

from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
WIDTHS = {DESK_BY_DAY: (320, 640, 820, 1024, 2560), PHONE_AT_NIGHT: (360,)}
"""At which, in CSS pixels, nothing may run out of the page: 320 is 1280 at four times its size."""
BY_WIDTH = {
    *("document", "marked_document", "changed_document", "found_within"),
    *("viewer", "viewer_of_pages"),
}
"""What these open depends on the width that they meet: each look is a visit of its own."""
VISITS = [
    (state, looks)
    for state in STATES
    for looks in (
        [(look,) for look in WIDTHS] if state in BY_WIDTH else [(PHONE_AT_NIGHT, DESK_BY_DAY)]
    )
]


@pytest.fixture
def first_look(browser, looks):
    look(browser, looks[0])


def said(value):
    return value if isinstance(value, str) else "-".join(look.colours for look in value)


@pytest.mark.parametrize(("state", "looks"), VISITS, ids=said)
@pytest.mark.usefixtures("report", "first_look")
def test_no_state_has_a_barrier_or_needs_sideways_scrolling(visitor, service, state, looks):
    STATES[state](visitor, service)
    assert [faults(visitor, as_seen) for as_seen in looks] == [([], [], 0)] * len(looks)


def faults(visitor, as_seen):
    """The barriers of a look, the widths at which the page runs over, by how much mirrored."""
    look(visitor.browser, as_seen)
    met = barriers(visitor.browser)
    runs_over = [width for width in WIDTHS[as_seen] if over(visitor, width)]
    visitor.run("document.documentElement.dir = 'rtl'")
    runs_over_mirrored = over(visitor, as_seen.width)
    visitor.run("document.documentElement.removeAttribute('dir')")
    return met, runs_over, runs_over_mirrored


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
