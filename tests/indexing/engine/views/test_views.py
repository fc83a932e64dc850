"""A build as some people see it is the build of the documents that they may read."""

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from fakes import hashed, make_document

from qa_service.errors import DocumentNotFound
from qa_service.indexing.engine import opened
from qa_service.indexing.engine.views.kept_views import MOST_VIEWS, BuildViews
from qa_service.nouns.questions import NO_FILTERS, Filters

BOARD = make_document(
    "The board sold the harbour crane to Vellumore. Vellumore was pleased.",
    "minutes",
    metadata={"access": "board; auditors"},
)
STAFF = make_document("Staff borrow the crane at noon.", "notice", metadata={"access": "staff"})


@pytest.fixture
def whole(opened_with, reports):
    """Documents for everybody around one of the board's, and one of the staff's."""
    return opened_with(reports[0], BOARD, reports[1], STAFF, reports[2])


@pytest.fixture
def seen(whole):
    """The build as somebody in no group sees it."""
    with closing(whole.view_for(frozenset())) as view:
        yield view


def test_documents_of_other_groups_are_not_there(seen):
    assert {item.id for item in seen.catalogue} == {"borders", "harbour", "library"}
    assert seen.info.documents == 3
    with pytest.raises(DocumentNotFound, match="lists them"):
        seen.store.document("minutes")


@pytest.mark.parametrize(
    ("groups", "more"),
    [({"board"}, {"minutes"}), ({"auditors", "staff"}, {"minutes", "notice"}), ({"cook"}, set())],
)
def test_one_of_a_documents_groups_is_enough(whole, groups, more):
    with closing(whole.view_for(frozenset(groups))) as view:
        assert {item.id for item in view.catalogue} == {"borders", "harbour", "library"} | more


def test_its_rows_are_those_of_its_documents(whole, seen):
    rows = seen.store.rows()
    assert whole.documents_of(rows) == seen.documents_of(rows) == {"borders", "harbour", "library"}
    assert len(rows) == seen.count(NO_FILTERS) == seen.info.passages


def test_vectors_and_words_find_nothing_else_whatever_rows_are_asked_for(whole, seen):
    every = whole.store.rows()
    for filters in (NO_FILTERS, Filters(("minutes", "library"))):
        found, _ = seen.nearest(hashed("crane Vellumore"), 10, filters)
        assert set(found) <= set(seen.store.rows())
    assert not len(seen.best_worded({"vellumor": 1.0}, 10)[0])
    assert not seen.keyword.scores({"vellumor": 1.0}, every).any()


def test_words_weigh_as_if_there_were_no_other_documents(whole, seen, opened_with, reports):
    alone = opened_with(*reports)
    for stem in ("crane", "school", "the", "vellumor"):
        weight = seen.keyword.inverse_document_frequency(stem)
        assert weight == alone.keyword.inverse_document_frequency(stem)
    assert whole.keyword.held(["crane"])
    assert not seen.keyword.held(["crane"])


def test_words_names_and_completions_are_of_these_documents_alone(seen, opened_with, reports):
    alone = opened_with(*reports)
    assert seen.words.near("velumore", 2) == []
    assert len(seen.words) == len(alone.words)
    assert seen.completions.complete("mi", 8) == ()
    assert seen.title_stems == alone.title_stems


def test_filters_narrow_further(seen):
    assert len(seen.store.rows_within(Filters(("minutes",)))) == 0
    assert len(seen.store.rows_within(Filters(("library",)))) == 1


def test_access_without_a_group_is_nobodys(opened_with, reports):
    closed = replace(BOARD, metadata={"access": " ; "})
    build = opened_with(*reports, closed)
    with closing(build.view_for(frozenset({"board", ""}))) as view:
        assert "minutes" not in {item.id for item in view.catalogue}


def test_views_are_kept_by_the_groups_that_documents_name(whole):
    views = BuildViews(whole)
    with (
        views.seen_by(frozenset({"board"})) as one,
        views.seen_by(frozenset({"board", "x"})) as two,
    ):
        assert one is two
    with views.seen_by(None) as everything:
        assert everything is whole
    views.close()


def test_a_build_in_which_no_document_states_access_is_seen_whole(opened_with, reports):
    build = opened_with(*reports)
    with BuildViews(build).seen_by(frozenset()) as view:
        assert view is build


def test_a_view_that_is_kept_no_longer_closes_with_its_last_reader(opened_with):
    groups = [f"g{number}" for number in range(MOST_VIEWS + 1)]
    named = [make_document(f"Text {it}.", it, metadata={"access": it}) for it in groups]
    views = BuildViews(opened_with(*named))
    with views.seen_by(frozenset(groups[:1])) as first:
        for name in groups[1:]:
            with views.seen_by(frozenset({name})):
                pass
        assert np.array_equal(first.store.rows(), [0])
    with pytest.raises(Exception, match="closed"):
        first.store.rows()
    views.close()


def test_words_are_made_up_of_those_that_the_build_counted_by_access(
    whole, opened_with, reports, monkeypatch
):
    alone = opened_with(*reports, STAFF)
    monkeypatch.delattr(opened, "count_words")
    with closing(whole.view_for(frozenset({"staff"}))) as view:
        assert vars(view.words) == vars(alone.words)
