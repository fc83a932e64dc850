"""The profile behind a confidence: whatever in it changes, its digest does."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from qa_service.answering.calibration.scoring_profile import (
    SCORING,
    RankingWeights,
    ScoringProfile,
    scoring_constants,
    scoring_profile,
)
from qa_service.answering.evidence.confidence import ConfidenceWeights
from qa_service.config import Settings

PROFILE = scoring_profile(Settings(), "fake", "0" * 64, "1" * 64)
NUMBERS = [
    (module, name)
    for module in SCORING
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, int | float)
]
NESTED = ("ranking", "with_reader", "without_reader")
FLAT = [field.name for field in fields(ScoringProfile) if field.name not in NESTED]


def other(value):
    """Something of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return (*value, ("A_WEIGHT", 1.0))
    return value + 1 if isinstance(value, int | float) else f"{value}x"


def changed(noun, name):
    return replace(noun, **{name: other(getattr(noun, name))})


@pytest.mark.parametrize(
    "name", [it.name for it in fields(ScoringProfile) if it.name not in NESTED]
)
def test_each_field_changes_the_digest(name) -> None:
    assert changed(PROFILE, name).digest != PROFILE.digest


@pytest.mark.parametrize("part", NESTED)
def test_each_weight_changes_the_digest(part) -> None:
    weights = getattr(PROFILE, part)
    for field in fields(weights):
        assert replace(PROFILE, **{part: changed(weights, field.name)}).digest != PROFILE.digest


def test_every_weight_of_the_settings_is_in_the_profile() -> None:
    weights = {field.name for field in fields(Settings) if field.name.endswith("_weight")}
    assert weights <= {field.name for field in fields(RankingWeights)}


@pytest.mark.parametrize(("module", "name"), NUMBERS)
def test_each_number_of_a_module_that_scores_changes_the_digest(monkeypatch, module, name) -> None:
    monkeypatch.setattr(module, name, getattr(module, name) + 1)
    assert scoring_profile(Settings(), "fake", "0" * 64, "1" * 64).digest != PROFILE.digest


@pytest.mark.parametrize(
    "name",
    [
        *("keyword.K1", "keyword.B", "conversation_context.WEIGHTS.cosine"),
        *("confidence.STATED_CONFIDENCE", "facts.SURE", "OrderWeights.fit"),
    ],
)
def test_whatever_a_score_comes_from_is_in_the_profile(name) -> None:
    assert name in dict(scoring_constants())


def test_without_a_reader_its_settings_do_not_count() -> None:
    eight, other_bits = Settings(), Settings(reader_bits=32, reader_places=9)
    profiles = [scoring_profile(settings, "fake", "0" * 64) for settings in (eight, other_bits)]
    assert profiles[0].digest == profiles[1].digest
    assert isinstance(profiles[0].without_reader, ConfidenceWeights)
