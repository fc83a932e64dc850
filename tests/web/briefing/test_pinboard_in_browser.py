"""From a question to a briefing in Word: quotes are pinned, put in order, noted on, exported."""

import json
from dataclasses import replace
from io import BytesIO
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow
from fake_answer_service import ABSENCE, QUESTION
from fake_documents import inspection_report

pytestmark = pytest.mark.browser
KEPT = "return JSON.parse(localStorage.getItem('pinboard-1'))"


def collect(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".turn:last-child .pin")
    visitor.ask_and_wait(ABSENCE)
    visitor.press(".turn:last-child .pin")
    visitor.press("#pinboard-link")
    visitor.see_count(".pinned", 2)


def quotes(visitor):
    return [text[:10] for text in visitor.texts(".pinned blockquote")]


def headings(visitor):
    fields = visitor.browser.find_elements("css selector", ".group-heading")
    return [field.get_attribute("value") for field in fields]


def test_pinned_quotes_stand_below_their_questions(visitor):
    collect(visitor)
    assert headings(visitor) == [QUESTION, ABSENCE]
    assert quotes(visitor) == ["Inspectors", "Parents mu"]
    assert visitor.complaints() == []


def test_a_pin_is_pressed_until_it_is_pressed_again(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.press(".turn .pin")
    visitor.see('.turn .pin[aria-pressed="true"]')
    visitor.see_text("#pinboard-link .count", "1")
    visitor.browser.refresh()
    visitor.press('.turn .pin[aria-pressed="true"]')
    visitor.see('.turn .pin[aria-pressed="false"]')
    assert visitor.run(KEPT)["groups"] == []


def test_quotes_move_between_groups_and_are_noted_on(visitor):
    collect(visitor)
    visitor.see("#note-2").send_keys("Ask the council.")
    visitor.press('.pin-group:last-child [data-move="-1"]')
    visitor.see_count(".pin-group", 1)
    visitor.press('.pinned:last-child [data-move="-1"]')
    visitor.until(lambda _: quotes(visitor) == ["Parents mu", "Inspectors"])
    [group] = visitor.run(KEPT)["groups"]
    notes = [pin.get("note", "") for pin in group["pins"]]
    assert notes == ["Ask the council.", ""]


def test_a_removed_quote_comes_back(visitor):
    collect(visitor)
    visitor.press(".pinned [data-unpin]")
    visitor.see_count(".pinned", 1)
    visitor.press("#undo-unpin")
    visitor.see_count(".pinned", 2)


def test_the_briefing_is_saved_in_the_style_that_was_chosen(visitor):
    collect(visitor)
    visitor.press('[name="style"][value="oscola"]')
    visitor.press('[value="docx"]')
    visitor.see_text("#pinboard-status", "saved as Briefing-")
    assert visitor.complaints() == []


def test_from_a_question_to_a_briefing_of_five_quotes_in_nine_actions(visitor, service):
    for year in range(2018, 2022):
        report = replace(inspection_report(), date=str(year), version=f"{year}" * 16)
        service.add(replace(report, id=f"hillside-{year}"))
    actions = [
        *[lambda: visitor.press("#compare"), lambda: visitor.ask_and_wait(QUESTION)],
        *[lambda place=place: visitor.press(pin_of(place)) for place in range(1, 6)],
        *[lambda: visitor.press("#pinboard-link"), lambda: visitor.press('[value="docx"]')],
    ]
    for act in actions:
        act()
    visitor.see_text("#pinboard-status", "saved as Briefing-")
    [group] = visitor.run(KEPT)["groups"]
    assert (len(actions), len(group["pins"])) == (9, 5)
    address = f"{visitor.site}/api/briefing?format=docx"
    headers = {"Content-Type": "application/json"}
    asked = Request(address, json.dumps(visitor.run(KEPT)).encode(), headers)
    with urlopen(asked) as response:
        written = ZipFile(BytesIO(response.read())).read("word/document.xml")
    assert written.count(b"<w:footnoteReference ") == 5


def pin_of(place):
    """The first moment of the comparison has no quote."""
    return f".moment:nth-of-type({place + 1}) .pin"


@pytest.mark.parametrize("as_seen", [DESK_BY_DAY, PHONE_AT_NIGHT], ids=["desk", "phone"])
def test_everyone_can_use_the_pinboard(visitor, as_seen):
    look(visitor.browser, as_seen)
    visitor.browser.get(f"{visitor.site}/pinboard")
    visitor.see("#pinboard-empty")
    assert barriers(visitor.browser) == []
    visitor.browser.get(visitor.site)
    collect(visitor)
    assert barriers(visitor.browser) == []
    assert overflow(visitor.browser) <= 0
