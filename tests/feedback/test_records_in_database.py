"""Verdicts and questions in a database: what they do in a file, they do there."""

from __future__ import annotations

import random
from contextlib import closing

import pytest
from beside_builds import feedback_in
from feedback_fakes import make_feedback

from qa_service.disk.kept_records import FEEDBACK_FILE, QUESTIONS_FILE, FolderRecords
from qa_service.errors import FeedbackFull, FeedbackNotFound
from qa_service.feedback.moving import copy_records
from qa_service.feedback.questions import QuestionLog
from qa_service.feedback.store import FeedbackStore
from qa_service.indexing.engine.postgres.beside import DatabaseRecords
from qa_service.indexing.engine.postgres.database import Database

pytestmark = pytest.mark.engines


@pytest.fixture
def database(new_database):
    with closing(Database(new_database())) as made:
        yield made


@pytest.fixture
def store(database) -> FeedbackStore:
    return FeedbackStore(DatabaseRecords(database, "feedback", 1))


@pytest.fixture
def log(database) -> QuestionLog:
    records, verdicts = (DatabaseRecords(database, name, 1) for name in ("questions", "feedback"))
    return QuestionLog(records, FeedbackStore(verdicts))


def test_verdicts_are_given_replaced_and_taken_back(store, tmp_path) -> None:
    first = store.add(make_feedback("Who sails?"))
    second = store.add(make_feedback("Who sails?", "down"), replaces=first.id)
    assert store.read() == (second,)
    store.remove(second.id)
    with pytest.raises(FeedbackNotFound):
        store.get(second.id)
    assert list(tmp_path.iterdir()) == []


def test_questions_are_recorded_joined_and_forgotten(log, store) -> None:
    for text, answered in (("Who sails?", True), ("who  SAILS?", False), ("Why?", False)):
        log.record(text, answered, False, 0.5)
    store.add(make_feedback("Why?", "down"))
    asked = {item.text: item for item in log.asked()}
    assert (asked["Who sails?"].times, asked["Who sails?"].unanswered) == (2, 1)
    assert (asked["Why?"].times, asked["Why?"].down) == (1, 1)
    assert log.forget("WHO sails?") == 2
    assert log.count() == 1


def test_no_more_is_kept_than_may_be_and_what_was_there_stays(store) -> None:
    kept = store.add(make_feedback("Kept?"))
    letters = "".join(chr(32 + number * number % 95) for number in range(4_000_000))
    with pytest.raises(FeedbackFull, match="max_feedback_megabytes"):
        store.add(make_feedback("Long?", note="".join(random.sample(letters, 2_000_000))))
    assert store.read() == (kept,)


def test_records_are_copied_there_and_back_by_their_hash(database, store, tmp_path) -> None:
    there = DatabaseRecords(database, "feedback", 1)
    feedback_in(tmp_path / "one").add(make_feedback("Who sails?"))
    assert copy_records(FolderRecords(tmp_path / "one" / FEEDBACK_FILE), there, "feedback") is True
    assert [item.feedback.question for item in store.read()] == ["Who sails?"]
    assert (
        copy_records(there, FolderRecords(tmp_path / "other" / FEEDBACK_FILE), "feedback") is True
    )
    assert feedback_in(tmp_path / "other").read() == store.read()


def test_records_that_are_there_already_stay(database, store, tmp_path) -> None:
    kept = store.add(make_feedback("Kept?"))
    feedback_in(tmp_path / "one").add(make_feedback("Who sails?"))
    there = DatabaseRecords(database, "feedback", 1)
    assert copy_records(FolderRecords(tmp_path / "one" / FEEDBACK_FILE), there, "feedback") is False
    assert store.read() == (kept,)


def test_where_nothing_is_recorded_nothing_is_copied(database, tmp_path) -> None:
    there = DatabaseRecords(database, "questions", 1)
    assert copy_records(FolderRecords(tmp_path / QUESTIONS_FILE), there, "questions") is None
