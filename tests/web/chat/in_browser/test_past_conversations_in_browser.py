"""Conversations as the browser keeps them: over a reload, in a list, and as files."""

import pytest
from fake_answer_service import ABSENCE, QUESTION
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
LAST = ".turn:last-child:not([aria-busy])"
TITLES = "#conversation-list [data-slot=title]"
FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
ROOM_FOR_ONE = """
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      const others = Object.keys(localStorage).filter((other) => other !== key);
      if (this === localStorage && others.length) throw new DOMException("full");
      setItem.call(this, key, value);
    };
"""
DAMAGE = """
    const [key] = Object.keys(localStorage);
    localStorage.setItem("conversation-1-broken", "{not json");
    localStorage.setItem("conversation-1-odd", '{"answers": [{"question": 7}, null]}');
    const hollow = { question: "Hollow?", answered: true, answer: [{ quote: "x", citation: 9 }],
                     citations: [], passages: [], corrections: [] };
    const record = JSON.parse(localStorage.getItem(key));
    record.answers.unshift(hollow);
    localStorage.setItem(key, JSON.stringify(record));
"""


@pytest.fixture
def two_conversations(visitor):
    """The first about absences, the second, on the page, about teaching."""
    visitor.ask_and_wait(ABSENCE)
    visitor.press("#new-conversation")
    visitor.ask_and_wait(QUESTION)
    return visitor


def kept(visitor):
    return visitor.run("return Object.keys(localStorage).length")


def test_a_conversation_outlives_a_reload_with_all_it_showed(visitor):
    visitor.press("#compare")
    visitor.ask_and_wait(QUESTION)
    before = visitor.everything_in_last_turn()
    visitor.browser.refresh()
    assert visitor.everything_in_last_turn() == before


def test_a_past_conversation_is_opened_and_goes_on(two_conversations, service):
    visitor = two_conversations
    visitor.press("#show-conversations")
    assert visitor.texts(TITLES) == [QUESTION, ABSENCE]
    visitor.press("#conversation-list li:nth-child(2) .open")
    visitor.see_text(f"{LAST} .question", ABSENCE)
    visitor.ask_and_wait("And who is told?")
    assert service.questions[-1].history[0].text == ABSENCE
    assert kept(visitor) == 2


def test_the_list_is_used_by_keyboard_alone(two_conversations):
    visitor = two_conversations
    visitor.run("document.getElementById('show-conversations').focus()")
    visitor.type(Keys.ENTER)
    visitor.see("#conversations")
    assert visitor.run("return document.activeElement.closest('dialog') !== null")
    visitor.type(Keys.ESCAPE)
    assert not visitor.browser.find_element("id", "conversations").is_displayed()
    assert visitor.run("return document.activeElement.id") == "show-conversations"


def test_one_conversation_is_deleted_and_brought_back(two_conversations):
    visitor = two_conversations
    visitor.press("#show-conversations")
    visitor.press("#conversation-list li:nth-child(1) [data-slot=delete]")
    visitor.see_text("#conversations-status", "was deleted")
    assert visitor.texts(TITLES) == [ABSENCE]
    assert visitor.count(".turn") == 0
    visitor.press("#undo-delete")
    assert visitor.texts(TITLES) == [QUESTION, ABSENCE]
    assert visitor.count(".turn") == 1


def test_all_are_deleted_only_after_a_second_word(two_conversations):
    visitor = two_conversations
    visitor.press("#show-conversations")
    visitor.press("#delete-all")
    visitor.see_text("#confirm-question", "Delete 2 conversations?")
    visitor.press("#keep-all")
    assert kept(visitor) == 2
    visitor.press("#delete-all")
    visitor.press("#confirm-delete-all")
    visitor.see_text("#conversations-status", "All conversations were deleted.")
    assert (kept(visitor), visitor.count(".turn")) == (0, 0)


def test_without_room_the_oldest_conversation_makes_way(two_conversations):
    visitor = two_conversations
    visitor.run(ROOM_FOR_ONE)
    visitor.ask_and_wait(ABSENCE)
    visitor.browser.refresh()
    visitor.see_count(".turn", 2)
    assert kept(visitor) == 1


def test_where_nothing_can_be_kept_the_answer_is_shown_and_that_is_told(visitor):
    visitor.run(FULL)
    visitor.ask_and_wait(QUESTION)
    visitor.see(f"{LAST} blockquote")
    visitor.see_text("#problem", "no room to keep the conversation")


def test_damaged_conversations_harm_no_other(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.run(DAMAGE)
    visitor.browser.refresh()
    visitor.see_text(f"{LAST} .question", QUESTION)
    assert visitor.count(".turn") == 1
    visitor.press("#show-conversations")
    assert visitor.texts(TITLES) == [QUESTION]


def test_what_another_tab_adds_is_shown_here_too(visitor):
    visitor.ask_and_wait(QUESTION)
    here = visitor.browser.current_window_handle
    visitor.run("window.open(location.href)")
    there = next(tab for tab in visitor.browser.window_handles[::-1] if tab != here)
    visitor.browser.switch_to.window(there)
    visitor.see_count(".turn", 1)
    visitor.ask_and_wait(ABSENCE)
    visitor.browser.close()
    visitor.browser.switch_to.window(here)
    visitor.see_count(".turn", 2)


@pytest.mark.parametrize(
    ("form", "ending", "start"),
    [("markdown", "md", b"# What did"), ("docx", "docx", b"PK"), ("json", "json", b"{")],
)
def test_a_conversation_is_saved_as_a_file(visitor, tmp_path, form, ending, start):
    allowed = {"behavior": "allow", "downloadPath": str(tmp_path)}
    visitor.browser.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    visitor.ask_and_wait(QUESTION)
    visitor.press("#export summary")
    visitor.press(f"[data-format={form}]")
    [file] = visitor.until(lambda _: list(tmp_path.glob(f"*.{ending}")))
    assert file.name.startswith("What_did_inspectors_recommend")
    assert file.read_bytes().startswith(start)
    visitor.until(lambda _: file.name in visitor.run(ANNOUNCED))


ANNOUNCED = "return document.getElementById('announcement').textContent"


def test_a_file_tells_the_limits_that_were_set_on_the_page(visitor, tmp_path):
    allowed = {"behavior": "allow", "downloadPath": str(tmp_path)}
    visitor.browser.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    visitor.visit(document="hillside-2023")
    visitor.ask_and_wait(QUESTION)
    visitor.press("#export summary")
    visitor.press("[data-format=markdown]")
    [file] = visitor.until(lambda _: list(tmp_path.glob("*.md")))
    assert "Searched only: Hillside Primary School: inspection report." in file.read_text()


def test_a_file_that_cannot_be_made_is_told(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.block("*/api/export*")
    visitor.press("#export summary")
    visitor.press("[data-format=json]")
    visitor.see_text("#problem", "no file was made")


def test_history_holds_forty_messages_at_most_and_the_quotes_as_answers(visitor, service):
    visitor.ask_and_wait(QUESTION)
    fill = """
        const [key] = Object.keys(localStorage);
        const record = JSON.parse(localStorage.getItem(key));
        record.answers = Array.from({ length: 30 }, (_, place) =>
          ({ ...record.answers[0], question: `Question ${place}` }));
        localStorage.setItem(key, JSON.stringify(record));
    """
    visitor.run(fill)
    visitor.browser.refresh()
    visitor.see_count(".turn", 30)
    visitor.ask_and_wait(ABSENCE)
    history = service.questions[-1].history
    assert (len(history), history[0].text, history[-2].text) == (40, "Question 10", "Question 29")
    assert history[-1].text.startswith("Inspectors recommend")
    assert history[-1].role == "assistant"
