"""Builds that are kept, and going back to one."""

from __future__ import annotations

import pytest
from fakes import FakeEmbedder, built_index, make_document

from qa_service.errors import BuildLocked, BuildNotFound, DamagedBuild, ModelError
from qa_service.indexing.building.history import build_history, roll_back
from qa_service.indexing.keeping.build_folders import locked
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.documents import SkippedFile

ONE = make_document("The library opens at nine.", "one")
TWO = make_document("The harbour school has twelve boats.", "two")


@pytest.fixture
def first(index_dir):
    return built_index([ONE, SkippedFile("broken.pdf", "broken")], index_dir).manifest.build


@pytest.fixture
def second(first, index_dir):
    assert current_build(index_dir).name == first
    return built_index([ONE, TWO], index_dir).manifest.build


def test_the_latest_build_is_first_and_in_use(index_dir, first, second) -> None:
    told = [(b.build, b.in_use, b.documents, b.skipped) for b in build_history(index_dir)]
    assert told == [(second, True, 2, 0), (first, False, 1, 1)]


def test_before_the_first_build_there_is_no_history(index_dir) -> None:
    assert build_history(index_dir) == ()


def test_going_back_answers_from_the_earlier_build(index_dir, first, second, service_with) -> None:
    roll_back(index_dir, first)
    assert service_with().index_info().build == first
    roll_back(index_dir, second)
    assert service_with().index_info().build == second


def test_a_build_that_was_gone_back_to_outlives_the_next_one(index_dir, first, second) -> None:
    roll_back(index_dir, first)
    third = built_index([TWO], index_dir).manifest.build
    assert [b.build for b in build_history(index_dir)] == [third, first]
    assert second not in {path.name for path in index_dir.iterdir()}


def test_a_damaged_build_is_not_gone_back_to(index_dir, first, second) -> None:
    (index_dir / first / "manifest.json").write_text("{}")
    assert "cannot be read" in build_history(index_dir)[-1].problem
    with pytest.raises(DamagedBuild):
        roll_back(index_dir, first)
    assert current_build(index_dir).name == second


def test_a_build_of_another_model_is_not_gone_back_to(index_dir, first) -> None:
    other = built_index([ONE], index_dir, FakeEmbedder("other")).manifest.build
    with pytest.raises(ModelError, match="'fake'"):
        roll_back(index_dir, first)
    assert current_build(index_dir).name == other


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("name", ["20200101T000000Z-abcdef", "..", "", "CURRENT"])
def test_what_is_no_build_cannot_be_gone_back_to(index_dir, name) -> None:
    with pytest.raises(BuildNotFound):
        roll_back(index_dir, name)


@pytest.mark.usefixtures("second")
def test_while_a_build_runs_nothing_is_switched(index_dir, first) -> None:
    with locked(index_dir), pytest.raises(BuildLocked):
        roll_back(index_dir, first)
