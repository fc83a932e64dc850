"""What every dense engine promises. Another engine joins by adding its maker to ENGINES."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from qa_service.indexing.engine import dense
from qa_service.indexing.engine.dense import DenseEngine, FaissEngine

DIMENSION = 8
Reopen = Callable[[DenseEngine], DenseEngine]


def faiss_in_memory(_: Path) -> tuple[DenseEngine, Reopen]:
    return FaissEngine.create(DIMENSION), lambda engine: engine


def faiss_on_disk(folder: Path) -> tuple[DenseEngine, Reopen]:
    def reopen(engine: DenseEngine) -> DenseEngine:
        assert isinstance(engine, FaissEngine)
        engine.save(folder / "dense.faiss")
        return FaissEngine.open(folder / "dense.faiss", VECTORS[: len(engine)])

    return FaissEngine.create(DIMENSION), reopen


def faiss_in_lists(folder: Path) -> tuple[DenseEngine, Reopen]:
    return FaissEngine.for_vectors(VECTORS), faiss_on_disk(folder)[1]


ENGINES = [faiss_in_memory, faiss_on_disk, faiss_in_lists]


def unit_vectors(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS, QUERY = unit_vectors(50), unit_vectors(1, seed=1)[0]
BEST_FIRST = np.argsort(-(VECTORS @ QUERY))


@pytest.fixture(autouse=True)
def fifty_are_many(monkeypatch) -> None:
    monkeypatch.setattr(dense, "MOST_EXACT", 20)
    monkeypatch.setattr(dense, "VECTORS_A_LIST", 5)


@pytest.fixture(params=ENGINES, ids=lambda make: make.__name__)
def engine(request, tmp_path):
    """An engine that holds VECTORS, added in two parts, and was opened again where it can be."""
    empty, reopen = request.param(tmp_path)
    empty.add(VECTORS[:20])
    empty.add(VECTORS[20:])
    filled = reopen(empty)
    yield filled
    filled.close()


def test_it_holds_what_was_added(engine: DenseEngine) -> None:
    assert len(engine) == 50


def test_rows_come_by_cosine_best_first(engine: DenseEngine) -> None:
    rows, scores = engine.search(QUERY, 10)
    assert rows.tolist() == BEST_FIRST[:10].tolist()
    assert scores == pytest.approx((VECTORS @ QUERY)[rows], abs=1e-5)


@pytest.mark.parametrize("every", [2, 5], ids=["many", "few"])
def test_only_the_given_rows_are_searched(engine: DenseEngine, every: int) -> None:
    allowed = np.arange(0, 50, every)
    rows, _ = engine.search(QUERY, 4, allowed)
    assert rows.tolist() == [row for row in BEST_FIRST if row % every == 0][:4]


@pytest.mark.parametrize(("allowed", "expected"), [(None, 50), (np.arange(7), 7)])
def test_a_limit_beyond_the_size_gives_everything_once(engine, allowed, expected) -> None:
    rows, scores = engine.search(QUERY, 1000, allowed)
    assert len(set(rows.tolist())) == len(rows) == len(scores) == expected


def test_a_filter_that_lets_nothing_through_finds_nothing(engine: DenseEngine) -> None:
    rows, scores = engine.search(QUERY, 5, np.empty(0, np.int64))
    assert (len(rows), len(scores)) == (0, 0)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.parametrize("make", ENGINES)
def test_vectors_that_are_not_finite_are_refused(make, wrong, tmp_path) -> None:
    engine, _ = make(tmp_path)
    with pytest.raises(ValueError, match="not finite"):
        engine.add(np.full((1, DIMENSION), wrong, np.float32))


@pytest.mark.parametrize("make", ENGINES)
def test_an_empty_engine_finds_nothing(make, tmp_path) -> None:
    engine, reopen = make(tmp_path)
    rows, _ = reopen(engine).search(QUERY, 5)
    assert len(rows) == 0


def test_the_kind_of_index_follows_the_number_of_vectors(tmp_path) -> None:
    kinds = []
    for count in (20, 50):
        FaissEngine.for_vectors(VECTORS[:count]).save(tmp_path / "dense.faiss")
        kinds.append((tmp_path / "dense.faiss").read_bytes()[:4])
    assert kinds == [b"IxFI", b"IwSq"]


def test_the_nearest_lists_hold_nearly_all_of_the_best(monkeypatch) -> None:
    monkeypatch.setattr(dense, "FEWEST_PROBED", 32)
    monkeypatch.setattr(dense, "PROBED_SHARE", 0)
    vectors = unit_vectors(2_000)
    engine = FaissEngine.for_vectors(vectors)
    engine.add(vectors)
    queries = unit_vectors(40, seed=2)
    best = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    found = [engine.search(query, 10)[0] for query in queries]
    shared = [len(set(one) & set(other)) for one, other in zip(found, best, strict=True)]
    assert 0.8 < np.mean(shared) / 10 < 1


def test_what_was_saved_answers_as_before(tmp_path) -> None:
    saved, reopen = faiss_on_disk(tmp_path)
    saved.add(VECTORS)
    before, after = saved.search(QUERY, 20), reopen(saved).search(QUERY, 20)
    assert before[0].tolist() == after[0].tolist()
    assert before[1].tolist() == after[1].tolist()
