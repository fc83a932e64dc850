"""Every mention in a browser: keys lead from place to place, further ones come, sources open."""

import pytest
from everyone import DESK_BY_DAY, PHONE_AT_NIGHT, barriers, look, overflow, widen
from selenium.webdriver.common.keys import Keys

ADDRESS = "return document.activeElement.closest('.mention')?.value ?? 0"


@pytest.fixture
def mentions(visitor, monkeypatch):
    """The page with two places, and more to bring."""
    monkeypatch.setattr("qa_service.web.mentions.pages.PLACES_OF_A_PAGE", 2)
    visitor.browser.get(f"{visitor.site}/mentions?q=the")
    return visitor


def test_keys_lead_to_every_place_in_its_order(mentions):
    mentions.see_count(".mention", 2)
    places = []
    for _ in range(3):
        mentions.type("n")
        mentions.until(lambda _: mentions.run(ADDRESS) not in (0, *places[-1:]))
        places.append(mentions.run(ADDRESS))
    assert places == [1, 2, 3]
    mentions.type("p")
    assert mentions.run(ADDRESS) == 2


def test_further_places_go_on_where_the_others_ended(mentions):
    total = int(mentions.see("#found").text.split()[0])
    while mentions.count(".further a"):
        before = mentions.count(".mention")
        mentions.press(".further a")
        mentions.until(lambda _, before=before: mentions.count(".mention") > before)
    assert mentions.texts(".number") == [str(number) for number in range(1, total + 1)]
    headings = mentions.texts(".mentioning h2")
    assert len(headings) == len(set(headings))


def test_a_source_opens_beside_the_places_and_names_its_document(mentions):
    mentions.type("n")
    mentions.type(Keys.ENTER)
    mentions.see("#viewer #source")
    assert mentions.see("#viewer-title").text == mentions.texts(".mentioning h2")[0]
    mentions.type(Keys.ESCAPE)
    mentions.until(lambda _: mentions.run(ADDRESS) == 1)


@pytest.mark.parametrize("as_seen", [DESK_BY_DAY, PHONE_AT_NIGHT], ids=["desk", "phone-at-night"])
def test_nobody_meets_a_barrier_at_the_places(mentions, as_seen):
    look(mentions.browser, as_seen)
    mentions.press(".holding summary")
    assert barriers(mentions.browser) == []
    widen(mentions.browser, 320)
    assert overflow(mentions.browser) == 0
    assert mentions.complaints() == []
