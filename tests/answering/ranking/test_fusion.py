"""What every fusion promises, and what each one says of itself."""

from __future__ import annotations

import numpy as np
import pytest

from qa_service import config_checks
from qa_service.answering.ranking.fusion import FUSIONS, reciprocal_rank, weighted_sum
from qa_service.answering.ranking.retrieval import Candidates

every_fusion = pytest.mark.parametrize("fusion", FUSIONS.values(), ids=FUSIONS)


def ranks_of(scores: np.ndarray) -> np.ndarray:
    ranks = np.zeros(len(scores), np.int64)
    ranks[np.argsort(-scores)] = np.arange(1, len(scores) + 1)
    return ranks


def candidates(dense: list[float], keyword: list[float]) -> Candidates:
    dense_scores, keyword_scores = np.array(dense, np.float32), np.array(keyword, np.float32)
    return Candidates(
        rows=np.arange(len(dense)),
        vectors=np.zeros((len(dense), 0), np.float32),
        dense=dense_scores,
        keyword=keyword_scores,
        dense_ranks=ranks_of(dense_scores),
        keyword_ranks=np.where(keyword_scores > 0, ranks_of(keyword_scores), 0),
    )


def random_candidates(seed: int) -> Candidates:
    chance = np.random.default_rng(seed)
    keyword = np.maximum(chance.normal(size=30), 0) * 9
    return candidates(list(chance.uniform(-1, 1, 30)), list(keyword))


def order(scores: np.ndarray) -> list[int]:
    return np.argsort(-scores, kind="stable").tolist()


def test_the_settings_offer_exactly_these() -> None:
    assert tuple(FUSIONS) == config_checks.FUSIONS


@every_fusion
@pytest.mark.parametrize("weight", [0, 0.4, 1])
@pytest.mark.parametrize("seed", range(5))
def test_scores_lie_between_0_and_1(fusion, weight, seed) -> None:
    scores = fusion(random_candidates(seed), weight)
    assert scores.shape == (30,)
    assert scores.min() >= 0
    assert scores.max() <= 1 + 1e-6


@every_fusion
def test_first_on_both_sides_is_first_with_score_1(fusion) -> None:
    scores = fusion(candidates([0.2, 0.9, 0.5], [1, 7, 0]), 0.4)
    assert order(scores)[0] == 1
    assert scores[1] == pytest.approx(1)


@every_fusion
@pytest.mark.parametrize(("weight", "side"), [(0, "dense"), (1, "keyword")])
def test_at_either_end_of_the_weight_one_side_decides(fusion, weight, side) -> None:
    found = candidates([0.1, 0.3, 0.9, 0.5], [4, 9, 1, 2])
    assert order(fusion(found, weight)) == order(getattr(found, side))


@every_fusion
def test_the_order_is_the_same_each_time(fusion) -> None:
    first, second = (fusion(random_candidates(3), 0.4) for _ in range(2))
    assert first.tolist() == second.tolist()


@every_fusion
def test_nothing_found_is_nothing_scored(fusion) -> None:
    assert fusion(candidates([], []), 0.4).tolist() == []


@every_fusion
def test_a_single_candidate_is_no_division_by_zero(fusion) -> None:
    assert np.isfinite(fusion(candidates([0.5], [0]), 0.4)).all()


def test_the_weighted_sum_weighs_scaled_scores() -> None:
    scores = weighted_sum(candidates([0.0, 0.5, 1.0], [8, 0, 2]), 0.4)
    assert scores == pytest.approx([0.4, 0.3, 0.6 + 0.1])


def test_reciprocal_rank_adds_what_the_ranks_are_worth() -> None:
    scores = reciprocal_rank(candidates([0.9, 0.5], [0, 3]), 0.5)
    assert scores == pytest.approx([0.5, 0.5 * 61 / 62 + 0.5])
