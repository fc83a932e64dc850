"""Short forms of the names that tell documents apart."""

from __future__ import annotations

import pytest
from fakes import make_document

TITLES = (
    *("Bath and North East Somerset", "City of London", "Leeds", "Hull", "Bury", "Isle of Wight"),
    *("North Lincolnshire", "Lincolnshire"),
)


@pytest.fixture
def opened_with_titles(opened_with):
    texts = (f"In {title} boats were seen by many people." for title in TITLES)
    documents = [
        make_document(text, f"d{at}", title=f"{title}: Inspection")
        for at, (title, text) in enumerate(zip(TITLES, texts, strict=True))
    ]
    return opened_with(*documents)


@pytest.fixture
def named(opened_with_titles):
    aliases = opened_with_titles.aliases
    return lambda text: [(item.words, *item.document_ids) for item in aliases.named_in(text)]


@pytest.mark.parametrize("form", ["Bath", "bath", "BANES", "B&NES", "BNES"])
def test_a_name_has_short_forms(named, form) -> None:
    assert named(f"What of {form}?") == [(form, "d0")]


@pytest.mark.parametrize(
    ("form", "place", "name"),
    [
        ("IoW", "d5", "Isle of Wight"),
        ("iow", "d5", "Isle of Wight"),
        ("N Lincs", "d6", "North Lincolnshire"),
        ("north lincs", "d6", "North Lincolnshire"),
        ("Lincs", "d7", "Lincolnshire"),
    ],
)
def test_a_short_form_stands_for_the_name_in_full(opened_with_titles, form, place, name) -> None:
    (found,) = opened_with_titles.aliases.named_in(f"what of {form}?")
    assert (found.words, *found.document_ids, found.name) == (form, place, name)


@pytest.mark.parametrize(
    "text",
    ["What of banes?", "What of the North?", "a bathroom", "Is it BA?", "Who leads?", "Any lines?"],
)
def test_what_only_looks_like_one_is_none(named, text) -> None:
    assert named(text) == []
