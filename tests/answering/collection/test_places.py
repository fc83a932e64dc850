"""Every place that mentions something is found, with its sentence, newest document first."""

from __future__ import annotations

import pytest
from fakes import make_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.answering.collection.places import places_in, plain_terms
from qa_service.errors import InputError
from qa_service.nouns.questions import Filters
from qa_service.stems import terms

OLDER = make_document(
    "Harbours\n\nThe harbour was dredged. Boats of the harbour sail. The school is open.",
    "older",
    date="2016-02",
    headings=[(1, "Harbours")],
)
NEWER = make_document("A school board met. Schools boarded up their windows.", "newer", date="2023")
UNDATED = make_document("No harbour is without a storm.", "undated")


def said(text: str, phrase: str) -> list[str]:
    return [text[start:end] for start, end in places_in(text, plain_terms(phrase))]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Schools and a school’s roof", "school", ["Schools", "school’s"]),
        ("Leadership of the schools fell", "leadership of schools", ["Leadership of the schools"]),
        ("The school. Boards met", "school boards", []),
        ("The school board\nmet", "schools board", ["school board"]),
        ("A board of schools", "school board", []),
        ("Schooling", "School Board", []),
        ("Le café; le Café.", "café", ["café", "Café"]),
        ("Le café, the cafe.", "cafe\N{COMBINING ACUTE ACCENT}", ["café", "cafe"]),
        ("Résumés and a resume", "resume", ["Résumés", "resume"]),
        ("Łódź and Lodz", "lodz", ["Łódź", "Lodz"]),
        ("The Máire Ní Bhriain report", "maire ni bhriain", ["Máire Ní Bhriain"]),
    ],
)
def test_words_stand_in_their_order_in_any_form_within_a_sentence(text, phrase, found) -> None:
    assert said(text, phrase) == found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(["boat", "Boats’", "of the", "school’s", ". ", "İ", "\n\n"])),
    st.sampled_from(["boats", "school boat", "boat boat"]),
)
def test_what_is_found_has_the_stems_looked_for(words, phrase) -> None:
    assert all(terms(found) == terms(phrase) for found in said(" ".join(words), phrase))


def test_the_newest_document_comes_first_and_every_place_is_counted(service_with) -> None:
    found = service_with(OLDER, NEWER, UNDATED).mentions("harbours")
    assert list(found.counts.items()) == [("older", 3), ("undated", 1)]
    assert [citation.number for citation in found.citations] == [1, 2, 3, 4]
    assert found.total == 4


def test_a_place_is_cited_by_its_sentence_and_one_in_a_heading_by_its_words(service_with) -> None:
    quotes = [item.quote for item in service_with(OLDER).mentions("harbour").citations]
    assert quotes == ["Harbours", "The harbour was dredged.", "Boats of the harbour sail."]


def test_pages_hold_every_place_once(service_with) -> None:
    service, cursor, seen = service_with(OLDER, NEWER, UNDATED), None, []
    for _ in range(4):
        page = service.mentions("harbour", 1, cursor)
        seen += [(item.document.id, item.start) for item in page.citations]
        cursor = page.cursor
    assert cursor is None
    assert seen == [
        (item.document.id, item.start) for item in service.mentions("harbour").citations
    ]


def test_what_no_document_holds_has_no_place(service_with) -> None:
    found = service_with(OLDER).mentions("zebra")
    assert (found.total, found.citations, found.cursor) == (0, (), None)


@pytest.mark.parametrize(
    ("query", "cursor", "field"),
    [("of the", None, "q"), ("harbour", "elsewhere:1", "cursor"), ("harbour", "-1", "cursor")],
)
def test_what_leads_nowhere_is_refused_by_name(service_with, query, cursor, field) -> None:
    with pytest.raises(InputError) as refused:
        service_with(OLDER).mentions(query, 1, cursor)
    assert refused.value.field == field


def test_a_name_is_found_with_its_accents_and_without(service_with) -> None:
    signed = make_document("Zoë Brontë spoke.", "signed")
    plain = make_document("Zoe Bronte was there. Zoe left.", "plain")
    for typed in ("Zoë Brontë", "zoe bronte"):
        assert service_with(signed, plain).mentions(typed).counts == {"signed": 1, "plain": 1}


def test_filters_limit_the_places_and_their_number(service_with) -> None:
    service = service_with(OLDER, NEWER, UNDATED)
    found = service.mentions("harbour", filters=Filters(document_ids=("undated",)))
    assert (found.counts, found.total) == ({"undated": 1}, 1)
    assert [citation.number for citation in found.citations] == [1]


def test_more_look_ups_than_are_kept_find_the_same(service_with) -> None:
    service = service_with(OLDER, NEWER)
    words = ["harbour", "school", "boats", "board", "open", "met", "windows", "sail", "dredged"]
    once = [service.mentions(word).counts for word in words]
    assert [service.mentions(word).counts for word in words] == once
    assert all(once)
