"""Short forms of the names that tell documents apart."""

from __future__ import annotations

import pytest
from fakes import make_document

TITLES = ("Bath and North East Somerset", "City of London", "Leeds", "Hull", "Bury")


@pytest.fixture
def named(opened_with):
    texts = (f"In {title} boats were seen by many people." for title in TITLES)
    documents = [
        make_document(text, f"d{at}", title=f"{title}: Inspection")
        for at, (title, text) in enumerate(zip(TITLES, texts, strict=True))
    ]
    aliases = opened_with(*documents).aliases
    return lambda text: [(item.words, *item.document_ids) for item in aliases.named_in(text)]


@pytest.mark.parametrize("form", ["Bath", "bath", "BANES", "B&NES", "BNES"])
def test_a_name_has_short_forms(named, form) -> None:
    assert named(f"What of {form}?") == [(form, "d0")]


@pytest.mark.parametrize(
    "text", ["What of banes?", "What of the North?", "a bathroom", "Is it BA?"]
)
def test_what_only_looks_like_one_is_none(named, text) -> None:
    assert named(text) == []
