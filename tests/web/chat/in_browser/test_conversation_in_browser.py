"""A conversation as a person has one: follow-ups, limits, comparisons, what leads on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from everyone import widen
from fake_answer_service import ABSENCE, QUESTION, SMALL_TALK_HINT
from fake_documents import INSPECTION_TEXT

from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
FOLLOW_UP = "What about safeguarding arrangements?"
UNDERSTOOD = "What about safeguarding arrangements: the quality of teaching?"
NARROWED = "What did Hillside inspectors recommend about the quality of teaching in 2023?"
COPY = Document(
    "copy", "f" * 64, "Summary for parents", "copy.html", "2023-06", INSPECTION_TEXT, "news"
)
LAST = ".turn:last-child:not([aria-busy])"


def old_report(year):
    text = f"News\n\nInspectors recommend that the quality of teaching be watched in {year}."
    return Document(f"report-{year}", "e" * 64, f"Report of {year}", "r.pdf", str(year), text)


def newsletter(year):
    text = "News\n\nThe summer fair was a success."
    return Document(f"letter-{year}", "e" * 64, f"Letter of {year}", "l.pdf", str(year), text)


def test_five_turns_with_follow_up_undo_filter_comparison_and_another_subject(visitor, service):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait(FOLLOW_UP)
    visitor.see_text(f"{LAST} .as", f"Understood as: {UNDERSTOOD}")
    ask_as_typed(visitor)
    visitor.see_count(f"{LAST}:nth-child(3)", 1)
    assert service.questions[2].follow_up is False
    assert visitor.texts(f"{LAST} .as") == []
    choose_document(visitor, "attendance")
    visitor.press("#compare")
    visitor.ask_and_wait(ABSENCE)
    visitor.see_text(f"{LAST} .chip", "Attendance policy")
    visitor.see_text(f"{LAST} .moment blockquote", "Parents must report an absence")
    visitor.press("#filter-chips button")
    visitor.ask_and_wait("Was the playground repaired?")
    assert service.questions[-1].filters.document_ids == ()
    assert len(service.questions[-1].history) == 6
    assert visitor.count(".turn") == 5
    assert visitor.complaints() == []


def test_what_was_carried_over_is_named(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait(FOLLOW_UP)
    visitor.press(f"{LAST} .taken summary")
    visitor.see_text(f"{LAST} .taken", "Carried over: “the quality of teaching”.")


def test_a_question_asked_anew_is_told_to_nobody_twice(visitor, service):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait(FOLLOW_UP)
    ask_as_typed(visitor)
    visitor.see_count(f"{LAST}:nth-child(3)", 1)
    said = [turn.text for turn in service.questions[-1].history if turn.role == "user"]
    assert said == [QUESTION]
    visitor.ask_and_wait(ABSENCE)
    said = [turn.text for turn in service.questions[-1].history if turn.role == "user"]
    assert said == [QUESTION, FOLLOW_UP]


def test_from_within_the_conversation_the_focus_goes_to_the_new_turn(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait(FOLLOW_UP)
    ask_as_typed(visitor)
    visitor.see_count(f"{LAST}:nth-child(3)", 1)
    assert visitor.run(f"return document.activeElement.closest('{LAST}') !== null")


def test_without_javascript_a_follow_up_is_understood_and_can_be_undone(visitor, service):
    visitor.without_scripts()
    visitor.visit(q=QUESTION)
    visitor.browser.find_element("id", "question").send_keys(FOLLOW_UP)
    visitor.press("#send")
    visitor.see_text(".as", UNDERSTOOD)
    ask_as_typed(visitor)
    visitor.until(lambda _: len(service.questions) == 3)
    assert (service.questions[2].text, service.questions[2].follow_up) == (FOLLOW_UP, False)


def test_what_the_question_named_can_be_taken_away(visitor, service):
    visitor.ask_and_wait(NARROWED)
    assert visitor.texts(f"{LAST} .limits .label") == ["2023", "Hillside"]
    visitor.press(f"{LAST} .chip")
    visitor.see_count(f"{LAST}:nth-child(2)", 1)
    asked = service.questions[-1]
    assert (asked.scope, asked.filters.document_ids) == (False, ("hillside-2023",))
    assert asked.filters.date_from is None
    assert visitor.texts(f"{LAST} .limits .label") == ["Hillside Primary School: inspection report"]
    visitor.press(f"{LAST} .chip")
    visitor.see_count(f"{LAST}:nth-child(3)", 1)
    assert (service.questions[-1].scope, service.questions[-1].filters.document_ids) == (False, ())


def test_without_javascript_what_the_question_named_can_be_taken_away(visitor, service):
    visitor.without_scripts()
    visitor.visit(q=NARROWED)
    visitor.press(".limits .chip")
    visitor.until(lambda _: len(service.questions) == 2)
    address = parse_qs(urlsplit(visitor.browser.current_url).query)
    assert address["scope"] == ["false"]
    assert address["document"] == ["hillside-2023"]
    assert "date_from" not in address


def test_a_comparison_shows_each_date_oldest_first_and_those_without_a_passage(visitor, service):
    for document in (old_report(2012), old_report(2019), *map(newsletter, (2017, 2014, 2015))):
        service.add(document)
    visitor.press("#compare")
    visitor.ask_and_wait(QUESTION)
    dates = ["2012", "2014 to 2017", "2019", "24 May 2023"]
    assert visitor.texts(f"{LAST} .when") == dates
    visitor.press(f"{LAST} .gap summary")
    visitor.see_text(f"{LAST} .gap", "Nothing close enough in 4 documents")
    assert visitor.texts(f"{LAST} .gap a")[0] == "Letter of 2014"
    assert visitor.count(f"{LAST} .quotes li") == 0


def test_other_documents_that_say_the_same_unfold(visitor, service):
    service.add(COPY)
    visitor.ask_and_wait(QUESTION)
    visitor.press(f"{LAST} .also summary")
    visitor.see_text(f"{LAST} .also", "Also in 1 other document")
    visitor.press(f"{LAST} .also a")
    assert visitor.see("mark#quote").text.startswith("Inspectors recommend")


def test_a_question_about_the_collection_lists_its_documents(visitor, service):
    service.add(COPY)
    visitor.ask_and_wait("Which documents do you have?")
    visitor.see_text(f"{LAST} .verdict", "There are 4 documents.")
    visitor.see_text(f"{LAST} .rest", "and 1 more document")
    visitor.press(f"{LAST} .catalogue a")
    visitor.see_text("#viewer h1", "Hillside Primary School")


def test_a_greeting_gets_the_hint_as_its_reply(visitor):
    visitor.ask_and_wait("hello")
    assert visitor.see(LAST).text.split("\n")[:2] == ["hello", SMALL_TALK_HINT]
    assert visitor.count(f"{LAST} .quote") == 0


def test_an_empty_chat_suggests_questions_that_a_click_asks(visitor):
    visitor.press(".starters li:nth-child(2) button")
    visitor.see_text(f"{LAST} .question", ABSENCE)
    visitor.see_text(f"{LAST} blockquote", "Parents must report an absence")
    assert not visitor.browser.find_element("id", "starters").is_displayed()


def test_after_an_answer_the_last_turn_alone_suggests_what_to_ask_next(visitor, service):
    visitor.ask_and_wait(QUESTION)
    visitor.press(f"{LAST} .suggestion")
    visitor.see_text(".turn:nth-child(2) .question", ABSENCE)
    visitor.see_count(LAST, 1)
    assert len(visitor.texts(".suggestions")) == 1
    assert service.questions[-1].history[0].text == QUESTION


def test_without_javascript_suggestions_are_asked(visitor, service):
    visitor.without_scripts()
    visitor.visit()
    visitor.press(".starters button")
    visitor.press(".suggestions button")
    visitor.see_text(".question", ABSENCE)
    assert service.questions[-1].history[0].text == QUESTION


def ask_as_typed(visitor):
    """Ask the last question exactly as it was typed."""
    visitor.press(f"{LAST} .taken summary")
    visitor.press(f"{LAST} .as-typed button")


def choose_document(visitor, words):
    """Tick the first document found by these words, then close the filters."""
    visitor.press("#filters summary")
    visitor.press("#document-search")
    visitor.type(words)
    visitor.see_text("#documents-found", "1 found")
    visitor.press("#documents input")
    visitor.press("#close-filters")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_short_reply_stands_at_the_top_with_nothing_of_the_turn_before(visitor, width):
    widen(visitor.browser, width)
    visitor.ask_and_wait(QUESTION)
    visitor.ask_and_wait("hello")
    ends = "return document.querySelector(arguments[0]).getBoundingClientRect().bottom"
    head = visitor.run(ends, "header.site")
    assert visitor.run(ends, ".turn:first-child .foot") <= head
    assert head <= visitor.run(ends, f"{LAST} .question") <= head + 80
