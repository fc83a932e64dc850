"""Words that were quoted are found again in a text that has changed."""

import time

import pytest
from made_texts import prose

from qa_service.answering.citing import relocating
from qa_service.answering.citing.relocating import nearest_place

TEXT = (
    "Leaders know their schools well. Inspectors recommended that leaders check the quality of "
    "case records every month. Families trusted their social worker. The boats are kept in good "
    "repair. Leaders know their schools well."
)


def found(quote, near=0, text=TEXT):
    place = nearest_place(text, quote, near)
    return place and (text[place.start : place.end], round(place.likeness, 2))


def test_the_same_words_are_found_wherever_they_stand():
    assert found("The boats are kept in good repair.") == (
        "The boats are kept in good repair.",
        1.0,
    )


def test_of_the_same_words_twice_the_nearer_is_taken():
    quote = "Leaders know their schools well."
    assert nearest_place(TEXT, quote, 5).start == 0
    assert nearest_place(TEXT, quote, len(TEXT)).start == TEXT.rindex(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "Inspectors recommended that leaders check the quality of case files every month.",
        "Inspectors RECOMMENDED that leaders\ncheck the quality of case records, every month",
        "In 2016 inspectors recommended that leaders should check the quality of case records.",
    ],
)
def test_words_that_changed_a_little_are_found(quote):
    words, likeness = found(quote)
    assert words.startswith("Inspectors recommended")
    assert words.endswith(("month.", "records"))
    assert likeness > 0.75


@pytest.mark.parametrize("quote", ["Zebras cross the wide river at night.", "?!", "", "boats"])
def test_what_is_not_there_is_not_found(quote):
    text = TEXT.replace("boats", "ships")
    assert nearest_place(text, quote, 0) is None


def test_of_a_very_long_text_the_part_around_the_place_is_searched(monkeypatch):
    monkeypatch.setattr(relocating, "MOST_CHARACTERS", len(TEXT))
    text = f"{'Nothing is said here. ' * 100}{TEXT}{' Nothing is said there.' * 100}"
    quote = "The boats are kept in very good repair."
    assert found(quote, near=text.index("The boats"), text=text)[0].startswith("The boats are kept")
    assert found(quote, near=0, text=text) is None


def test_a_long_text_is_searched_in_a_moment():
    quote, rest = "Harbour pupils mend nets on Fridays in spring.", prose(20_000)
    started = time.thread_time()
    words, _ = found(quote.replace("pupils", "pupils now"), text=f"{rest} {quote} {rest}")
    assert words == quote
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("quote", ["0 " * 2_000, "0 1 " * 1_000, "0 1 2 3 4 5 6 7 8 9 " * 200])
def test_a_quote_that_repeats_itself_takes_no_longer(quote):
    """Each of its places was counted for each of the text's, which took 45 seconds.

    Where every word of it is frequent, no place need be found.
    """
    text = "\n".join([quote[: len(quote) // 7]] * 300)
    before = time.thread_time()
    nearest_place(text, quote, 0)
    assert time.thread_time() - before < 4
