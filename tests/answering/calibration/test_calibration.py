"""The map from raw confidence, its file, and what the service makes of both."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest
from fakes import FakeEmbedder

from qa_service.answering.calibration.scoring_profile import scoring_profile
from qa_service.answering.calibration.stored import (
    CALIBRATION_FILE,
    CurrentCalibration,
    load_calibration,
    write_calibration,
)
from qa_service.answering.evidence.confidence import Calibration
from qa_service.config import Settings
from qa_service.disk.kept_file import FolderFile
from qa_service.errors import CalibrationError
from qa_service.nouns.questions import Question
from qa_service.settings_sources import load_settings

QUESTION = Question("What did inspectors recommend about quality assurance?")
PROFILE = scoring_profile(Settings(), "fake", FakeEmbedder().fingerprint)
POINTS = Calibration(0.4, points=((0.2, 0.1), (0.6, 0.5), (0.9, 0.5)))
LINE = Calibration(0.7, intercept=-0.5, slope=1.7)
HALF = Calibration(0.2, points=((0.0, 0.0), (1.0, 0.5)))
"""Half as sure of everything, and satisfied with that."""


@pytest.fixture
def store(index_dir):
    """Stores a calibration as if it had been made for a profile."""
    index_dir.mkdir(exist_ok=True)
    return lambda made, profile=PROFILE: write_calibration(
        kept(index_dir), made, profile, {"made": "now"}
    )


def kept(folder):
    return FolderFile(folder / CALIBRATION_FILE)


@pytest.mark.parametrize("made", [LINE, POINTS, HALF])
def test_a_calibration_rises_and_stays_within_0_and_1(made) -> None:
    shares = [made.apply(step / 100) for step in range(101)]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_points_are_joined_by_straight_lines_and_level_beyond() -> None:
    found = [POINTS.apply(value) for value in (0, 0.2, 0.4, 0.6, 0.7, 1)]
    assert found == pytest.approx([0.1, 0.1, 0.3, 0.5, 0.5, 0.5])


def test_a_line_is_the_logistic_function_of_the_log_odds() -> None:
    assert Calibration(0.5).apply(0.8) == pytest.approx(0.8)
    assert Calibration(0.5, slope=2).apply(0.8) == pytest.approx(16 / 17)
    assert Calibration(0.5, intercept=-1e9).apply(1.0) == pytest.approx(0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 1.1},
        {"threshold": 0.5, "slope": 0.0},
        {"threshold": 0.5, "intercept": float("nan")},
        {"threshold": 0.5, "points": ((0.2, 0.5), (0.4, 0.3))},
        {"threshold": 0.5, "points": ((0.2, 0.5), (0.2, 0.6))},
    ],
)
def test_a_map_that_falls_or_leaves_0_to_1_cannot_be_made(wrong) -> None:
    with pytest.raises(ValueError, match=r"slope|share|rise"):
        Calibration(**wrong)


@pytest.mark.parametrize("made", [LINE, POINTS])
def test_what_was_stored_is_read_back(store, index_dir, made) -> None:
    store(made)
    assert load_calibration(kept(index_dir), PROFILE) == made
    assert [path.name for path in index_dir.iterdir()] == [CALIBRATION_FILE]


def test_without_a_file_there_is_no_calibration(index_dir) -> None:
    assert load_calibration(kept(index_dir), PROFILE) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"model": "other", "fingerprint": "0" * 64}, r"another model \(fake\)"),
        ({"reader": "1" * 64, "reader_bits": 8}, "reader off, reader_bits 0"),
        ({"reader": "1" * 64}, "another reader"),
        ({"reader_places": 9}, "other settings of the ranking or the reader"),
        ({"constants": (("A_WEIGHT", 99.0),)}, "that reckons confidence otherwise"),
    ],
)
def test_a_file_of_another_profile_is_refused(store, index_dir, changes, said) -> None:
    store(LINE)
    with pytest.raises(CalibrationError, match=rf"made with .*{said}; run: qa-service calib"):
        load_calibration(kept(index_dir), replace(PROFILE, **changes))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format_version": 2}', "\udcff"])
def test_a_damaged_file_names_the_fix(index_dir, text) -> None:
    index_dir.mkdir()
    (index_dir / CALIBRATION_FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CalibrationError, match=r"is damaged .*calibrate, or delete "):
        load_calibration(kept(index_dir), PROFILE)


def test_a_changed_number_is_damage_too(store, index_dir) -> None:
    path = store(LINE)
    path.write_text(path.read_text().replace("1.7", "1.8"))
    with pytest.raises(CalibrationError, match="not what was written"):
        load_calibration(kept(index_dir), PROFILE)


def test_another_format_is_named(store, index_dir) -> None:
    path = store(LINE)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format_version": 9}))
    with pytest.raises(CalibrationError, match="has format 9, this version reads 2"):
        load_calibration(kept(index_dir), PROFILE)


def test_a_folder_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "nowhere").write_text("a file in place of the folder")
    with pytest.raises(CalibrationError, match="cannot write"):
        write_calibration(kept(tmp_path / "nowhere"), LINE, PROFILE, {})


def test_a_new_file_is_read_and_a_deleted_one_forgotten(store, index_dir) -> None:
    current = CurrentCalibration(kept(index_dir), PROFILE)
    assert current.get() is None
    path = store(LINE)
    assert current.get() == LINE
    store(POINTS)
    assert current.get() == POINTS
    path.unlink()
    assert current.get() is None


def test_a_file_that_cannot_be_used_is_logged_once_and_the_old_one_stays(
    store, index_dir, caplog
) -> None:
    path = store(LINE)
    current = CurrentCalibration(kept(index_dir), PROFILE)
    current.get()
    path.write_text("{")
    with caplog.at_level(logging.ERROR):
        assert [current.get(), current.get()] == [LINE, LINE]
    (record,) = caplog.records
    assert "going on as before" in record.getMessage()


def test_the_service_shows_the_calibrated_confidence_and_uses_its_threshold(
    service_with, reports, store
) -> None:
    service = service_with(*reports)
    raw = service.ask(QUESTION)
    store(HALF)
    calibrated = service.ask(QUESTION)
    assert calibrated.confidence == pytest.approx(raw.confidence / 2)
    assert calibrated.answered
    assert calibrated.quotes == raw.quotes
    store(Calibration(0.51, points=HALF.points))
    assert not service.ask(QUESTION).answered


def test_an_answer_just_at_the_threshold_is_given(service_with, reports, store) -> None:
    raw = service_with(*reports).ask(QUESTION).confidence
    store(Calibration(LINE.apply(raw), LINE.intercept, LINE.slope))
    assert service_with().ask(QUESTION).answered


def test_the_switch_leaves_the_calibration_unused(service_with, reports, store) -> None:
    raw = service_with(*reports).ask(QUESTION).confidence
    store(HALF)
    assert service_with(calibration=False).ask(QUESTION).confidence == raw


def test_an_own_minimum_confidence_comes_before_the_threshold(service_with, reports, store) -> None:
    store(Calibration(1.0, points=HALF.points))
    assert not service_with(*reports).ask(QUESTION).answered
    assert service_with(minimum_confidence=0.1).ask(QUESTION).answered


def test_a_minimum_confidence_that_is_set_to_the_default_counts_as_set() -> None:
    assert load_settings({}, {"QA_MINIMUM_CONFIDENCE": "0.2"}).sets_minimum_confidence
    assert not load_settings({}, {"QA_PORT": "81"}).sets_minimum_confidence
    assert Settings(minimum_confidence=0.4).sets_minimum_confidence
