"""Verdicts on disk: kept, replaced, taken back, bounded."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from beside_builds import feedback_in
from fakes import built_index, make_document
from feedback_fakes import make_feedback

from qa_service.disk.kept_records import FEEDBACK_FILE
from qa_service.errors import FeedbackError, FeedbackFull, FeedbackNotFound
from qa_service.feedback.records import Feedback
from qa_service.nouns.questions import Filters, Turn

LIBRARY = make_document("The library opens at nine.", "library")


@pytest.fixture
def store(index_dir):
    return feedback_in(index_dir)


def questions_in(store, since=None):
    return [item.feedback.question for item in store.read(since)]


def test_a_verdict_is_read_as_it_was_given(store) -> None:
    given = make_feedback(
        cited=LIBRARY,
        quote="opens at nine",
        verdict="down",
        history=(Turn("user", "And the library?"), Turn("assistant", "")),
        filters=Filters(collections=("towns",), date_from="2020-01-01"),
        note="“nine” 😀\nor ten",
    )
    stored = store.add(given)
    assert store.read() == (stored,)
    assert store.get(stored.id).feedback == given


def test_before_the_first_verdict_there_is_none_and_no_file(store) -> None:
    assert store.read() == ()
    assert not store._records.path.exists()


def test_verdicts_are_read_in_the_order_they_were_given(store) -> None:
    for question in ("One?", "Two?", "Three?"):
        store.add(make_feedback(question))
    assert questions_in(store) == ["One?", "Two?", "Three?"]


def test_a_verdict_that_replaces_another_is_the_latest(store) -> None:
    first = store.add(make_feedback("One?"))
    store.add(make_feedback("Two?"))
    store.add(make_feedback("One?", "down"), replaces=first.id)
    assert [(i.feedback.question, i.feedback.verdict) for i in store.read()] == [
        ("Two?", "up"),
        ("One?", "down"),
    ]


def test_a_verdict_that_replaces_what_is_gone_is_stored_by_itself(store) -> None:
    store.add(make_feedback("One?"), replaces="0" * 32)
    assert questions_in(store) == ["One?"]


def test_nothing_of_a_verdict_that_was_taken_back_stays_in_the_file(store) -> None:
    kept = store.add(make_feedback("One?"))
    gone = store.add(make_feedback("Two?", note="written in anger"))
    store.remove(gone.id)
    assert store.read() == (kept,)
    assert b"anger" not in store._records.path.read_bytes()


def test_what_is_not_stored_cannot_be_read_or_removed(store) -> None:
    store.add(make_feedback())
    with pytest.raises(FeedbackNotFound):
        store.get("0" * 32)
    with pytest.raises(FeedbackNotFound):
        store.remove("0" * 32)


def test_only_verdicts_since_a_day_are_read_on_request(store) -> None:
    store.add(make_feedback("One?"))
    today = datetime.now(UTC).date()
    assert questions_in(store, today - timedelta(days=1)) == ["One?"]
    assert questions_in(store, today + timedelta(days=2)) == []
    assert questions_in(store, date(2020, 1, 1)) == ["One?"]


def test_the_file_is_for_its_owner_alone(store) -> None:
    store.add(make_feedback())
    assert stat.S_IMODE(store._records.path.stat().st_mode) == 0o600


def test_feedback_outlives_a_new_build(store, index_dir) -> None:
    store.add(make_feedback("One?"))
    built_index([LIBRARY], index_dir)
    assert store._records.path == index_dir / FEEDBACK_FILE
    assert questions_in(store) == ["One?"]


def test_a_full_file_takes_no_more_and_keeps_what_it_has(index_dir) -> None:
    small = feedback_in(index_dir, 1)
    stored = tuple(small.add(make_feedback(note="long " * 50_000)) for _ in range(3))
    with pytest.raises(FeedbackFull, match="max_feedback_megabytes"):
        small.add(make_feedback(note="long " * 100_000))
    assert small.read() == stored
    assert small._records.path.stat().st_size <= 2**20


def test_what_is_taken_back_makes_room_in_a_full_file(index_dir) -> None:
    small = feedback_in(index_dir, 1)
    large = make_feedback(note="long " * 100_000)
    first = small.add(large)
    small.add(make_feedback(note="long " * 80_000))
    with pytest.raises(FeedbackFull):
        small.add(large)
    small.remove(first.id)
    small.add(large)


def test_many_threads_may_give_verdicts_at_once(store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: store.add(make_feedback(f"Question {n}?")), range(40)))
    assert len(set(questions_in(store))) == 40


def test_a_file_that_is_no_database_is_named_with_the_fix(store, index_dir) -> None:
    index_dir.mkdir()
    store._records.path.write_text("no database, " * 100)
    with pytest.raises(FeedbackError, match=r"feedback\.sqlite cannot be used .* move it away"):
        store.read()


def test_a_file_of_a_newer_version_is_left_alone(store) -> None:
    store.add(make_feedback())
    connection = sqlite3.connect(store._records.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FeedbackError, match="newer version"):
        store.add(make_feedback())


def test_a_folder_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedbackError, match="make the folder writable"):
        feedback_in(tmp_path / "file").add(make_feedback())


def test_feedback_cannot_cite_where_nothing_was_answered() -> None:
    cited = make_feedback(cited=LIBRARY, quote="nine").citation
    with pytest.raises(ValueError, match="only where"):
        Feedback("When?", "up", False, cited, "When?")


def test_of_a_long_conversation_only_what_is_used_is_stored(store) -> None:
    said = tuple(Turn("user", f"{number} {'long ' * 40_000}") for number in range(40))
    store.add(make_feedback(history=said))
    (found,) = store.read()
    assert [turn.text.split()[0] for turn in found.feedback.history] == [
        str(number) for number in range(28, 40)
    ]
    assert store._records.path.stat().st_size < 60_000
