"""A name that few documents bear where they begin says which of them are meant."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.understanding.parsing import parse

LEASE = (
    "Tenancy agreement\n\nThis agreement is for the flat in {0}.\n\nThe rent is due weekly.\n\n"
    "Rooms are painted yearly.\n\nGuests may stay a month.\n\nKeys are cut on request.{1}"
)


@pytest.fixture
def subjects(opened_with):
    opened = opened_with(
        make_document(LEASE.format("Quorvane Street", ""), "lease-one", title="Agreement"),
        make_document(
            LEASE.format("Tarrow Street", "\n\nLetters go to Osgood Hall."),
            "lease-two",
            title="Agreement",
        ),
        make_document("Trams\n\nTram N103JT stopped and was mended.", "trams", title="Trams"),
        make_document("Osgood Hall\n\nIt was built of stone.", "hall", title="On halls"),
    )

    def named(text: str):
        parsed = parse(text, (), NamesOfBuild(opened))
        return [(item.words, sorted(item.document_ids)) for item in parsed.subjects]

    return named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("When is the rent of 9 Quorvane Street due?", [("Quorvane Street", ["lease-one"])]),
        ("when is the rent of quorvane street due", [("quorvane street", ["lease-one"])]),
        ("What became of N103JT?", [("N103JT", ["trams"])]),
        ("How long may guests stay?", []),
    ],
)
def test_a_name_or_a_sign_picks_the_document_that_begins_with_it(subjects, text, named) -> None:
    assert subjects(text) == named


def test_a_name_that_more_documents_only_mention_picks_none(opened_with) -> None:
    letters = [
        make_document(f"Letter {n}\n\na\n\nb\n\nc\n\nSee Osgood Hall.", f"l{n}") for n in "123"
    ]
    opened = opened_with(make_document("Osgood Hall\n\nIt is of stone.", "hall"), *letters)
    assert parse("Who built Osgood Hall?", (), NamesOfBuild(opened)).subjects == ()
