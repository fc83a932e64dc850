"""Questions that are recorded: counted, bounded, forgotten; verdicts are counted with them."""

from __future__ import annotations

import sqlite3

import pytest
from beside_builds import feedback_in, questions_in
from fakes import make_document
from feedback_fakes import make_feedback

from qa_service.disk.kept_records import QUESTIONS_FILE
from qa_service.errors import FeedbackFull
from qa_service.feedback import questions

LIBRARY = make_document("The library opens at nine.", "library")


@pytest.fixture
def log(index_dir):
    return questions_in(index_dir)


def record(log, text, answered=True, limited=False):
    log.record(text, answered, limited, 0.5)


def told(log):
    return [(item.text, item.times, item.unanswered) for item in log.asked()]


def test_before_the_first_question_there_is_none_and_no_file(log, index_dir) -> None:
    assert (log.asked(), log.count()) == ((), 0)
    assert not (index_dir / QUESTIONS_FILE).exists()


def test_open_questions_come_first_the_most_frequent_of_them_at_the_top(log) -> None:
    for text, answered in (("A?", True), ("B?", False), ("C?", False), ("c?", False)):
        record(log, text, answered)
    assert told(log) == [("C?", 2, 2), ("B?", 1, 1), ("A?", 1, 0)]


def test_a_follow_up_is_told_as_typed_with_how_it_was_understood(log) -> None:
    for understood in ("Who led it in 2023?", "Who led it in 2016?", "Who led it in 2023?"):
        log.record("And who led it?", True, False, 0.5, understood)
    assert sorted((item.text, item.understood, item.times) for item in log.asked()) == [
        ("And who led it?", "Who led it in 2016?", 1),
        ("And who led it?", "Who led it in 2023?", 2),
    ]


def test_a_file_of_an_earlier_version_is_gone_on_with(log) -> None:
    record(log, "A?")
    with sqlite3.connect(log._records.path) as connection:
        connection.execute("ALTER TABLE questions DROP COLUMN understood")
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    record(log, "B?")
    assert sorted(told(log)) == [("A?", 1, 0), ("B?", 1, 0)]


def test_a_refusal_within_filters_is_no_gap_in_the_documents(log) -> None:
    record(log, "A?", answered=False, limited=True)
    assert told(log) == [("A?", 1, 0)]


def test_verdicts_stand_beside_the_question_they_are_on(log, index_dir) -> None:
    record(log, "When does it open?")
    store = feedback_in(index_dir)
    cited = {"cited": LIBRARY, "quote": "opens at nine"}
    store.add(make_feedback(verdict="down", note="or ten", **cited))
    (item,) = log.asked()
    assert (item.times, item.up, item.down, item.notes) == (1, 0, 1, ("or ten",))
    assert item.is_open


def test_a_refusal_marked_wrong_is_unanswered_and_one_marked_right_is_not(log, index_dir) -> None:
    store = feedback_in(index_dir)
    store.add(make_feedback("Wrong?", verdict="down"))
    store.add(make_feedback("Right?", verdict="up"))
    assert told(log) == [("Wrong?", 0, 1), ("Right?", 0, 0)]


def test_only_the_latest_are_kept(log, monkeypatch) -> None:
    monkeypatch.setattr(questions, "MOST_RECORDED", 2)
    for text in ("A?", "B?", "C?"):
        record(log, text)
    assert {item.text for item in log.asked()} == {"B?", "C?"}


def test_a_full_file_makes_room_by_forgetting_the_earliest(index_dir) -> None:
    log = questions_in(index_dir, 1)
    for number in range(400):
        record(log, f"{number} {'long ' * 1000}")
    assert 0 < log.count() < 400
    assert any(item.text.startswith("399 ") for item in log.asked())


def test_what_is_forgotten_is_gone_from_the_file_and_verdicts_stay(log, index_dir) -> None:
    feedback_in(index_dir).add(make_feedback("Kept?"))
    record(log, "Forgotten?")
    assert log.forget("") == 0
    assert log.forget() == 1
    assert [item.text for item in log.asked()] == ["Kept?"]
    assert b"Forgotten" not in (index_dir / QUESTIONS_FILE).read_bytes()


def test_a_question_is_forgotten_in_every_way_it_was_typed(log) -> None:
    for text in ("Été 2016?", "ÉTÉ  2016?", "Hiver?"):
        record(log, text)
    assert log.forget("été 2016?") == 2
    assert [item.text for item in log.asked()] == ["Hiver?"]


def test_verdicts_never_take_the_room_of_questions(index_dir) -> None:
    log = questions_in(index_dir, 1)
    record(log, "Recorded?")
    verdicts = feedback_in(index_dir, 1)
    large = [make_feedback(note="long " * 50_000)] * 9
    with pytest.raises(FeedbackFull):
        list(map(verdicts.add, large))
    assert log.count() == 1


def test_verdicts_are_counted_in_numbers(log, index_dir) -> None:
    """The operator's table said "marked wrong True×"."""
    feedback_in(index_dir).add(make_feedback("Wrong?", "down"))
    (found,) = log.asked()
    assert (str(found.up), str(found.down)) == ("0", "1")
