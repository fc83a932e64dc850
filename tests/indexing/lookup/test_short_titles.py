"""A list shows what tells a title from the others, with its year, and what they share beside it."""

from __future__ import annotations

from qa_service.indexing.lookup.short_titles import ShortTitle, short_titles
from qa_service.nouns.documents import DocumentSummary

TOWNS = ("Ashby", "Carrow", "Dunmere", "Elvey")
SURVEYS = [(f"Survey of the harbours and quays of {town} by the county", "2021") for town in TOWNS]
MINUTES = [(f"{town} Town: Minutes of the yearly meeting of keepers", "2019") for town in TOWNS]


def summary(name, title, date):
    return DocumentSummary(name, "f" * 64, title, f"minutes/{name}.md", date, "default", 1, 1)


def shown(*titles):
    documents = [summary(str(at), title, date) for at, (title, date) in enumerate(titles)]
    return list(short_titles(documents).values())


def test_what_titles_share_at_their_ends_stands_beside_what_tells_them_apart():
    assert shown(*SURVEYS)[1] == ShortTitle(
        "Carrow, 2021", "Survey of the harbours and quays by the county"
    )


def test_titles_of_several_kinds_keep_their_kind():
    assert shown(*SURVEYS, *MINUTES)[-1] == ShortTitle(
        "Elvey Town, 2019", "Minutes of the yearly meeting of keepers"
    )


def test_the_name_that_several_titles_begin_with_is_kept():
    years = [(f"Carrow harbour trust: {kind} of the year", None) for kind in ("Plan", "Budget")]
    assert [it.text for it in shown(*years, *SURVEYS)][:2] == [title for title, _ in years]


def test_a_title_that_shares_nothing_is_parted_at_a_mark_or_ends_with_a_word():
    long = "Noise in the stone works of the upper valleys: a follow-up of five years in three towns"
    plain = "How the keepers of the lights of the northern isles counted the ships that passed them"
    assert shown((long, "2020"), (plain, None)) == [
        ShortTitle(
            "Noise in the stone works of the upper valleys, 2020",
            "follow-up of five years in three towns",
        ),
        ShortTitle("How the keepers of the lights of the northern isles"),
    ]


def test_a_short_title_stays_and_a_year_is_not_said_twice():
    assert [it.text for it in shown(("Tide tables", "2023"), ("Budget 2022", "2023-04"))] == [
        "Tide tables, 2023",
        "Budget 2022",
    ]


def test_documents_of_one_title_and_year_are_told_apart_by_their_files():
    assert shown(("Press release", None), ("Press release", None)) == [
        ShortTitle("Press release", "0.md"),
        ShortTitle("Press release", "1.md"),
    ]
