"""What a filter admits, and what two of them let through together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_summary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.nouns.questions import NO_FILTERS, Filters

DATES = st.sampled_from([None, "2022", "2023-05", "2023-05-24", "2024-02-29"])
NAMES = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2).map(tuple)
FILTERS = st.builds(Filters, NAMES, NAMES, DATES, DATES)
DOCUMENTS = st.builds(
    lambda name, date, held_in: replace(make_summary(name, date), collection=held_in),
    *(st.sampled_from(["a", "b", "c"]), DATES, st.sampled_from(["a", "b", "c"])),
)


@pytest.mark.parametrize(
    ("date", "date_from", "date_to", "passes"),
    [
        ("2023-05", "2023-05-31", None, True),
        ("2023-05", None, "2023-05-01", True),
        ("2023", "2023-06-01", "2023-07-01", True),
        ("2023-05", "2023-06-01", None, False),
        ("2023-05-24", "2023-05-24", "2023-05-24", True),
        (None, "1900-01-01", None, False),
    ],
)
def test_a_date_passes_if_any_day_of_it_lies_in_the_range(date, date_from, date_to, passes):
    filters = Filters(date_from=date_from, date_to=date_to)
    assert filters.admits(make_summary("report", date)) is passes


def test_a_document_of_two_collections_passes_by_either() -> None:
    held = replace(make_summary(), collection="north", collections=("north", "south"))
    assert Filters(collections=("south",)).admits(held)
    assert not Filters(collections=("east",)).admits(held)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILTERS, FILTERS, DOCUMENTS)
def test_what_passes_both_is_what_passes_each(first, second, document) -> None:
    both = first.both(second)
    passes = both is not None and both.admits(document)
    assert passes == (first.admits(document) and second.admits(document))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILTERS)
def test_no_filter_limits_nothing(filters) -> None:
    assert NO_FILTERS.admits(make_summary("a", None))
    both = filters.both(NO_FILTERS)
    assert both == filters
