"""A title's place is known by what the documents say is there, whichever form of it they use."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.indexing.lookup.title_places import stands_as_place


def report(name, title, text):
    return make_document(text, name, title=title)


@pytest.fixture
def opened(opened_with):
    return opened_with(
        report("one", "Survey of Holmwick", "Boats in Holmwick are old."),
        report("two", "Borough of Holmwick: Quays", "The quays across Holmwick are new."),
        report("three", "Ashby upon Carrow: Quays", "Few quays in Ashby upon Carrow are new."),
        report("four", "Survey of Carrow", "Carrow has lamps."),
        report("five", "Manual of Kestrel", "Kestrel dries rooms, and Kestrel hums."),
        report("six", "Tides", "Tides turn, and nothing is said of a town."),
    )


def test_a_place_of_one_document_is_one_and_its_forms_are_one_place(opened):
    places = opened.places_of_titles
    assert (places["one"], places["two"]) == ("Holmwick", "Holmwick")
    assert places["three"] == places["four"]


def test_a_name_at_which_nothing_is_said_to_be_is_no_place(opened):
    assert not {"five", "six"} & opened.places_of_titles.keys()


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Boats in Holmwick are old.", True),
        ("Quays across the Borough of Holmwick are new.", True),
        ("Lamps within Holmwick Council are new.", True),
        ("In Holmwick Lamps they trust.", False),
        ("Holmwick has boats in every quay.", False),
    ],
)
def test_things_are_in_a_place_of_that_name_and_of_no_longer_one(text, is_place):
    assert stands_as_place("Holmwick", text) == is_place
