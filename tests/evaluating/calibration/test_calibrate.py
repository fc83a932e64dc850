"""Whole calibrations on the fake model: what is asked, counted, stored and refused."""

from __future__ import annotations

import json
import random

import pytest
from fakes import FakeEmbedder, built_index, make_document

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import CalibrationError, DatasetError, InputError, NoIndex
from qa_service.evaluating.calibration.calibrate import calibrate
from qa_service.evaluating.calibration.calibration_fit import Target
from qa_service.evaluating.questions.foreign_questions import foreign_questions
from qa_service.evaluating.reports.calibration_text import MADE_NOTE, calibration_text

NOUNS = "anchor barrel candle donkey engine feather garden hammer island jacket kettle ladder"
VERBS = "painted repaired counted carried measured collected"
TARGET = Target(0.2)
PEOPLE = "Sailors Teachers Gardeners Visitors Farmers Builders"


def story(seed: int, sentences: int = 8) -> str:
    """Sentences of few words in ever other company, so that some are taken for another."""
    chance = random.Random(seed)
    lines = []
    for _ in range(sentences):
        one, two, three = chance.sample(NOUNS.split(), 3)
        who, did = chance.choice(PEOPLE.split()), chance.choice(VERBS.split())
        lines.append(f"{who} have {did} the {one} and the {two} beside the old {three} house.")
    return " ".join(lines)


@pytest.fixture
def stories():
    return [make_document(story(seed), f"story-{seed}") for seed in range(8)]


@pytest.fixture
def run(index_dir, progress):
    """Calibrates the index in use on the fake model."""

    def run_on_fakes(source=None, target=TARGET, **settings):
        values = Settings(index_dir=index_dir, **settings)
        opener = lambda asked: AnswerService(asked, FakeEmbedder())  # noqa: E731
        return calibrate(source, values, progress, target, opener)

    return run_on_fakes


@pytest.fixture
def question_file(tmp_path):
    """Writes questions on the stories, of which each quotes the sentence it asks for."""

    def write(stories, count: int, unanswerable: int = 0):
        quotes = [s for item in stories for s in item.text.split(". ")][:count]
        asked = [f"who {quote.split(' ', 2)[2][:-12]}?,{quote.rstrip('.')}," for quote in quotes]
        asked += [f"Why do zebras no {at} migrate?,,no" for at in range(unanswerable)]
        path = tmp_path / "mine.csv"
        path.write_text("\n".join(["question,quote,answerable", *asked]) + "\n", encoding="utf-8")
        return path

    return write


def test_as_many_questions_without_an_answer_are_asked_as_with_one(
    run, index_dir, stories, progress
) -> None:
    built_index(stories, index_dir)
    counts = run().report["questions"]
    assert counts["made"] >= 60
    assert 0 < counts["swapped"] <= counts["made"] // 2
    assert counts["swapped"] + counts["foreign"] == counts["made"]
    swapped = progress.steps.pop("asking questions with a word swapped")
    assert swapped == counts["made"] // 2
    assert progress.steps == {
        "asking questions on the documents": counts["made"],
        "asking foreign questions": counts["foreign"],
    }


def test_the_report_tells_what_the_threshold_comes_to(run, index_dir, stories) -> None:
    built_index(stories, index_dir)
    found = run()
    after = found.report["after"]
    assert found.report["threshold"] == found.calibration.threshold
    assert after["wrong_among_answers"] == after["wrong"] / after["answered"]
    assert found.report["reached"] == (after["wrong_among_answers"] <= 0.2)
    assert json.loads(json.dumps(found.report))["build"] == found.report["build"]


def test_calibrating_is_repeatable_and_stores_nothing(run, index_dir, stories) -> None:
    built_index(stories, index_dir)
    before = sorted(path.name for path in index_dir.iterdir())
    assert run().calibration == run().calibration
    assert sorted(path.name for path in index_dir.iterdir()) == before


def test_own_questions_take_the_place_of_made_ones(run, index_dir, stories, question_file) -> None:
    built_index(stories, index_dir)
    report = run(question_file(stories, 40, unanswerable=10)).report
    counts = report["questions"]
    assert (counts["own"], counts["own_unanswerable"]) == (40, 10)
    assert 0 < counts["swapped"] <= 15
    assert counts["swapped"] + counts["foreign"] == 30
    assert MADE_NOTE not in calibration_text(report)


def test_a_foreign_question_that_the_documents_hold_is_left_out(run, index_dir, stories) -> None:
    quiz = make_document(" ".join(item.text for item in foreign_questions()[:150]), "quiz")
    built_index([*stories, quiz], index_dir)
    report = run().report
    assert report["questions"]["foreign_left_out"] >= 1
    assert "far-off ones left out" in calibration_text(report)


def test_too_few_questions_are_refused_with_the_fix(run, index_dir, stories, question_file) -> None:
    built_index(stories[:1], index_dir)
    with pytest.raises(CalibrationError, match=r"give only \d+ questions, 30 are needed; build"):
        run()
    with pytest.raises(CalibrationError, match=r"mine\.csv has 5 questions with an answer, 30"):
        run(question_file(stories, 5))


def test_an_empty_index_and_none_at_all_are_refused(run, index_dir) -> None:
    with pytest.raises(NoIndex, match="run: qa-service build"):
        run()
    built_index([make_document("")], index_dir)
    with pytest.raises(CalibrationError, match="holds no passages; put documents"):
        run()


@pytest.mark.parametrize("rate", [0.0, 1.0, -1.0, float("nan")])
def test_an_error_rate_is_a_share(run, rate) -> None:
    with pytest.raises(InputError, match="error-rate: give a share above 0"):
        run(target=Target(rate))


def test_a_set_of_other_documents_is_refused(run, index_dir, stories, dataset) -> None:
    built_index(stories, index_dir)
    with pytest.raises(DatasetError, match=r"lacks 3 of the 3 documents of .*--index"):
        run(dataset([{"_id": "q", "text": "When?"}], [("q", "boats", 1)]))


def test_an_own_minimum_confidence_is_told_to_overrule_the_threshold(
    run, index_dir, stories
) -> None:
    built_index(stories, index_dir)
    assert "minimum_confidence is set to 0.35" in calibration_text(
        run(minimum_confidence=0.35).report
    )
    assert "minimum_confidence" not in calibration_text(run().report)


def test_a_rate_out_of_reach_is_told_with_the_best_that_can_be_had(run, index_dir, stories) -> None:
    built_index(stories, index_dir)
    report = run(target=Target(0.0001, bounded=True)).report
    assert not report["reached"]
    assert "error rate of 0.01 % (upper 95 % bound) cannot be reached" in calibration_text(report)
