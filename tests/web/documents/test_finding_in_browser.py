"""Words are found within a document, each place a key away; the list of documents narrows."""

import pytest
from everyone import widen
from selenium.webdriver.common.keys import Keys

from qa_service.nouns.documents import Document

pytestmark = pytest.mark.browser
STATUS = ".find-within [role=status]"
PLACE = """
    const [place] = CSS.highlights.get("found-now");
    return [place.getBoundingClientRect().top, innerHeight];
"""
ROW_HEIGHTS = """
    const rows = [...document.querySelectorAll(".documents tbody tr")];
    return [...new Set(rows.map((row) => Math.floor(row.getBoundingClientRect().height)))];
"""
CUT_TITLES = """
    const shown = [...document.querySelectorAll(".documents th a, .documents .kind")];
    return shown.filter((element) => element.scrollWidth > element.clientWidth + 1).length;
"""
MARKED = "return [...CSS.highlights.get('found-now')].map(String)"


@pytest.fixture
def field(visitor):
    visitor.browser.get(f"{visitor.site}/documents/hillside-2023")
    return visitor.see(".find-within input")


def test_every_place_is_counted_and_the_next_one_is_a_key_away(visitor, field):
    field.send_keys("LEADERS ")
    visitor.see_text(STATUS, "1 of 3")
    field.send_keys(Keys.ENTER)
    visitor.see_text(STATUS, "2 of 3")
    field.send_keys(Keys.SHIFT, Keys.ENTER)
    visitor.see_text(STATUS, "1 of 3")
    assert visitor.run(MARKED) == ["Leaders"]


def test_words_across_a_line_are_found_and_others_are_not(visitor, field):
    field.send_keys("pupils know and give")
    visitor.see_text(STATUS, "1 of 1")
    field.send_keys(" zebras")
    visitor.see_text(STATUS, "Not found")


def test_a_place_in_a_long_paragraph_is_brought_into_sight(visitor, service):
    text = "Nothing else is said here. " * 200
    service.add(Document("long", "d" * 64, "Long", "long.txt", None, f"{text[:270]}Boats. {text}"))
    widen(visitor.browser, 360)
    visitor.browser.get(f"{visitor.site}/documents/long")
    visitor.see(".find-within input").send_keys("boats")
    visitor.see_text(STATUS, "1 of 1")
    top, height = visitor.run(PLACE)
    assert height / 3 < top < 2 * height / 3


def test_escape_clears_the_search(visitor, field):
    field.send_keys("leaders", Keys.ESCAPE)
    visitor.until(lambda _: field.get_attribute("value") == "")
    assert visitor.run(MARKED) == []


def test_documents_narrow_as_one_types_and_ticks(visitor):
    visitor.browser.get(f"{visitor.site}/documents")
    visitor.see("#find").send_keys("school")
    visitor.see_text(".lead", "1 of 3 documents")
    visitor.see("#find").send_keys(Keys.BACKSPACE * 6)
    visitor.see_text(".lead", "Answers come from 3 documents")
    visitor.press(".facet summary")
    visitor.press('.facet [value="2016"]')
    visitor.see_text(".documents tbody", "Attendance policy")
    assert "year=2016" in visitor.browser.current_url
    assert visitor.complaints() == []


def test_each_of_a_thousand_documents_has_a_row_of_forty_pixels(visitor, service):
    for at in range(1_000):
        title = f"Survey of the harbours and quays of Town{at} by the county, with their lamps"
        service.add(Document(f"{at}", f"{at:064}", title, f"{at}.txt", "2021-05-03", "Boats."))
    visitor.browser.get(f"{visitor.site}/documents")
    visitor.see_text(".documents tbody", "Town7, 2021")
    assert visitor.run(ROW_HEIGHTS) == [40]
    assert visitor.run(CUT_TITLES) == 0
